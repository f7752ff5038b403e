"""What the editorial content adds to pages of any floor; all of it kept for one content version."""

from django import template

from guide.core.content_version import kept, version_of
from guide.core.french import number
from guide.editorial import site_links
from guide.editorial.models import KeyFigure
from guide.editorial.news import latest
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
    return {"page": site_links.current(version).of_department(department.pk) if department else None}


@register.inclusion_tag("editorial/_news.html", takes_context=True)
def news_latest(context) -> dict:
    """`{% news_latest %}`: the last articles, for the home page."""
    return {"rows": kept(version_of(context.get("request")), "news-latest", latest)}
