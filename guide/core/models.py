"""What every published row shares, the content version, import reports, old slugs, attempts counted and
background work."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guide.core.background.models import Task  # noqa: F401  Django looks for models here
from guide.core.enums import Confidence, Freshness, ImportOutcome, RejectReason, Status
from guide.core.freshness import condition
from guide.core.imports.contract import importer_choices

PUBLICATION_ORDER = "La fin de publication doit suivre son début."


def link_to_user(verbose_name: str, **options) -> models.ForeignKey:
    """Who did something, or is in charge of it; nobody once their account is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
        **options,
    )


class PublishableQuerySet(models.QuerySet):
    """The one word for "a visitor may see it"."""

    def live(self, at: datetime | None = None):
        """Published rows whose publication has begun and has not ended at `at` (default: now)."""
        at = at or timezone.now()
        return self.filter(
            Q(publish_at=None) | Q(publish_at__lte=at),
            Q(unpublish_at=None) | Q(unpublish_at__gt=at),
            status=Status.PUBLISHED,
        )

    def of_freshness(self, freshness: Freshness, day: date | None = None):
        """Published rows whose last check is that old on `day` (default: today)."""
        return self.filter(condition(freshness, day or timezone.localdate()), status=Status.PUBLISHED)


class Publishable(models.Model):
    """Life cycle, verification dates, person in charge and authors of a sheet.

    `status` changes by named writes alone, which keep `status_since`.
    """

    status = models.CharField("état", max_length=12, choices=Status.choices, default=Status.DRAFT)
    status_since = models.DateTimeField("dans cet état depuis le", null=True, blank=True, editable=False)
    publish_at = models.DateTimeField("publier à partir du", null=True, blank=True)
    unpublish_at = models.DateTimeField("dépublier le", null=True, blank=True)
    verified_on = models.DateField("vérifié le", null=True, blank=True)
    verify_every = models.PositiveSmallIntegerField("à vérifier tous les (jours)", default=365)
    responsible = link_to_user("responsable de la fiche", limit_choices_to={"is_staff": True})
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    updated_at = models.DateTimeField("modifié le", auto_now=True)
    created_by = link_to_user("créé par", editable=False)
    updated_by = link_to_user("modifié par", editable=False)

    # A return to an earlier version neither publishes nor takes off the site: the life cycle has its own steps.
    history_kept = ("status", "status_since", "publish_at", "unpublish_at")

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_publication_order",
                condition=Q(publish_at=None) | Q(unpublish_at=None) | Q(unpublish_at__gt=F("publish_at")),
                violation_error_message=PUBLICATION_ORDER,
            ),
        ]

    def clean(self):
        """What the constraint refuses, said at its field."""
        super().clean()
        if self.publish_at and self.unpublish_at and self.unpublish_at <= self.publish_at:
            raise ValidationError({"unpublish_at": PUBLICATION_ORDER})


class Sourced(models.Model):
    """Where a row comes from, as the page says it: "Source : DREES, SAE 2023 (2023)".

    `source_date` keeps the precision of the source: a year, a month or a day in ISO form, or its own words.
    `provenance` maps a field to [source key, value that the source gave]: a field whose value differs from the
    one kept there was changed by hand, and imports keep it (see guide/core/imports/merge.py).
    """

    source = models.CharField("source", max_length=500, blank=True)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)
    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class Imported(models.Model):
    """A row that content files bring and that editors then change; see guide/core/imports/content."""

    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)
    missing_since = models.DateField("fichier absent depuis", null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class ContentVersion(models.Model):
    """One row: the number that every change of published content raises, and the scheduled changes to come.

    `schedule` lists, as ISO instants in order, the publications and ends to come when the number was last
    raised: the count of those already past is part of the version, so that a scheduled publication changes
    it without any write.
    """

    number = models.PositiveBigIntegerField("numéro", default=1)
    schedule = models.JSONField("échéances", default=list)

    class Meta:
        verbose_name = "version du contenu"
        verbose_name_plural = "versions du contenu"

    def __str__(self):
        return f"version {self.number}"


class SlugRedirect(models.Model):
    """An address that a sheet had before: the public page redirects from it for ever."""

    kind = models.CharField("type de fiche", max_length=20)
    old_slug = models.SlugField("ancienne adresse", max_length=140)
    new_slug = models.SlugField("adresse actuelle", max_length=140, db_index=True)

    class Meta:
        verbose_name = "redirection"
        constraints = [models.UniqueConstraint(fields=["kind", "old_slug"], name="core_redirect_unique")]

    def __str__(self):
        return f"{self.old_slug} → {self.new_slug}"


class ImportRun(models.Model):
    """The stored report of one import, previewed, applied or refused."""

    importer = models.CharField("import", max_length=40, db_index=True, choices=importer_choices)
    outcome = models.CharField("résultat", max_length=10, choices=ImportOutcome.choices)
    started_at = models.DateTimeField("début")
    finished_at = models.DateTimeField("fin")
    file_name = models.CharField("fichier", max_length=250)
    file_sha256 = models.CharField("empreinte", max_length=64, blank=True)
    source = models.CharField("source", max_length=500, blank=True)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    source_date = models.CharField("date des données", max_length=40, blank=True)
    licence = models.CharField("licence", max_length=120, blank=True)
    counts = models.JSONField("décompte", default=dict)
    details = models.JSONField("détails", default=dict)
    message = models.TextField("message", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, verbose_name="par"
    )

    class Meta:
        verbose_name = "rapport d'import"
        verbose_name_plural = "rapports d'import"
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        name = self.get_importer_display()
        return f"{name}, {timezone.localtime(self.started_at):%d/%m/%Y %H:%M}, {self.get_outcome_display()}"


class ImportReject(models.Model):
    """One row that an import left out, with its line in the file and the reason."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejects", verbose_name="rapport")
    line = models.PositiveIntegerField("ligne", null=True)
    identifier = models.CharField("identifiant", max_length=120, blank=True)
    reason = models.CharField("motif", max_length=20, choices=RejectReason.choices)
    message = models.CharField("explication", max_length=500)

    class Meta:
        verbose_name = "ligne rejetée"
        verbose_name_plural = "lignes rejetées"
        ordering = ["run", "line", "pk"]

    def __str__(self):
        return f"ligne {self.line} : {self.message}"


class AttemptCount(models.Model):
    """How often something was tried until `ends_at` (guide/core/attempts.py). The key names nobody."""

    key = models.CharField("clé", max_length=80, unique=True)
    count = models.PositiveIntegerField("essais", default=0)
    ends_at = models.DateTimeField("jusqu'au", db_index=True)

    class Meta:
        verbose_name = "essais comptés"
        verbose_name_plural = "essais comptés"

    def __str__(self):
        return f"{self.key} : {self.count}"
