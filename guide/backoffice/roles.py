"""The Django groups of the roles, and their permissions, made from the tables of guide/backoffice/access.py."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from guide.backoffice.access import GRANTS, Access, Role

# Models of the lower floors, which know no roles, and those that are not the project's own.
FOREIGN = {
    "auth": {"User": Access.CLOSED, "Group": Access.CLOSED},
    "core": {
        "*": Access.READ,
        "AttemptCount": Access.CLOSED,
        "ContentVersion": Access.CLOSED,
        "Task": Access.CLOSED,
    },
    "territories": {
        "*": Access.READ,
        "Indicator": Access.REGIONAL,
        "TerritoryRemark": Access.LOCAL,
        "Zoning": Access.REGIONAL,
        "ZoningEdition": Access.REGIONAL,
    },
}


@transaction.atomic
def sync_roles() -> None:
    """Make the groups of the roles, and give each exactly the permissions of the tables.

    Runs after every `migrate` (a new model's permissions are then already there) and in `prepare`; running it
    again changes nothing. A permission added by hand to one of these groups is taken back: the tables hold.
    """
    permissions = _permissions()
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.label)
        group.permissions.set(
            {
                pk
                for (label, model, codename), pk in permissions.items()
                if codename.partition("_")[0] in GRANTS[access_of(label, model)][role]
            }
        )


def access_of(label: str, model_name: str) -> Access:
    """How far editors reach a model, from what its app or FOREIGN declares."""
    declared = FOREIGN.get(label) or getattr(apps.get_app_config(label), "access", {})
    model = apps.get_model(label, model_name)
    return declared.get(model.__name__, declared.get("*", Access.CLOSED))


def _permissions() -> dict[tuple[str, str, str], int]:
    """Primary keys by (app, model, codename) for the declared apps, made where they lack."""
    configs = [config for config in apps.get_app_configs() if config.label in FOREIGN or hasattr(config, "access")]
    for config in configs:
        create_permissions(config, verbosity=0)
    rows = Permission.objects.filter(content_type__app_label__in=[config.label for config in configs])
    found = rows.values_list("content_type__app_label", "content_type__model", "codename", "pk")
    return {(label, model, codename): pk for label, model, codename, pk in found if model in apps.all_models[label]}
