"""The table of versions: one row for each change of a sheet, with the sheet as it was before."""

from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone

from guide.core.models import user_key


class Action(models.TextChoices):
    """What was done to the sheet."""

    CREATE = "create", "création"
    CHANGE = "change", "modification"
    STATUS = "status", "changement d'état"
    IMPORT = "import", "import"
    REVERT = "revert", "retour à une version"
    DELETE = "delete", "suppression"
    RESTORE = "restore", "sortie de la corbeille"


class VersionQuerySet(models.QuerySet):
    """Versions of one sheet, and what the bin holds."""

    def of(self, model: type[models.Model], pk: int | None = None):
        """Changes of one sheet, or of all those of a model, the last one first."""
        found = self.filter(model=model._meta.label_lower).order_by("-pk")
        return found if pk is None else found.filter(object_id=pk)

    def in_bin(self):
        """Deletions that nobody has taken back."""
        later = Version.objects.filter(
            model=OuterRef("model"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk"), action=Action.RESTORE
        )
        return self.filter(~models.Exists(later), action=Action.DELETE)


class Version(models.Model):
    """One change. `before` is the whole sheet just before it (guide/backoffice/history/snapshots.py).

    None for a creation. What a change left is the `before` of the next one, or the sheet as it is now. `object_id`
    is no foreign key: a version outlives its sheet. `label` is how the sheet was called.
    """

    model = models.CharField("modèle", max_length=100)
    object_id = models.BigIntegerField("fiche")
    action = models.CharField("action", max_length=8, choices=Action.choices, default=Action.CHANGE)
    at = models.DateTimeField("date", default=timezone.now)
    by = user_key("par")
    note = models.CharField("précision", max_length=200, blank=True)
    label = models.CharField("fiche", max_length=200, blank=True)
    before = models.JSONField("fiche d'avant", null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version d'une fiche"
        verbose_name_plural = "versions des fiches"
        indexes = [
            models.Index(fields=["model", "object_id", "-id"], name="backoffice_version_sheet"),
            models.Index(fields=["-id"], condition=Q(action="delete"), name="backoffice_version_deleted"),
        ]

    def __str__(self):
        return f"{self.label}, {timezone.localtime(self.at):%d/%m/%Y %H:%M}"


class DeletedSheet(Version):
    """A deletion, as the bin lists it."""

    class Meta:
        proxy = True
        verbose_name = "fiche supprimée"
        verbose_name_plural = "corbeille"
