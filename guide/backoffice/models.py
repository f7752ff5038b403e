"""What editors write about sheets rather than in them: perimeters, versions, comments and proposals; links tried,
invitations to confirm a sheet, weekly mails sent."""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone

from guide.core.models import link_to_user
from guide.territories.models import Territory


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
        later = Version.objects.filter(
            model=OuterRef("model"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk"), action=Action.RESTORE
        )
        return self.filter(~models.Exists(later), action=Action.DELETE)


class Version(models.Model):
    """One change. `before` is the whole sheet just before it (guide/backoffice/history/recording.py).

    None for a creation. What a change left is the `before` of the next one, or the sheet as it is now. `object_id`
    is no foreign key: a version outlives its sheet. `label` is how the sheet was called.
    """

    model = models.CharField("modèle", max_length=100)
    object_id = models.BigIntegerField("fiche")
    action = models.CharField("action", max_length=8, choices=Action.choices, default=Action.CHANGE)
    at = models.DateTimeField("date", default=timezone.now)
    by = link_to_user("par")
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

    @property
    def who(self) -> str:
        """Name of the person, or what acted in nobody's name."""
        if self.by is not None:
            return self.by.get_full_name() or self.by.get_username()
        return "un import" if self.action == Action.IMPORT else "compte supprimé ou commande"

    @property
    def sheet_model(self) -> type[models.Model]:
        """LookupError when the software no longer has it."""
        return apps.get_model(self.model)


class DeletedSheet(Version):
    """A deletion, as the bin lists it."""

    class Meta:
        proxy = True
        verbose_name = "fiche supprimée"
        verbose_name_plural = "corbeille"


class ProposalState(models.TextChoices):
    """What became of a proposed change."""

    WAITING = "waiting", "en attente"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"


class LinkState(models.TextChoices):
    """What is known of an address that a sheet shows."""

    UNKNOWN = "unknown", "pas encore vérifié"
    ALIVE = "alive", "répond"
    SHY = "shy", "refuse les robots"  # 401, 403, 429: somebody may read it, we cannot tell
    FAILING = "failing", "en panne, à revoir"
    DEAD = "dead", "mort"


class InvitationState(models.TextChoices):
    """What became of a link sent to the people that a sheet speaks of."""

    SENT = "sent", "envoyée"
    ANSWERED = "answered", "répondue"
    REVOKED = "revoked", "annulée"


class Perimeter(models.Model):
    """A territory that a departmental editor or a contributor looks after, with all that lies inside it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="perimeters", verbose_name="personne"
    )
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name="territoire")

    class Meta:
        verbose_name = "périmètre"
        constraints = [models.UniqueConstraint(fields=["user", "territory"], name="backoffice_perimeter_unique")]

    def __str__(self):
        return str(self.territory)


class AboutSheetQuerySet(models.QuerySet):
    """Reads of rows about sheets."""

    def about(self, sheet: models.Model):
        return self.filter(content_type=ContentType.objects.get_for_model(sheet), object_id=sheet.pk)


class AboutSheet(models.Model):
    """A row about a sheet of any kind."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name="type")
    object_id = models.PositiveBigIntegerField("fiche")
    sheet = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField("le", auto_now_add=True)
    author = link_to_user("auteur")

    objects = AboutSheetQuerySet.as_manager()

    class Meta:
        abstract = True


def dated_once_left(name: str, state: str, date: str) -> models.CheckConstraint:
    """The field `date` is filled when the first state is left, and not before."""
    left = ~Q(state=state) & Q(**{f"{date}__isnull": False})
    return models.CheckConstraint(name=name, condition=Q(**{"state": state, date: None}) | left)


class EditorComment(AboutSheet):
    """What one editor tells the others about a sheet; visitors never see it."""

    text = models.TextField("commentaire", max_length=4000)
    resolved_at = models.DateTimeField("réglé le", null=True, blank=True)
    resolved_by = link_to_user("réglé par")

    class Meta:
        verbose_name = "commentaire"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="backoffice_comment_sheet")]

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
    decided_by = link_to_user("décidé par")
    decision = models.TextField("motif de la décision", max_length=2000, blank=True)

    class Meta:
        verbose_name = "proposition"
        ordering = ["created_at", "pk"]
        constraints = [dated_once_left("backoffice_proposal_decided", ProposalState.WAITING, "decided_at")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="backoffice_proposal_sheet")]

    def __str__(self):
        return f"proposition {self.pk}"


class LinkCheck(models.Model):
    """An address that sheets show, and what came of trying it.

    `failures` counts the days in a row on which it failed: two make it dead (guide/backoffice/upkeep/links.py).
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
        indexes = [models.Index(fields=["state", "checked_at"], name="backoffice_link_state")]

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
                fields=["content_type", "object_id", "field", "link"], name="backoffice_link_use_unique"
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

    class Meta:
        verbose_name = "invitation à confirmer"
        verbose_name_plural = "invitations à confirmer"
        ordering = ["-created_at", "-pk"]
        constraints = [dated_once_left("backoffice_invitation_closed", InvitationState.SENT, "closed_at")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="backoffice_invitation_sheet")]

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
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="backoffice_digest_unique")]

    def __str__(self):
        return self.week
