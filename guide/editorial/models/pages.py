"""Pages: the region, its departments, guides, the site itself."""

from django.db import models
from django.urls import reverse

from guide.core.models import PublishableQuerySet
from guide.editorial.enums import Section
from guide.editorial.models.content import Content, optional_territory


class PageQuerySet(PublishableQuerySet):
    """Reads of pages."""

    def in_section(self, section: Section):
        """Pages of one section, in the order that its editors chose."""
        return self.filter(section=section).order_by("position", "title")


class Page(Content):
    """A page of the site. `illustration` is the code of one of the site's own drawings, or nothing."""

    section = models.CharField("rubrique", max_length=12, choices=Section.choices)
    position = models.PositiveSmallIntegerField("rang dans la rubrique", default=0)
    territory = optional_territory()
    illustration = models.SlugField("illustration", max_length=60, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = "page"
        ordering = ["section", "position", "title"]

    def get_absolute_url(self) -> str:
        return reverse("editorial:page", args=[self.slug])
