"""What is kept to keep sheets true: links tried, invitations to confirm a sheet, weekly mails
sent; and how often forms without an account were tried."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from guide.publishing.editor_models import AboutSheet, AboutSheetQuerySet
from guide.publishing.enums import InvitationState, LinkState


class LinkCheck(models.Model):
    """An address that sheets show, and what came of trying it.

    `failures` counts the days in a row on which it failed: two make it dead (guide/publishing/links/record.py).
    """

    url = models.URLField("adresse", max_length=500, unique=True)
    state = models.CharField("état", max_length=8, choices=LinkState.choices, default=LinkState.UNKNOWN)
    http_status = models.PositiveSmallIntegerField("réponse HTTP", null=True, blank=True)
    message = models.CharField("constat", max_length=250, blank=True)
    failures = models.PositiveSmallIntegerField("échecs de suite", default=0)
    failing_since = models.DateTimeField("en panne depuis le", null=True, blank=True)
    checked_at = models.DateTimeField("essayé le", null=True, blank=True)

    class Meta:
        verbose_name = "lien"
        ordering = ["-failing_since", "url"]
        indexes = [models.Index(fields=["state", "checked_at"], name="publishing_link_state")]

    def __str__(self):
        return self.url


class LinkUse(models.Model):
    """A field of a sheet where an address stands."""

    link = models.ForeignKey(LinkCheck, on_delete=models.CASCADE, related_name="uses", verbose_name="lien")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name="type")
    object_id = models.PositiveBigIntegerField("fiche")
    sheet = GenericForeignKey("content_type", "object_id")
    field = models.CharField("champ", max_length=120)

    class Meta:
        verbose_name = "emploi d'un lien"
        verbose_name_plural = "emplois de liens"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "link"], name="publishing_link_use_unique"
            )
        ]

    def __str__(self):
        return f"{self.field} : {self.link_id}"


class Invitation(AboutSheet):
    """A signed link by which somebody without an account confirms or corrects one sheet, once.

    `author` is the editor who made it; the link itself is made from the key of this row, and stops working when
    the row says so.
    """

    email = models.EmailField("envoyée à", blank=True)
    state = models.CharField("état", max_length=8, choices=InvitationState.choices, default=InvitationState.SENT)
    expires_at = models.DateTimeField("valable jusqu'au")
    closed_at = models.DateTimeField("répondue ou annulée le", null=True, blank=True)

    objects = AboutSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation à confirmer"
        verbose_name_plural = "invitations à confirmer"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="publishing_invitation_closed",
                condition=models.Q(state=InvitationState.SENT, closed_at=None)
                | (~models.Q(state=InvitationState.SENT) & models.Q(closed_at__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="publishing_invitation_sheet")]

    def __str__(self):
        return f"invitation {self.pk}"


class Digest(models.Model):
    """The weekly mail that somebody was sent: one for each ISO week ("2026-W47")."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="personne"
    )
    week = models.CharField("semaine", max_length=8)
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True)

    class Meta:
        verbose_name = "courriel de la semaine"
        verbose_name_plural = "courriels de la semaine"
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="publishing_digest_unique")]

    def __str__(self):
        return self.week


class AttemptCount(models.Model):
    """How often something was tried until `ends_at` (guide/publishing/attempts.py). The key names nobody."""

    key = models.CharField("clé", max_length=80, unique=True)
    count = models.PositiveIntegerField("essais", default=0)
    ends_at = models.DateTimeField("jusqu'au", db_index=True)

    class Meta:
        verbose_name = "essais comptés"
        verbose_name_plural = "essais comptés"

    def __str__(self):
        return f"{self.key} : {self.count}"
