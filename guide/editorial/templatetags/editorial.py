"""What texts, ways to practise and testimonials add to pages of any floor, mostly kept for one content version."""

from django import template

from guide.core.content_version import kept, version_of
from guide.core.french import number
from guide.editorial.models import KeyFigure, PracticeOption
from guide.editorial.news import latest
from guide.editorial.pages import site_links
from guide.editorial.practice import pages
from guide.editorial.testimonials import related
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import held_of

register = template.Library()


@register.inclusion_tag("editorial/_key_figures.html", takes_context=True)
def key_figures(context, territory: Territory | None = None) -> dict:
    """`{% key_figures %}`: those of the home page; `{% key_figures territory %}`: those of a place."""
    pk = territory.pk if territory else None
    figures = kept(version_of(context.get("request")), f"figures:{pk or 'home'}", lambda: _figures(pk))
    return {
        "figures": figures,
        "title": f"{territory.name} en bref" if territory else "La région en quelques chiffres",
    }


def _figures(territory: int | None) -> list[dict]:
    """The key figures of a place (primary key), or those of the home page, ready to print."""
    live = KeyFigure.objects.live().select_related("reference")
    return [
        {
            "value": number(int(one.value)) if one.value.isdecimal() else one.value,
            "unit": one.unit,
            "label": one.label,
            "year": one.year,
            "source": one.reference.publisher or one.reference.label,
            "href": one.reference.url,
        }
        for one in (live.filter(on_home=True) if territory is None else live.filter(territory=territory))
    ]


@register.inclusion_tag("editorial/_department_page.html", takes_context=True)
def department_page(context, territory: Territory) -> dict:
    """`{% department_page territory %}`: the page on the department that holds a place."""
    version = version_of(context.get("request"))
    place = held_of(territory.pk, version)
    department = place and place.outer(TerritoryKind.DEPARTMENT)
    return {"page": site_links(version).of_department(department.pk) if department else None}


@register.inclusion_tag("editorial/_news.html", takes_context=True)
def news_latest(context) -> dict:
    """`{% news_latest %}`: the last articles, for the home page."""
    return {"rows": kept(version_of(context.get("request")), "news-latest", latest)}


@register.inclusion_tag("practice/_families.html", takes_context=True)
def practice_options(context) -> dict:
    """Links to all the ways to practise, by family: `{% practice_options %}`; nothing while none is published."""
    return {"groups": kept(version_of(context.get("request")), "practice-families", pages.families)}


@register.inclusion_tag("practice/_for_kind.html", takes_context=True)
def option_for_kind(context, kind: str) -> dict:
    """Links to what it is to practise in structures of a kind: `{% option_for_kind kind %}`, maybe none."""
    return {"links": kept(version_of(context.get("request")), f"practice-kind:{kind}", lambda: _links(kind))}


def _links(kind: str) -> list[tuple[str, str]]:
    found = PracticeOption.objects.live().of_kind(kind).in_order()
    return [(option.title, option.get_absolute_url()) for option in found]


@register.inclusion_tag("testimonials/_here.html", takes_context=True)
def testimonials_here(context, territory_id: int, folded: bool) -> dict:
    """`{% testimonials_here territory.pk is_folded %}`: those of a place, else of what holds it; maybe nothing."""
    return {**related.of_place(territory_id, version_of(context.get("request"))), "folded": folded}


@register.inclusion_tag("testimonials/_here.html", takes_context=True)
def testimonials_for_option(context, slug: str) -> dict:
    """`{% testimonials_for_option option.slug %}`: those of a way to practise; maybe nothing."""
    return related.of_option(slug, version_of(context.get("request")))


@register.inclusion_tag("testimonials/_here.html", takes_context=True)
def testimonials_of_structure(context, structure_id: int) -> dict:
    """`{% testimonials_of_structure pk %}`: those of a structure; maybe nothing."""
    return related.of_structure(structure_id, version_of(context.get("request")))


@register.inclusion_tag("testimonials/_here.html", takes_context=True)
def testimonials_featured(context) -> dict:
    """`{% testimonials_featured %}`: the last ones, for the home page."""
    return related.featured(version_of(context.get("request")))
