"""The rules as rows: cases, conditions with their values, amounts; and the golden cases that watch them."""

from django.db import models
from django.db.models import F, Q

from aids.conditions.families import Day, Number, Point, YesNo, Zoned
from aids.conditions.kinds import ConditionKind, of_family
from aids.models.aid import Aid, mark_field
from aids.vocabulary import AmountKind, ConditionRole, Taxation
from guide.territories.enums import Scheme
from guide.territories.models import Territory


class AidCase(models.Model):
    """One way to get the aid: conditions and amounts. An aid without any case is granted to nobody."""

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="cases", verbose_name="aide")
    code = models.SlugField("code", max_length=60)
    label = models.CharField("intitulé", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    mark = mark_field()

    class Meta:
        verbose_name = "cas d'une aide"
        verbose_name_plural = "cas des aides"
        ordering = ["aid", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["aid", "code"], name="aids_case_unique")]

    def __str__(self):
        return self.label or self.code


class AidCondition(models.Model):
    """One condition of a case, of every case, or an exclusion; fields as in aids.rules.Condition."""

    aid = models.ForeignKey(Aid, on_delete=models.CASCADE, related_name="conditions", verbose_name="aide")
    case = models.ForeignKey(
        AidCase, on_delete=models.CASCADE, null=True, blank=True, related_name="conditions", verbose_name="cas"
    )
    role = models.CharField("rôle", max_length=10, choices=ConditionRole.choices, default=ConditionRole.CASE)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    kind = models.CharField("type", max_length=24, choices=ConditionKind.choices)
    scheme = models.CharField("zonage", max_length=16, choices=Scheme.choices, blank=True)
    expected = models.BooleanField("réponse attendue", null=True, blank=True)
    minimum = models.PositiveSmallIntegerField("minimum", null=True, blank=True)
    maximum = models.PositiveSmallIntegerField("maximum", null=True, blank=True)
    after = models.DateField("à partir du", null=True, blank=True)
    before = models.DateField("jusqu'au", null=True, blank=True)
    code = models.SlugField("code du point à vérifier", max_length=60, blank=True)
    text = models.CharField("point à vérifier", max_length=400, blank=True)
    mark = mark_field()

    class Meta:
        verbose_name = "condition"
        ordering = ["aid", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="aids_condition_role",
                condition=Q(role=ConditionRole.CASE, case__isnull=False)
                | (~Q(role=ConditionRole.CASE) & Q(case__isnull=True)),
                violation_error_message="Une condition de cas, et elle seule, appartient à un cas.",
            ),
            models.CheckConstraint(
                name="aids_condition_complete",
                condition=(~Q(kind__in=of_family(Zoned)) | Q(scheme__gt=""))
                & (~Q(kind__in=of_family(YesNo)) | Q(expected__isnull=False))
                & (~Q(kind__in=of_family(Number)) | Q(minimum__isnull=False) | Q(maximum__isnull=False))
                & (~Q(kind__in=of_family(Day)) | Q(after__isnull=False) | Q(before__isnull=False))
                & (~Q(kind__in=of_family(Point)) | Q(code__gt="", text__gt="")),
                violation_error_message="Il manque à cette condition ce que demande son type.",
            ),
            models.CheckConstraint(
                name="aids_condition_bounds",
                condition=(Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")))
                & (Q(after=None) | Q(before=None) | Q(before__gte=F("after"))),
                violation_error_message="Le maximum doit suivre le minimum.",
            ),
        ]
        indexes = [models.Index(fields=["aid", "role", "kind"], name="aids_condition_read")]

    def __str__(self):
        return self.get_kind_display()


class AidConditionValue(models.Model):
    """One accepted value; for a territory the code is "kind:code" and the row points to the place itself."""

    condition = models.ForeignKey(AidCondition, on_delete=models.CASCADE, related_name="values")
    value = models.CharField("valeur", max_length=60)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="territoire"
    )

    class Meta:
        verbose_name = "valeur acceptée"
        verbose_name_plural = "valeurs acceptées"
        constraints = [models.UniqueConstraint(fields=["condition", "value"], name="aids_condition_value_unique")]

    def __str__(self):
        return self.value


class AidAmount(models.Model):
    """One amount of a case; fields as in aids.rules.Amount: euros or percents, months."""

    case = models.ForeignKey(AidCase, on_delete=models.CASCADE, related_name="amounts", verbose_name="cas")
    position = models.PositiveSmallIntegerField("ordre", default=0)
    kind = models.CharField("forme", max_length=16, choices=AmountKind.choices)
    minimum = models.DecimalField("minimum", max_digits=10, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField("maximum", max_digits=10, decimal_places=2, null=True, blank=True)
    months = models.PositiveSmallIntegerField("durée (mois)", null=True, blank=True)
    start_month = models.PositiveSmallIntegerField("commence au mois", default=0)
    until_studies_end = models.BooleanField("jusqu'à la fin des études", default=False)
    taxation = models.CharField("brut ou net", max_length=4, choices=Taxation.choices, blank=True)
    label = models.CharField("précision", max_length=300, blank=True)
    mark = mark_field()

    class Meta:
        verbose_name = "montant"
        ordering = ["case", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="aids_amount_positive",
                condition=(Q(minimum=None) | Q(minimum__gte=0)) & (Q(maximum=None) | Q(maximum__gte=0)),
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                name="aids_amount_order",
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")),
                violation_error_message="Le montant maximum doit suivre le minimum.",
            ),
            models.CheckConstraint(
                name="aids_amount_one_duration",
                condition=Q(months=None) | Q(until_studies_end=False, months__gt=0),
                violation_error_message="Une durée est d'au moins un mois, ou court jusqu'à la fin des études.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.label}".strip()


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
