"""What the database knows of its tables after a large import."""

from django.db import connection

LARGE = 500  # rows written; below, what PostgreSQL knew before still leads to the same plans


def refresh(written: int) -> None:
    """Have PostgreSQL count its tables again; nothing after a small import, nor on SQLite, which plans without.

    Its autovacuum does so within a minute; until then the first pages after a first import wait for plans made
    for empty tables (PostgreSQL's manual, 14.4.7, "Run ANALYZE afterwards").
    """
    if written < LARGE or connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
