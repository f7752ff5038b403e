"""Background work about structures."""

from guide.core.background.models import Moment, Task, TaskKind, register
from structures.duplicates import find, told


def find_duplicates(task: Task) -> str:
    """The pairs that editors will find in their dashboard in the morning."""
    return told(*find())


register(TaskKind("duplicates", "Recherche des doublons", find_duplicates, every=Moment(hour=3, minute=20)))
