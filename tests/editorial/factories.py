"""Factories of the editorial content: published sheets."""

from datetime import date

import factory
from django.utils.text import slugify

from guide.core.enums import Status
from guide.editorial.models import (
    Document,
    Event,
    GlossaryTerm,
    KeyFigure,
    NewsItem,
    Page,
    Partner,
    Reference,
    Testimonial,
)


class ReferenceFactory(factory.django.DjangoModelFactory):
    """Reference, published."""

    class Meta:
        model = Reference

    code = factory.Sequence(lambda n: f"source-{n}")
    title = "L'Indre, une terre des possibles"
    publisher = "Département de l'Indre"
    label = "Département de l'Indre, vers 2022"
    year = "vers 2022"


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    """GlossaryTerm, published."""

    class Meta:
        model = GlossaryTerm

    slug = factory.LazyAttribute(lambda o: slugify(o.abbreviation))
    abbreviation = "MSP"
    expansion = "maison de santé pluriprofessionnelle"
    definition = "Une équipe sous un même toit."


class ContentFactory(factory.django.DjangoModelFactory):
    """Content, published."""

    class Meta:
        abstract = True

    status = Status.PUBLISHED
    slug = factory.LazyAttribute(lambda o: slugify(o.title))
    title = factory.Sequence(lambda n: f"Texte {n}")
    summary = "En une phrase."
    body = "<p>Un texte.</p>"


class PageFactory(ContentFactory):
    """Page, published."""

    class Meta:
        model = Page

    section = "region"


class NewsItemFactory(ContentFactory):
    """NewsItem, published."""

    class Meta:
        model = NewsItem

    kind = "actualite"
    published_on = date(2024, 10, 8)


class EventFactory(ContentFactory):
    """Event, published."""

    class Meta:
        model = Event


class KeyFigureFactory(factory.django.DjangoModelFactory):
    """KeyFigure, published."""

    class Meta:
        model = KeyFigure

    status = Status.PUBLISHED
    code = factory.Sequence(lambda n: f"chiffre-{n}")
    label = factory.Sequence(lambda n: f"maîtres de stage {n}")
    value = "1408"
    year = "vers 2020"
    reference = factory.SubFactory(ReferenceFactory)


class DocumentFactory(factory.django.DjangoModelFactory):
    """Document, published."""

    class Meta:
        model = Document

    status = Status.PUBLISHED
    title = factory.Sequence(lambda n: f"Guide {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.title))
    url = "https://example.org/guide.pdf"


class PartnerFactory(factory.django.DjangoModelFactory):
    """Partner, published."""

    class Meta:
        model = Partner

    status = Status.PUBLISHED
    name = factory.Sequence(lambda n: f"Partenaire {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.name))
    url = "https://example.org/"


class TestimonialFactory(ContentFactory):
    """Testimonial reported from a document, published."""

    class Meta:
        model = Testimonial

    title = factory.Sequence(lambda n: f"Témoignage {n}")
    summary = ""
    name = factory.Sequence(lambda n: f"Dr Nom {n}")
    body = "<p>Les confrères s'entraident.</p>"
