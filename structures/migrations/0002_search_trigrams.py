"""PostgreSQL alone: an index by trigrams, so that words inside a name are found without reading every row."""

from django.db import DatabaseError, migrations, transaction

INDEX = "structures_search_trigrams"


def create_index(apps, schema_editor):
    """Create the index where the extension may be installed; elsewhere searches stay right, only slower."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    schema_editor.execute(
        f"CREATE INDEX IF NOT EXISTS {INDEX} ON structures_structure USING gin (search_text gin_trgm_ops)"
    )


def drop_index(apps, schema_editor):
    """Drop the index; the extension stays, because others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [("structures", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index, elidable=False)]
