"""Who may do what, as plain tables: roles of the editors, and what each may do to a kind of model.

No model is imported here, so that each app's configuration can declare its models:

    access = {"*": Access.LOCAL, "CompletenessNote": Access.REGIONAL}

`guide.backoffice.roles.sync_roles` makes the permissions of the groups from these tables.
"""

from enum import Enum

from django.db import models


class Role(models.TextChoices):
    """What an editor is; the label is the name of the Django group."""

    ADMINISTRATOR = "administrator", "Administrateur"
    REGION = "region", "Éditeur régional"
    DEPARTMENT = "department", "Éditeur départemental"
    CONTRIBUTOR = "contributor", "Contributeur"


# Roles for which the perimeter is the whole site, and roles that may put a sheet before visitors.
EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.REGION})
EDITORS = EVERYWHERE | {Role.DEPARTMENT}


class Access(Enum):
    """How far the editors reach the rows of a model."""

    LOCAL = "local"  # departments edit what lies in their perimeter, contributors their drafts
    OWN = "own"  # the region edits; departments read, add, and change what they added (`own_rows`)
    REGIONAL = "regional"  # the region edits, the others read
    READ = "read"  # everybody reads, nobody edits
    CLOSED = "closed"  # administrators only


ALL = frozenset({"view", "add", "change", "delete"})
VIEW = frozenset({"view"})
NONE = frozenset()

_READ = dict.fromkeys(Role, VIEW)
_EDITED_BY_REGION = _READ | dict.fromkeys(EVERYWHERE, ALL)
# The perimeter (guide/backoffice/perimeter.py) then narrows these verbs to rows.
GRANTS: dict[Access, dict[Role, frozenset[str]]] = {
    Access.LOCAL: dict.fromkeys(Role, ALL),
    Access.OWN: _EDITED_BY_REGION | {Role.DEPARTMENT: VIEW | {"add", "change"}},
    Access.REGIONAL: _EDITED_BY_REGION,
    Access.READ: _READ,
    Access.CLOSED: dict.fromkeys(Role, NONE) | {Role.ADMINISTRATOR: ALL},
}
