"""`python -m bench`: pages of the demo region, on the database that the settings name (it is only read)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from bench import aids, latency, pages, queries, rows, weights  # noqa: E402

if __name__ == "__main__":
    measured, data = pages.pages(), pages.data()
    queries.report(measured, data)
    latency.report(measured, data)
    rows.report()
    aids.report()
    weights.report(measured)
