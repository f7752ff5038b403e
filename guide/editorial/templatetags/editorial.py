"""What the editorial content adds to pages of any floor."""

from django import template

from guide.editorial.enums import Section
from guide.editorial.figures import key_figure_rows
from guide.editorial.library import partner_rows
from guide.editorial.memory import remember
from guide.editorial.news import latest
from guide.editorial.page import department_link, section_links
from guide.publishing import content_version
from guide.territories.models import Territory

register = template.Library()


def _version(context) -> str:
    """The content version of the page, asked from the database where no public view has done it."""
    return getattr(context.get("request"), "content_version", "") or content_version.current()


@register.inclusion_tag("editorial/_key_figures.html", takes_context=True)
def key_figures(context, territory: Territory | None = None) -> dict:
    """`{% key_figures %}`: those of the home page; `{% key_figures territory %}`: those of a place."""
    pk = territory.pk if territory else None
    figures = remember(_version(context), f"figures:{pk or 'home'}", lambda: key_figure_rows(pk))
    return {
        "figures": figures,
        "title": f"{territory.name} en bref" if territory else "La région en quelques chiffres",
    }


@register.inclusion_tag("editorial/_department_page.html", takes_context=True)
def department_page(context, territory: Territory) -> dict:
    """`{% department_page territory %}`: the page on the department that holds a place; one query, once."""
    found = remember(_version(context), f"department-page:{territory.pk}", lambda: department_link(territory.pk) or ())
    return {"page": found or None}


@register.inclusion_tag("editorial/_partners.html", takes_context=True)
def partners(context) -> dict:
    """`{% partners %}`: names of the partners, for the foot of every page; one query, once."""
    return {"partners": remember(_version(context), "partner-names", lambda: list(partner_rows()))}


@register.inclusion_tag("editorial/_news.html", takes_context=True)
def news_latest(context) -> dict:
    """`{% news_latest %}`: the last articles, for the home page; one query, once."""
    return {"rows": remember(_version(context), "news-latest", latest)}


@register.inclusion_tag("editorial/_footer_links.html", takes_context=True)
def footer_links(context) -> dict:
    """`{% footer_links %}`: pages that help a project, and those on the site itself; one query, once."""
    return {"sections": remember(_version(context), "footer", lambda: section_links(Section.GUIDE, Section.SITE))}
