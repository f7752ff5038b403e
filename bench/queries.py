"""Queries and sizes of each page, asked in process."""

import gzip

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import Target
from bench.tables import kilobytes, table, title
from structures.models import Structure


def report(pages: list[Target], data: list[Target]) -> None:
    """Print one line for each page: queries, then HTML or data raw and compressed."""
    title("Queries and sizes (kB; gzip as sent)")
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    rows = [_row(client, target) for target in (*pages, *data)]
    table(["page", "status", "queries", "304 queries", "raw", "gzip"], [row[:-1] for row in rows])
    placed = Structure.objects.live().placed().count()
    for target, row in zip((*pages, *data), rows, strict=True):
        if target.path == "/carte/points.json" and placed:
            print(f"\nmap points: {row[-1] / placed:.1f} bytes for each of the {placed} points, compressed")


def _row(client: Client, target: Target) -> list:
    client.get(target.path)  # what is made once for each worker is made here
    with CaptureQueriesContext(connection) as captured:
        response = client.get(target.path)
        sent = b"".join(response) if response.streaming else response.content
    etag = response.headers.get("ETag", "")
    with CaptureQueriesContext(connection) as conditional:
        again = client.get(target.path, headers={"If-None-Match": etag})
    cheap = len(conditional) if again.status_code == 304 else f"({again.status_code})"
    raw = gzip.decompress(sent) if response.headers.get("Content-Encoding") == "gzip" else sent
    return [
        target.name, response.status_code, len(captured), cheap, kilobytes(len(raw)), kilobytes(len(sent)), len(sent),
    ]  # fmt: skip
