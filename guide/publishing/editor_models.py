"""What editors write about sheets rather than in them: their perimeters, comments and proposals."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from guide.publishing.enums import ProposalState


class Perimeter(models.Model):
    """A territory that a departmental editor or a contributor looks after, with all that lies inside it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="perimeters", verbose_name="personne"
    )
    territory = models.ForeignKey(
        "territories.Territory", on_delete=models.CASCADE, related_name="+", verbose_name="territoire"
    )

    class Meta:
        verbose_name = "périmètre"
        constraints = [models.UniqueConstraint(fields=["user", "territory"], name="publishing_perimeter_unique")]

    def __str__(self):
        return str(self.territory)


class AboutSheet(models.Model):
    """A row about a sheet of any kind."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name="type")
    object_id = models.PositiveBigIntegerField("fiche")
    sheet = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField("le", auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )

    class Meta:
        abstract = True


class AboutSheetQuerySet(models.QuerySet):
    """Reads of rows about sheets."""

    def about(self, sheet: models.Model):
        """Those about one sheet."""
        return self.filter(content_type=ContentType.objects.get_for_model(sheet), object_id=sheet.pk)


class EditorComment(AboutSheet):
    """What one editor tells the others about a sheet; visitors never see it."""

    text = models.TextField("commentaire", max_length=4000)
    resolved_at = models.DateTimeField("réglé le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="réglé par",
    )

    objects = AboutSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="publishing_comment_sheet")]

    def __str__(self):
        return self.text[:60]


class Proposal(AboutSheet):
    """Changes of a sheet proposed by somebody who may not make them; an editor accepts or refuses.

    `values` maps a field to the text that its form field would receive, `before` to the text it had when the
    proposal was made. Whoever has no account (`author` empty) says who they are in `contact`. `confirms`: they
    know the sheet, have read it, and say that all the rest of it is right.
    """

    values = models.JSONField("valeurs proposées", default=dict)
    before = models.JSONField("valeurs d'alors", default=dict)
    text = models.TextField("explication", max_length=4000, blank=True)
    contact = models.CharField("proposé par (sans compte)", max_length=250, blank=True)
    confirms = models.BooleanField("le reste est juste", default=False)
    state = models.CharField(
        "état", max_length=8, choices=ProposalState.choices, default=ProposalState.WAITING, db_index=True
    )
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="décidé par",
    )
    decision = models.TextField("motif de la décision", max_length=2000, blank=True)

    objects = AboutSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="publishing_proposal_decided",
                condition=Q(state=ProposalState.WAITING, decided_at=None)
                | (~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="publishing_proposal_sheet")]

    def __str__(self):
        return f"proposition {self.pk}"
