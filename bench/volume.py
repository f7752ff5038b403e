"""1,000 and 100,000 structures on PostgreSQL: the same list and the same piece of map, and their ratio.

Run it through `deploy/with-postgres`: it fills the database that DATABASE_URL names, which must be empty.
The structures are made up from real communes and exist in that database alone.
"""

import os
import random
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.tables import table, title  # noqa: E402
from guide.core import content_version  # noqa: E402
from guide.core.enums import Status  # noqa: E402
from guide.territories.enums import TerritoryKind  # noqa: E402
from guide.territories.models import Territory  # noqa: E402
from structures.actions import set_search_text  # noqa: E402
from structures.enums import CoordinateSource, Kind  # noqa: E402
from structures.models import Structure  # noqa: E402

SMALL, LARGE = 1_000, 100_000
REQUESTS = 21
ADDRESSES = [
    ("list of 30", "/structures/"),
    ("filtered list", "/structures/?departement=36&type=msp"),
    ("list around a commune", "/structures/?commune=36046&rayon=20"),
    ("search by words", "/structures/?q=sante+chatre"),
    ("map viewport", "/carte/points.json?bbox=1.8,46.5,2.2,46.7"),
    ("map of the region", "/carte/points.json"),
]


def main() -> None:
    """Fill, measure, fill more, measure again."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    random.seed(24)
    small = _measure(SMALL)
    large = _measure(LARGE)
    title(f"{LARGE:,} structures against {SMALL:,} on PostgreSQL (p50 in process)")
    table(
        ["address", f"ms with {SMALL:,}", f"ms with {LARGE:,}", "ratio", "bytes"],
        [
            (name, f"{few:.1f}", f"{many:.1f}", f"{many / few:.1f}", size)
            for (name, _), (few, _), (many, size) in zip(ADDRESSES, small, large, strict=True)
        ],
    )


def _measure(total: int) -> list[tuple[float, int]]:
    fill(total - Structure.objects.count())
    client = Client(SERVER_NAME="127.0.0.1")
    return [p50(client, path) for _, path in ADDRESSES]


def fill(count: int) -> None:
    """Add structures, and let the database count them."""
    communes = list(Territory.objects.filter(kind=TerritoryKind.COMMUNE))
    first = Structure.objects.count()
    made = (_structure(number, random.choice(communes)) for number in range(first, first + count))
    Structure.objects.bulk_create(made, batch_size=2000)
    content_version.bump()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _structure(number: int, commune: Territory) -> Structure:
    name = f"Structure de mesure {number}"
    structure = Structure(
        kind=random.choice(list(Kind)),
        name=name,
        slug=f"mesure-{number}",
        status=Status.PUBLISHED,
        commune=commune,
        latitude=commune.latitude + random.uniform(-0.03, 0.03),
        longitude=commune.longitude + random.uniform(-0.04, 0.04),
        coordinate_source=CoordinateSource.ADDRESS,
        source="benchmark",
    )
    set_search_text(structure, commune.name)
    return structure


def p50(client: Client, path: str) -> tuple[float, int]:
    """Median of the quietest of three rounds, in milliseconds, and size of the answer."""
    times = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        times.append((time.perf_counter() - start) * 1000)
    if response.status_code != 200:
        raise SystemExit(f"{path} answers {response.status_code}")
    return min(statistics.median(times[start::3]) for start in range(3)), len(body)


if __name__ == "__main__":
    main()
