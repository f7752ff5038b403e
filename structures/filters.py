"""The filters of structures, the same for the list, the map and the data addresses."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django_filters import Filter, FilterSet

from guide.core.query_string import Values
from guide.territories.place_rows import PlaceRow
from structures.enums import Kind, PracticeMode
from structures.fields import BoxField, ManyField, OneField, WholeNumberField, WordsField
from structures.parameters import DEFAULT_RADIUS_KM

MAX_RADIUS_KM = 100
MAX_PAGE = 100_000
SORTS = ("nom", "distance", "commune")


class Known(NamedTuple):
    """What the query string may name and the database holds: read before the filters, in one query or two."""

    departments: tuple[PlaceRow, ...] = ()
    commune: PlaceRow | None = None
    territory: PlaceRow | None = None
    specialities: tuple[tuple[str, str], ...] = ()


class OneFilter(Filter):
    """One code."""

    field_class = OneField


class ManyFilter(Filter):
    """Codes of which any is enough."""

    field_class = ManyField


class NumberFilter(Filter):
    """A whole number."""

    field_class = WholeNumberField


class WordsFilter(Filter):
    """Free words."""

    field_class = WordsField


class BoxFilter(Filter):
    """A box of the map."""

    field_class = BoxField


class StructureFilter(FilterSet):
    """Reads clean values (see `structures.parameters`) and narrows a query of structures.

    The filter of a department compares the parent of the commune, like the counts by department do.
    """

    type = ManyFilter(label="", method="by_kind", unknown="Type de structure inconnu", choices=Kind.choices)
    departement = ManyFilter(label="", method="by_department", unknown="Département inconnu")
    territoire = OneFilter(label="", method="by_territory", unknown="Territoire inconnu")
    commune = OneFilter(label="", method="by_commune", unknown="Code de commune inconnu")
    rayon = NumberFilter(
        label="",
        method="unchanged",
        minimum=1,
        maximum=MAX_RADIUS_KM,
        wrong=f"Le rayon est un nombre entier de kilomètres, de 1 à {MAX_RADIUS_KM}",
    )
    mode = ManyFilter(label="", method="by_mode", unknown="Mode d'exercice inconnu", choices=PracticeMode.choices)
    specialite = ManyFilter(label="", method="by_speciality", unknown="Spécialité ou profession inconnue")
    recrute = OneFilter(label="", method="by_recruiting", unknown="« recrute » vaut 1 ou rien", choices=[("1", "oui")])
    stage = OneFilter(label="", method="by_interns", unknown="« stage » vaut 1 ou rien", choices=[("1", "oui")])
    q = WordsFilter(label="", method="by_words")
    bbox = BoxFilter(label="", method="by_box")
    tri = OneFilter(label="", method="unchanged", unknown="Tri inconnu", choices=[(code, "") for code in SORTS])
    page = NumberFilter(
        label="", method="unchanged", minimum=1, maximum=MAX_PAGE, wrong="Cette page de résultats n'existe pas"
    )

    def __init__(self, values: Values, known: Known, queryset: QuerySet):
        super().__init__(MultiValueDict(values), queryset)
        self.known = known
        fields = self.form.fields
        fields["departement"].choices = [(place.code, place.name) for place in known.departments]
        fields["commune"].choices = [(known.commune.code, "")] if known.commune else []
        fields["territoire"].choices = [(known.territory.slug, "")] if known.territory else []
        fields["specialite"].choices = known.specialities

    def messages(self) -> list[str]:
        """What is wrong with the values, in French, one sentence each."""
        return [message for errors in self.form.errors.values() for message in errors]

    def narrowed(self, without: Iterable[str] = ()) -> QuerySet:
        """The query filtered by all values but those of the filters named in `without`."""
        queryset = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name not in without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def by_kind(self, queryset, name, kinds):
        """Structures of any of these kinds."""
        return queryset.of_kinds(kinds)

    def by_department(self, queryset, name, codes):
        """Structures whose commune belongs to any of these departments."""
        wanted = [place.pk for place in self.known.departments if place.code in codes]
        return queryset.filter(commune__parent__in=wanted)

    def by_territory(self, queryset, name, slug):
        """Structures within the territory, by the closure."""
        return queryset.in_territory(self.known.territory.pk)

    def by_commune(self, queryset, name, code):
        """Structures within the radius around the commune, with their distance."""
        centre = self.known.commune
        radius = self.form.cleaned_data["rayon"] or DEFAULT_RADIUS_KM
        return queryset.near(centre.latitude, centre.longitude, radius)

    def by_mode(self, queryset, name, modes):
        """Structures where a doctor practises in one of these modes."""
        return queryset.with_mode(modes)

    def by_speciality(self, queryset, name, specialities):
        """Structures where one of these specialities is practised."""
        return queryset.with_speciality(specialities)

    def by_recruiting(self, queryset, name, value):
        """Structures that say they recruit."""
        return queryset.filter(recruiting=True)

    def by_interns(self, queryset, name, value):
        """Structures that say they welcome interns."""
        return queryset.filter(welcomes_interns=True)

    def by_words(self, queryset, name, words):
        """Structures that hold all the words."""
        return queryset.matching(words)

    def by_box(self, queryset, name, box):
        """Structures placed in the box."""
        return queryset.in_box(*box)

    def unchanged(self, queryset, name, value):
        """Values that another part reads: radius, sort, page."""
        return queryset
