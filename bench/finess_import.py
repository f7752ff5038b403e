"""Benchmark of the FINESS import: 100,000 generated rows, peak memory, and the price of importing again.

The rows are made up from the real communes of the region, in the historic format with its section of coordinates
(two passes over the file), and only ever go into a temporary database:

    python bench/finess_import.py                     # a temporary SQLite database
    python bench/finess_import.py --database postgres://user@host:port/name   # an empty database of your own

Each step runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
TERRITORIES = ROOT / "fixtures" / "centre-val-de-loire" / "territories"
CATEGORIES = ("101", "106", "109", "124", "127", "141", "161", "355", "365", "603", "604", "611")
MEMORY_GOAL_MB = 400
RATIO_GOAL = 0.5
# "again" and "back" change the same tenth of the rows; each is taken twice, against the noise of a shared machine.
STEPS = ("prepare", "first", "same", "baseline", "again", "baseline2", "back")


def generate(path: Path, count: int, changed_share: float) -> None:
    """Write `count` establishments; the same ones each time, but for the changed share's phone numbers."""
    from pyproj import Transformer

    from guide.territories.models import Territory

    to_grid = Transformer.from_crs(4326, 2154, always_xy=True)
    communes = list(Territory.objects.filter(kind="commune").order_by("code"))
    chance = random.Random(24)
    with path.open("w", encoding="utf-8") as file:
        file.write("finess;etalab;98;2026-05-12\n")
        positions = []
        for number in range(count):
            commune = chance.choice(communes)
            finess = f"{commune.code[:2]}{number:07d}"
            phone = f"02{(number + 1 if number < count * changed_share else number):08d}"
            row = [
                "structureet", finess, f"{commune.code[:2]}9999999", f"MSP NUMERO {number}",
                f"MAISON DE SANTE PLURIPROFESSIONNELLE NUMERO {number} DE {commune.name.upper()}", "", "",
                str(number % 300), "R", "DE LA REPUBLIQUE", "", "", commune.code[2:], commune.code[:2],
                "DEPARTEMENT", f"{commune.code[:2]}000 {commune.name.upper()}", phone, "",
                CATEGORIES[number % len(CATEGORIES)], "", "", "", f"{number:014d}", "", "", "", "", "",
                f"{1960 + number % 60}-0{number % 9 + 1}-15", "", "2025-11-12", "",
            ]  # fmt: skip
            file.write(";".join(row) + "\n")
            x, y = to_grid.transform(commune.longitude, commune.latitude)
            positions.append(f"{finess};{x:.1f};{y:.1f}")
        for position in positions:
            file.write(
                f"geolocalisation;{position};1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole);2026-05-12\n"
            )


def prepare(folder: Path, count: int) -> None:
    """Create the tables, load the communes, write the two deliveries."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command(
        "import_territories", communes=TERRITORIES / "communes.geojson.gz", source="INSEE", apply=True, verbosity=0
    )
    generate(folder / "first.csv", count, 0)
    generate(folder / "again.csv", count, 0.1)


def run_import(path: Path) -> dict:
    """Import one file; seconds and what the report says."""
    from guide.core.imports.contract import Delivery
    from guide.core.imports.engine import run_import
    from structures.importers.finess import FinessImporter

    start, cpu = time.perf_counter(), time.process_time()
    run, _ = run_import(FinessImporter(Delivery({"structures": path})), apply=True)
    if run.outcome != "applied":
        raise SystemExit(run.message)
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu, **run.counts}


def baseline() -> dict:
    """The reference: every row written again by bulk_create(update_conflicts=True), with the same columns."""
    from django.db import transaction

    from structures.importers.finess import FinessImporter
    from structures.importers.merging import columns_of
    from structures.models import Structure

    columns = [
        *columns_of(FinessImporter.fields),
        "search_text",
        "list_order",
        "provenance",
        "missing_since",
        "updated_at",
    ]
    rows = list(Structure.objects.values("id", "slug", "status", "created_at", *columns))
    names = [Structure._meta.get_field(column).name for column in columns if column != "finess"]
    start, cpu = time.perf_counter(), time.process_time()
    with transaction.atomic():
        Structure.objects.bulk_create(
            [Structure(**row) for row in rows],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["finess"],
            update_fields=names,
        )
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu, "rows": len(rows)}


def step(name: str, folder: Path, count: int) -> None:
    """Run one step in this process, print its figures as JSON."""
    import django

    sys.path.insert(0, str(ROOT))
    django.setup()
    steps = {
        "prepare": lambda: prepare(folder, count),
        "first": lambda: run_import(folder / "first.csv"),
        "same": lambda: run_import(folder / "first.csv"),
        "again": lambda: run_import(folder / "again.csv"),
        "baseline": baseline,
        "back": lambda: run_import(folder / "first.csv"),
        "baseline2": baseline,
    }
    print(json.dumps(steps[name]()))


def measure(name: str, arguments: argparse.Namespace, folder: Path, database: str) -> dict:
    """Run one step in a child process; its figures, and its peak memory in MB."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "SECRET_KEY": "bench",
        "REGION": "24",
        "DJANGO_SETTINGS_MODULE": "guide.settings",
    }
    command = [sys.executable, __file__, "--step", name, "--folder", str(folder), "--rows", str(arguments.rows)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    output = process.communicate()[0]
    if process.returncode:
        raise SystemExit(f"step {name} failed")
    return {**(json.loads(output) or {}), "peak_mb": peak / 1e6}


def main() -> None:
    """Run all the steps and print ratios against the goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        step(arguments.step, arguments.folder, arguments.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = arguments.database or f"sqlite:///{folder / 'bench.sqlite3'}"
        figures = {name: measure(name, arguments, folder, database) for name in STEPS}
    for name in STEPS[1:]:
        figure = figures[name]
        print(f"{name:<9} {figure['seconds']:7.1f} s {figure['cpu']:7.1f} s CPU {figure['peak_mb']:6.0f} MB  {figure}")
    imports = [figures[name] for name in ("first", "same", "again", "back")]
    peak = max(step["peak_mb"] for step in imports)
    # SQLite works inside the process: its CPU time is free from the noise of other processes and of the disk.
    clock = "cpu" if database.startswith("sqlite") else "seconds"
    ratio = min(step[clock] for step in imports[2:]) / min(figures[name][clock] for name in ("baseline", "baseline2"))
    print(f"peak memory of the import: {peak:.0f} MB (goal: under {MEMORY_GOAL_MB})")
    print(f"again, one row in ten changed, against bulk_create of all rows: {ratio:.2f} (goal: at most {RATIO_GOAL})")
    raise SystemExit(peak > MEMORY_GOAL_MB or ratio > RATIO_GOAL)


if __name__ == "__main__":
    main()
