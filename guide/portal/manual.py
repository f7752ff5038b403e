"""The handbook of the editors: docs/manuel-des-editeurs.md as a page of the administration, with its pictures."""

import re
from itertools import pairwise
from typing import NamedTuple

import nh3
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from guide.core.rich_text import ATTRIBUTES, TAGS, Html

FILE = settings.BASE_DIR / "docs" / "manuel-des-editeurs.md"
PICTURES = settings.BASE_DIR / "docs" / "manuel"
PICTURE = re.compile(r"manuel/([a-z0-9-]+)\.png")
CHAPTER = "h2"


class Handbook(NamedTuple):
    """The page: its title, its chapters as (anchor, title), its text."""

    title: str
    chapters: list[tuple[str, str]]
    text: Html


def read_handbook(text: str) -> Handbook:
    """The handbook from its Markdown: a title, then chapters; pictures are asked of the administration."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    title, chapters = "", []
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag == "h1":
            title = words.content
            heading.hidden = words.hidden = True
            words.children = []
        elif heading.type == "heading_open" and heading.tag == CHAPTER:
            anchor = slugify(words.content)
            heading.attrSet("id", anchor)
            chapters.append((anchor, words.content))
    for token in tokens:
        for child in token.children or []:
            found = PICTURE.fullmatch(str(child.attrGet("src"))) if child.type == "image" else None
            if found:
                child.attrSet("src", reverse("admin:manual_picture", args=[found[1]]))
                child.attrSet("loading", "lazy")
    markup = reader.renderer.render(tokens, reader.options, {})
    attributes = ATTRIBUTES | {"img": {"src", "alt", "loading"}, "h2": {"id"}}
    clean = nh3.clean(markup, tags=set(TAGS | {"img", "code"}), attributes=attributes, link_rel=None)
    return Handbook(title, chapters, Html(clean))


def urls(site: AdminSite) -> list:
    """Addresses of the handbook, behind the login of the administration."""

    @require_safe
    def handbook(request: HttpRequest) -> HttpResponse:
        book = read_handbook(FILE.read_text(encoding="utf-8"))
        context = {**site.each_context(request), "title": book.title, "book": book}
        return TemplateResponse(request, "admin/handbook.html", context)

    @require_safe
    def picture(request: HttpRequest, name: str) -> FileResponse:
        file = PICTURES / f"{name}.png"
        if not file.is_file():
            raise Http404
        return FileResponse(file.open("rb"), content_type="image/png")

    return [
        path("manuel/", site.admin_view(handbook), name="manual"),
        path("manuel/<slug:name>.png", site.admin_view(picture), name="manual_picture"),
    ]
