"""What the tests of the ways to practise share."""

import factory

from guide.core.enums import Status
from guide.editorial.models import PracticeFit, PracticeKind, PracticeOption, PracticePoint, PracticeStep


class PracticeOptionFactory(factory.django.DjangoModelFactory):
    """A published option; `kinds`, `points`, `fits` and `steps` make its child rows."""

    class Meta:
        model = PracticeOption
        skip_postgeneration_save = True

    status = Status.PUBLISHED
    slug = factory.Sequence(lambda n: f"option-{n}")
    title = factory.LazyAttribute(lambda o: f"Exercer {o.slug}")
    summary = "En une phrase."
    body = "<p>Ce que c'est.</p>"
    family = "liberal"
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def kinds(self, create, codes, **kwargs):
        PracticeKind.objects.bulk_create(PracticeKind(option=self, kind=code) for code in codes or [])

    @factory.post_generation
    def points(self, create, texts, **kwargs):
        rows = [
            PracticePoint(option=self, criterion=criterion, text=text) for criterion, text in (texts or {}).items()
        ]
        PracticePoint.objects.bulk_create(rows)

    @factory.post_generation
    def fits(self, create, fits, **kwargs):
        rows = [PracticeFit(option=self, answer=a, weight=w, reason=r) for a, w, r in fits or []]
        PracticeFit.objects.bulk_create(rows)

    @factory.post_generation
    def steps(self, create, steps, **kwargs):
        rows = [
            PracticeStep(option=self, position=rank, title=title, text=text, duration=duration)
            for rank, (title, text, duration) in enumerate(steps or [])
        ]
        PracticeStep.objects.bulk_create(rows)
