"""Background work of the queue itself."""

from guide.core.background import actions
from guide.core.background.models import Moment, Task, TaskKind, register
from guide.core.french import plural


def forget_old(task: Task) -> str:
    """What has been over for a month."""
    return plural(actions.forget_old(), "travail oublié", "travaux oubliés")


register(TaskKind("forget-tasks", "Oubli des anciens travaux de fond", forget_old, every=Moment(hour=3)))
