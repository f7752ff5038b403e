"""Key figures (always with their year and their source), documents to read, the partners of the site, its glossary."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q

from guide.core.models import Imported, Publishable
from guide.editorial.models.content import Reference, optional_territory


class KeyFigure(Publishable, Imported):
    """A figure. `value` is written as it is printed ("408", "près de 20"); `year` has the precision of the source."""

    code = models.SlugField("code", max_length=120, unique=True)
    label = models.CharField("ce que compte le chiffre", max_length=200)
    value = models.CharField("valeur", max_length=40)
    unit = models.CharField("unité", max_length=40, blank=True)
    year = models.CharField("année", max_length=40)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="+", verbose_name="source")
    territory = optional_territory()
    on_home = models.BooleanField("sur la page d'accueil", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta(Publishable.Meta):
        verbose_name = "chiffre clé"
        verbose_name_plural = "chiffres clés"
        ordering = ["position", "label"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(name="editorial_figure_dated", condition=~Q(year="") & ~Q(value="")),
        ]

    def __str__(self):
        return f"{self.label} : {self.value}"


class Document(Publishable, Imported):
    """A PDF or a page: held by the site (`file`), or by its publisher (`url`, or "" when only the publisher is known).

    Size in octets; what is unknown is None. Size and pages of a file come from the file itself
    (guide/editorial/actions.py).
    """

    slug = models.SlugField("adresse", max_length=140, unique=True)
    title = models.CharField("titre", max_length=250)
    file = models.FileField(
        "fichier PDF", upload_to="documents/", blank=True, validators=[FileExtensionValidator(["pdf"])]
    )
    url = models.URLField("adresse chez l'éditeur", max_length=500, blank=True)
    size = models.PositiveIntegerField("taille (octets)", null=True, blank=True)
    pages = models.PositiveIntegerField("nombre de pages", null=True, blank=True)
    year = models.CharField("année", max_length=40, blank=True)
    reference = models.ForeignKey(
        Reference, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="source"
    )

    class Meta(Publishable.Meta):
        verbose_name = "document"
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="editorial_document_somewhere",
                condition=~Q(file="") | ~Q(url="") | Q(reference__isnull=False),
                violation_error_message=(
                    "Donnez un fichier PDF, ou l'adresse du document chez son éditeur, ou au moins sa source."
                ),
            ),
        ]

    def __str__(self):
        return self.title


class Partner(Publishable, Imported):
    """A body that takes part in the welcome of doctors.

    A founder had a part in what came before the guide, and is not said to be a partner of it: the foot of the pages
    does not name it.
    """

    slug = models.SlugField("code", max_length=120, unique=True)
    name = models.CharField("nom", max_length=200)
    role = models.CharField("rôle", max_length=400, blank=True)
    url = models.URLField("site", max_length=500, blank=True)
    is_founder = models.BooleanField("à l'origine de la démarche, sans être partenaire du guide", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta(Publishable.Meta):
        verbose_name = "partenaire"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class GlossaryTerm(Imported):
    """An abbreviation, what it stands for, and in one or two sentences what it is."""

    slug = models.SlugField("ancre", max_length=60, unique=True)
    abbreviation = models.CharField("abréviation", max_length=30, unique=True)
    expansion = models.CharField("en toutes lettres", max_length=200)
    definition = models.CharField("explication", max_length=600, blank=True)

    class Meta:
        verbose_name = "terme du glossaire"
        verbose_name_plural = "glossaire"
        ordering = ["abbreviation"]

    def __str__(self):
        return self.abbreviation
