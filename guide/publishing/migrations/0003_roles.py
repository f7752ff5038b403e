"""The groups of the editors' roles; `guide.publishing.roles.sync_roles` gives them their permissions."""

from django.db import migrations

from guide.publishing.access import Role


def make(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for role in Role:
        groups.get_or_create(name=role.label)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_editors"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
