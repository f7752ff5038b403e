"""The aid itself, who pays it, what it is for, what it cannot be had with, and what its page adds to its rules."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from aids.addresses import page_of
from aids.querysets import AidQuerySet
from aids.rules import time_state_on
from aids.vocabulary import ExitKind, Form, Mark, Need, TimeState
from guide.core.models import Publishable


def mark_field(name: str = "confiance") -> models.CharField:
    """How sure a fact is."""
    return models.CharField(name, max_length=16, choices=Mark.choices, default=Mark.CONFIRMED)


def _euros_field(name: str) -> models.DecimalField:
    return models.DecimalField(name, max_digits=9, decimal_places=2, null=True, blank=True)


class Funder(models.Model):
    """Who pays. An aid's perimeter is its own, never its funder's."""

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("nom", max_length=160)

    class Meta:
        verbose_name = "financeur"
        ordering = ["name", "code"]

    def __str__(self):
        return self.name


class Aid(Publishable):
    """One aid. `code` is its identity in exchange files and its address.

    `mark` says how sure the aid itself is. `generic` is the national aid that this one replaces where it is
    open; `replaced_by` what came after a closed one. `commitment_*` and `exit_*` are those of
    aids.rules.Commitment and ExitRule: months, and euros. `provenance` as in guide.core.models.Sourced, with
    the keys of the exchange file, whose `collection` the aid belongs to.
    """

    code = models.SlugField("code", max_length=100, unique=True)
    name = models.CharField("nom", max_length=200)
    search_text = models.TextField("texte de recherche", editable=False, blank=True)
    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="aids", verbose_name="financeur")
    form = models.CharField("forme", max_length=12, choices=Form.choices)
    mark = mark_field()
    summary = models.CharField("en une phrase", max_length=400)
    description = models.TextField("ce que c'est", blank=True)
    audience = models.TextField("pour qui", blank=True)
    legal_reference = models.CharField("textes", max_length=400, blank=True)
    warnings = models.JSONField("à savoir", default=list, blank=True)

    time_state = models.CharField("situation", max_length=10, choices=TimeState.choices, default=TimeState.OPEN)
    opens_on = models.DateField("ouverte à partir du", null=True, blank=True)
    closes_on = models.DateField("dernier jour", null=True, blank=True)
    dates_note = models.CharField("précision sur les dates", max_length=300, blank=True)

    commitment_text = models.TextField("engagement", blank=True)
    commitment_months = models.PositiveSmallIntegerField("durée de l'engagement (mois)", null=True, blank=True)
    commitment_as_paid = models.BooleanField("engagement aussi long que le versement", default=False)
    commitment_after_studies = models.BooleanField("engagement à la fin des études", default=False)
    commitment_mark = mark_field("confiance dans l'engagement")
    exit_kind = models.CharField("départ anticipé", max_length=16, choices=ExitKind.choices, blank=True)
    exit_penalty_per_month = _euros_field("pénalité par mois perçu (€)")
    exit_penalty_minimum = _euros_field("pénalité minimale (€)")
    exit_penalty_after_degree = _euros_field("pénalité une fois le DES obtenu (€)")
    exit_text = models.TextField("ce que coûte un départ anticipé", blank=True)
    exit_mark = mark_field("confiance dans la règle de départ")

    generic = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="variants",
        verbose_name="variante locale de",
    )
    replaced_by = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="replaces", verbose_name="remplacée par"
    )
    collection = models.SlugField("collection d'origine", max_length=40, blank=True, editable=False)
    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)
    missing_since = models.DateField("absente de son fichier depuis", null=True, blank=True)

    history_children = (
        "needs",
        ("conditions", {"case": None}),
        "cases",
        "steps",
        "contacts",
        "sources",
        "changes",
    )
    history_links = ("conflicts_before", "conflicts_after")

    objects = AidQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "aide"
        ordering = ["name", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="aids_dates_order",
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                violation_error_message="La fermeture doit suivre l'ouverture.",
            ),
            models.CheckConstraint(
                name="aids_penalties_positive",
                condition=(Q(exit_penalty_per_month=None) | Q(exit_penalty_per_month__gte=0))
                & (Q(exit_penalty_minimum=None) | Q(exit_penalty_minimum__gte=0))
                & (Q(exit_penalty_after_degree=None) | Q(exit_penalty_after_degree__gte=0)),
                violation_error_message="Une pénalité ne peut pas être négative.",
            ),
            models.CheckConstraint(
                name="aids_not_its_own_generic",
                condition=Q(generic=None) | ~Q(generic=F("id")),
                violation_error_message="Une aide n'est pas une variante d'elle-même.",
            ),
        ]
        indexes = [models.Index(fields=["status", "name"], name="aids_status_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return page_of(self.code)

    def state_on(self, day: date | None = None) -> TimeState:
        """Open, announced or closed on `day` (default: today); the rule of aids.rules.AidRule.state_on."""
        return time_state_on(self.time_state, self.opens_on, self.closes_on, day or timezone.localdate())


class AidNeed(models.Model):
    """A need that the aid answers."""

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="needs", verbose_name="aide")
    need = models.CharField("besoin", max_length=24, choices=Need.choices)

    class Meta:
        verbose_name = "besoin"
        constraints = [models.UniqueConstraint(fields=["need", "aid"], name="aids_need_unique")]

    def __str__(self):
        return self.get_need_display()


class AidIncompatibility(models.Model):
    """Two aids that one person cannot have together. One row for a pair, whatever its order."""

    first = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="conflicts_before", verbose_name="aide")
    second = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="conflicts_after", verbose_name="aide")
    note = models.CharField("précision", max_length=300, blank=True)
    mark = mark_field()

    class Meta:
        verbose_name = "incompatibilité"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="aids_incompatibility_unique"),
            models.CheckConstraint(
                name="aids_incompatibility_ordered",
                condition=Q(first__lt=F("second")),
                violation_error_message="Une paire s'écrit une seule fois, la plus ancienne aide d'abord.",
            ),
        ]

    def __str__(self):
        return f"{self.first}, ou bien {self.second}"


class AidSource(models.Model):
    """A page or a text that states the facts; `dated` has the precision of the source ("2026-02-05", "2025")."""

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="sources", verbose_name="aide")
    position = models.PositiveSmallIntegerField("ordre", default=0)
    title = models.CharField("titre", max_length=300)
    url = models.URLField("adresse", max_length=500, blank=True)
    dated = models.CharField("date", max_length=40, blank=True)
    mark = mark_field()

    class Meta:
        verbose_name = "source"
        ordering = ["aid", "position", "pk"]

    def __str__(self):
        return self.title


class AidContact(models.Model):
    """Whom to call. What is not known stays empty, and the page says so."""

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="contacts", verbose_name="aide")
    position = models.PositiveSmallIntegerField("ordre", default=0)
    name = models.CharField("nom", max_length=200)
    role = models.CharField("pour quoi", max_length=200, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    url = models.URLField("site internet", max_length=500, blank=True)

    class Meta:
        verbose_name = "contact"
        ordering = ["aid", "position", "pk"]

    def __str__(self):
        return self.name


class AidStep(models.Model):
    """One step of the application. `month` and `day`: a deadline that comes back each year (15 November: 11, 15).

    `offset_days`: when the step falls, in days from the day of the project (negative: before).
    """

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="steps", verbose_name="aide")
    position = models.PositiveSmallIntegerField("ordre", default=0)
    title = models.CharField("étape", max_length=200)
    text = models.TextField("explication", blank=True)
    offset_days = models.SmallIntegerField("jours après le projet", null=True, blank=True)
    month = models.PositiveSmallIntegerField("mois de l'échéance annuelle", null=True, blank=True)
    day = models.PositiveSmallIntegerField("jour de l'échéance annuelle", null=True, blank=True)
    mark = mark_field()

    class Meta:
        verbose_name = "étape"
        ordering = ["aid", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="aids_step_deadline",
                condition=models.Q(month=None, day=None) | models.Q(month__range=(1, 12), day__range=(1, 31)),
                violation_error_message="Une échéance annuelle a un mois et un jour.",
            )
        ]

    def __str__(self):
        return self.title


class AidChange(models.Model):
    """Something that changed in the aid, dated: the page's history and the feed."""

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="changes", verbose_name="aide")
    on = models.DateField("date")
    text = models.CharField("ce qui change", max_length=400)

    class Meta:
        verbose_name = "changement"
        ordering = ["-on", "aid", "pk"]

    def __str__(self):
        return self.text
