"""Golden cases as rows: what an editor reads before a change of the rules is published."""

from django.db import models


class GoldenCase(models.Model):
    """A person in a commune, on a day. `answers` are those of the exchange format, without title and expectations.

    `title` is the identity. `provenance` as in guide.core.models.Sourced.
    """

    title = models.CharField("titre", max_length=200, unique=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    answers = models.JSONField("situation", default=dict)
    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)
    missing_since = models.DateField("absent de son fichier depuis", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "cas type"
        verbose_name_plural = "cas types"
        ordering = ["position", "title"]

    def __str__(self):
        return self.title
