"""Background work of the portal: uploaded files."""

from guide.core.background.models import Moment, Task, TaskKind, register
from guide.core.french import plural
from guide.portal.imports import uploads


def forget_uploads(task: Task) -> str:
    """What nobody came back to within a day."""
    return plural(uploads.forget_old(), "fichier oublié", "fichiers oubliés")


# Two attempts: a file that has killed two runners is not given to a third.
register(TaskKind(uploads.KIND, "Fichier à importer", uploads.perform, max_attempts=2, urgent=True))
register(TaskKind("forget-uploads", "Oubli des fichiers déposés", forget_uploads, every=Moment(hour=3)))
