"""What speaks for a place and what one must know before coming, as editors write it."""

from django.db import models

from guide.territories.enums import RemarkKind
from guide.territories.models.territory import Territory


class RemarkQuerySet(models.QuerySet):
    """Reads of remarks."""

    def live(self):
        """Remarks that the last list still holds, and those of editors."""
        return self.filter(missing_since=None)


class TerritoryRemark(models.Model):
    """One sentence on a place, with its source: an asset, or something to know before coming.

    `external_id` names the sentence in the imported list, empty when an editor wrote it; `provenance` tells what
    that list gave from what an editor changed (guide/core/imports/merge.py).
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="remarks", verbose_name="territoire"
    )
    kind = models.CharField("type", max_length=10, choices=RemarkKind.choices)
    text = models.CharField("texte", max_length=400)
    source = models.CharField("source", max_length=500)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    year = models.CharField("année", max_length=40)
    position = models.PositiveSmallIntegerField("ordre", default=100)
    external_id = models.CharField("identifiant dans la liste", max_length=40, blank=True, editable=False)
    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)
    missing_since = models.DateField("absente de la liste depuis", null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "atout ou point à savoir"
        verbose_name_plural = "atouts et points à savoir"
        ordering = ["territory", "kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "kind", "text"], name="territories_remark_unique"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="territories_remark_external_unique"
            ),
            models.CheckConstraint(
                name="territories_remark_sourced",
                condition=~models.Q(source="") & ~models.Q(year=""),
                violation_error_message="Une source et une année sont obligatoires.",
            ),
        ]

    def __str__(self):
        return self.text
