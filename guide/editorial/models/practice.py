"""Ways to practise, and what hangs on each: kinds of structures, steps, points compared, answers it fits."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from aids.vocabulary import Mode
from guide.core.models import PublishableQuerySet
from guide.editorial.enums import Answer, Criterion, Family
from guide.editorial.models.content import Content
from structures.enums import Kind

MAX_WEIGHT = 2
# Pages that stand beside those of the options.
TAKEN_SLUGS = ("comparer", "questionnaire")


class PracticeOptionQuerySet(PublishableQuerySet):
    """The read layer of the ways to practise."""

    def in_order(self):
        return self.order_by("position", "title", "pk")

    def of_kind(self, kind: str):
        return self.filter(kinds__kind=kind)


class PracticeOption(Content):
    """A way to practise: MSP, hospital post, locum… `body` says what it is; the other texts are rich text too.

    `simulator_mode` is the mode that the simulator of aids is filled with; without one, no aid depends on it.
    """

    family = models.CharField("famille", max_length=12, choices=Family.choices)
    position = models.PositiveSmallIntegerField("rang dans la liste", default=0)
    audience = models.TextField("pour qui", blank=True)
    day = models.TextField("une journée", blank=True)
    week = models.TextField("une semaine", blank=True)
    advantages = models.TextField("avantages", blank=True)
    drawbacks = models.TextField("inconvénients", blank=True)
    aids_note = models.TextField("ce que cela change pour les aides", blank=True)
    who_to_call = models.TextField("qui appeler", blank=True)
    simulator_mode = models.CharField(
        "mode d'exercice dans le simulateur", max_length=24, choices=Mode.choices, blank=True
    )

    objects = PracticeOptionQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = "façon d'exercer"
        verbose_name_plural = "façons d'exercer"
        ordering = ["position", "title"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(name="editorial_practice_family", condition=Q(family__in=Family.values)),
            models.CheckConstraint(
                name="editorial_practice_slug",
                condition=~Q(slug__in=TAKEN_SLUGS),
                violation_error_message="Cette adresse est celle d'une autre page.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("practice:detail", args=[self.slug])


class PracticeKind(models.Model):
    """A kind of structures where one practises so: the page counts, maps and lists them."""

    option = models.ForeignKey(PracticeOption, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField("type de structure", max_length=24, choices=Kind.choices)

    class Meta:
        verbose_name = "type de structure"
        verbose_name_plural = "types de structures"
        ordering = ["option", "pk"]
        constraints = [models.UniqueConstraint(fields=["option", "kind"], name="editorial_practice_kind_unique")]

    def __str__(self):
        return self.get_kind_display()


class PracticeStep(models.Model):
    """One step to practise so, with the time that it takes in words ("environ six mois"; "" when unknown)."""

    option = models.ForeignKey(PracticeOption, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("étape", max_length=160)
    text = models.TextField("en quoi elle consiste", blank=True)
    duration = models.CharField("temps qu'elle prend", max_length=120, blank=True)

    class Meta:
        verbose_name = "étape"
        ordering = ["option", "position", "pk"]

    def __str__(self):
        return self.title


class PracticePoint(models.Model):
    """What an option says on one line of the comparison."""

    option = models.ForeignKey(PracticeOption, on_delete=models.CASCADE, related_name="points")
    criterion = models.CharField("critère", max_length=12, choices=Criterion.choices)
    text = models.TextField("en une ou deux phrases")

    class Meta:
        verbose_name = "point comparé"
        verbose_name_plural = "points comparés"
        ordering = ["option", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["option", "criterion"], name="editorial_practice_point_unique"),
            models.CheckConstraint(name="editorial_practice_criterion", condition=Q(criterion__in=Criterion.values)),
        ]

    def __str__(self):
        return self.get_criterion_display()


class PracticeFit(models.Model):
    """What an answer of the questionnaire says for (up to 2) or against (down to -2) an option, and why."""

    option = models.ForeignKey(PracticeOption, on_delete=models.CASCADE, related_name="fits")
    answer = models.CharField("réponse", max_length=24, choices=Answer.choices)
    weight = models.SmallIntegerField("poids (de -2 à 2)")
    reason = models.CharField("raison donnée au visiteur", max_length=300)

    class Meta:
        verbose_name = "réponse du questionnaire"
        verbose_name_plural = "réponses du questionnaire"
        ordering = ["option", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["option", "answer"], name="editorial_practice_fit_unique"),
            models.CheckConstraint(name="editorial_practice_answer", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="editorial_practice_weight",
                condition=Q(weight__range=(-MAX_WEIGHT, MAX_WEIGHT)) & ~Q(weight=0),
                violation_error_message="Le poids va de -2 à 2 ; 0 ne dirait rien.",
            ),
            models.CheckConstraint(
                name="editorial_practice_reason",
                condition=Q(reason__gt=""),
                violation_error_message="Chaque poids a sa raison, que le visiteur lit.",
            ),
        ]

    def __str__(self):
        return self.get_answer_display()
