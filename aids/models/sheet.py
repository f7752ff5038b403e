"""What the page of an aid adds to its rules: sources, contacts, steps, what changed."""

from django.db import models

from aids.models.aid import Aid, mark_field


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
