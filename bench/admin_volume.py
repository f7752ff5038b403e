"""1,000 and 100,000 structures: the same list of the administration, its searches and its exports, and their ratio.

It fills the database that DATABASE_URL names, which must be empty (SQLite, or PostgreSQL by `deploy/with-postgres`).
"""

import os
import random
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.tables import table, title  # noqa: E402
from bench.volume import LARGE, SMALL, fill, p50  # noqa: E402
from structures.models import Structure  # noqa: E402

LIST = "/admin/structures/structure/"
ADDRESSES = [
    ("list of 50", LIST),
    ("search by name", f"{LIST}?q=mesure+99"),
    ("search by commune", f"{LIST}?q=la+chatre"),
    ("search by FINESS number", f"{LIST}?q=360000111"),
    ("filtered list", f"{LIST}?status__exact=published&departement=36"),
    ("last page", f"{LIST}?p=20"),
]
EXPORTS = [("export CSV", f"{LIST}exporter/csv/"), ("export XLSX", f"{LIST}exporter/xlsx/")]


def main() -> None:
    """Fill, measure, fill more, measure again; exports once, with many rows."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    random.seed(24)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("mesure"))
    small, large = _measure(client, SMALL), _measure(client, LARGE)
    title(f"Administration: {LARGE:,} structures against {SMALL:,} on {connection.vendor} (p50 in process)")
    table(
        ["address", f"ms with {SMALL:,}", f"ms with {LARGE:,}", "ratio", "queries"],
        [
            (name, f"{few:.0f}", f"{many:.0f}", f"{many / few:.1f}", f"{before} → {after}")
            for (name, _), (few, before), (many, after) in zip(ADDRESSES, small, large, strict=True)
        ],
    )
    table(["export", "seconds", "MB"], [(name, *_export(client, path)) for name, path in EXPORTS])


def _measure(client: Client, total: int) -> list[tuple[float, int]]:
    """(median in milliseconds, queries) of each address."""
    fill(total - Structure.objects.count())
    found = []
    for _, path in ADDRESSES:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        queries = len(captured)  # before other requests empty the log
        found.append((p50(client, path)[0], queries))
    return found


def _export(client: Client, path: str) -> tuple[str, str]:
    start = time.perf_counter()
    size = sum(len(part) for part in client.get(path).streaming_content)
    return f"{time.perf_counter() - start:.1f}", f"{size / 1e6:.1f}"


if __name__ == "__main__":
    main()
