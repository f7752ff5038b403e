"""Admin pages of places, zonings and figures. Places come from official files alone: staff read them here."""

from django.contrib import admin
from django.db.models import Case, Count, Q, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from guide.backoffice.bases.parts import InSourceFilter, section
from guide.backoffice.bases.perimeter import PerimeterAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.core.french import fold, number
from guide.territories.enums import TerritoryKind
from guide.territories.models import (
    Amenity,
    Indicator,
    IndicatorValue,
    Territory,
    TerritoryRemark,
    TravelTime,
    Zoning,
    ZoningEdition,
)

SEARCH_HELP = "Nom, avec ou sans accents, ou code officiel, ou code postal."


@admin.register(Territory)
class TerritoryAdmin(PerimeterAdmin):
    """Places, found by name, official code or postal code."""

    read_only, actions = True, None
    list_display = ["name", "kind", "code", "parent", "population", "extent"]
    list_filter = ["kind", "extent", ("missing_since", InSourceFilter)]
    list_select_related = ["parent"]
    search_fields = ["search_name", "code"]
    search_help_text = SEARCH_HELP
    fields = [
        "kind", "name", "code", "slug", "parent", "population", "area_km2", "latitude", "longitude",
        "extent", "source", "source_date", "missing_since",
    ]  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        """Search the folded names and the codes; the autocompletion of a commune offers communes alone."""
        if request.GET.get("field_name") == "commune":
            queryset = queryset.filter(kind=TerritoryKind.COMMUNE)
        found = search_places(queryset, search_term)
        if "field_name" in request.GET:
            found = found.order_by(_begins_with(search_term), *found.query.order_by)
        return found, False

    def autocomplete_label(self, territory: Territory) -> str:
        """Name, kind and code: several places share a name."""
        return f"{territory.name} ({territory.get_kind_display()} {territory.code})"


def _begins_with(text: str) -> Case:
    """For a choice while typing: « reuil » offers Reuilly before Lureuil."""
    return Case(When(search_name__startswith=fold(text), then=0), default=1)


def search_places(queryset, text: str, prefix: str = ""):
    """Places whose name holds each word of `text`, or whose official or postal code it is."""
    code = text.strip().upper()
    if not code:
        return queryset
    if code[:2].isdigit() or code[-3:].isdigit():
        postal = f"{prefix}postal_codes__code"
        return queryset.filter(Q(**{f"{prefix}code": code}) | Q(**{postal: code})).distinct()
    for word in fold(text).split()[:8]:
        queryset = queryset.filter(**{f"{prefix}search_name__contains": word})
    return queryset


class PlaceSearchMixin:
    """Of rows that hang on a place, found by it as places are; `search_fields` names the way to its folded name."""

    search_fields = ["territory__search_name"]
    search_help_text = SEARCH_HELP

    def get_search_results(self, request, queryset, search_term):
        return search_places(queryset, search_term, self.search_fields[0].removesuffix("search_name")), False


@admin.register(ZoningEdition)
class ZoningEditionAdmin(WrittenAdmin):
    """What a zoning is, where it speaks, from when to when, by which text."""

    list_display = ["label", "scheme", "scope", "valid_from", "valid_to", "exhaustive", "rows"]
    list_filter = ["scheme", "exhaustive"]
    list_select_related = ["scope"]
    search_fields = ["label", "legal_reference"]
    autocomplete_fields = ["scope"]
    fieldsets = [
        (None, {"fields": ["scheme", "label", "scope", "exhaustive"]}),
        section("Dates", "valid_from valid_to date_note"),
        section("Texte et source", "legal_reference source source_url source_date licence"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(row_count=Count("rows"))

    @admin.display(description="communes classées", ordering="row_count")
    def rows(self, edition: ZoningEdition):
        address = f"{reverse('admin:territories_zoning_changelist')}?{urlencode({'edition__id__exact': edition.pk})}"
        return format_html('<a href="{}">{}</a>', address, number(edition.row_count))


@admin.register(Zoning)
class ZoningAdmin(PlaceSearchMixin, WrittenAdmin):
    """The level of each commune in each edition."""

    list_display = ["territory", "level", "partial", "edition", "note"]
    list_filter = ["edition__scheme", "level", "partial", "edition"]
    list_select_related = ["territory", "edition"]
    autocomplete_fields = ["territory", "edition"]


@admin.register(Indicator)
class IndicatorAdmin(WrittenAdmin):
    """Definitions of the figures."""

    list_display = ["label", "family", "unit", "better", "position"]
    list_filter = ["family"]
    search_fields = ["label", "code"]
    fields = ["code", "label", "unit", "decimals", "family", "better", "position", "note"]

    def get_readonly_fields(self, request, obj=None):
        """The code is the identity that imports know: it never changes."""
        return ["code"] if obj else []


@admin.register(IndicatorValue)
class IndicatorValueAdmin(PlaceSearchMixin, PerimeterAdmin):
    """Figures, with their source."""

    read_only, actions = True, None
    list_display = ["territory", "indicator", "year", "period", "value", "masked", "source"]
    list_filter = ["indicator__family", "territory__kind", "masked"]
    list_select_related = ["territory", "indicator"]


@admin.register(TerritoryRemark)
class TerritoryRemarkAdmin(PlaceSearchMixin, WrittenAdmin):
    """What speaks for a place, and what to know before coming; the next import keeps what is changed here."""

    perimeter_path = "territory"
    list_display = ["text", "territory", "kind", "source", "year"]
    list_filter = ["kind", ("missing_since", InSourceFilter)]
    list_select_related = ["territory"]
    autocomplete_fields = ["territory"]
    fields = ["territory", "kind", "text", "source", "source_url", "year", "position", "missing_since"]


class LifeAdmin(PlaceSearchMixin, PerimeterAdmin):
    """What makes daily life, as imported lists give it; found by commune."""

    read_only, actions = True, None
    origin = ("details", "source", "source_date", "confidence", "missing_since")
    list_select_related = ["commune"]
    search_fields = ["commune__search_name"]


@admin.register(Amenity)
class AmenityAdmin(LifeAdmin):
    """Stations, lycées, museums, stages, parks…"""

    list_display = ["name", "kind", "commune", "source", "source_date", "confidence"]
    list_filter = ["kind", "confidence", ("missing_since", InSourceFilter)]
    fields = ["kind", "name", "commune", *LifeAdmin.origin]


@admin.register(TravelTime)
class TravelTimeAdmin(LifeAdmin):
    """Travel times that sources state."""

    list_display = ["from_place", "to_place", "mode", "minutes", "commune", "source", "source_date", "confidence"]
    list_filter = ["mode", "to_place", ("missing_since", InSourceFilter)]
    fields = ["commune", "from_place", "to_place", "mode", "minutes", *LifeAdmin.origin]
