"""What the shared pages of the editors know of the editorial content: its preview, and what anybody may propose."""

from functools import partial

from guide.backoffice import previews, proposals, writing
from guide.core import content_version
from guide.editorial import news, pages
from guide.editorial.actions import save_content, save_document
from guide.editorial.models import Document, Event, NewsItem, Page, PracticeOption, Testimonial
from guide.editorial.practice.pages import option_context
from guide.editorial.testimonials.actions import ConsentCheck
from guide.editorial.testimonials.pages import testimonial_context


def _preview(template: str, context, sheets) -> tuple[str, dict]:
    return template, context(sheets.get(), content_version.current())


for model in (Page, NewsItem, Event, PracticeOption, Testimonial):
    writing.register_save(model, save_content)
writing.register_save(Document, save_document)
writing.register_check(Testimonial, ConsentCheck)
previews.register(Page, partial(_preview, "editorial/page.html", pages.page_context))
previews.register(NewsItem, partial(_preview, "editorial/news_item.html", news.article))
previews.register(Testimonial, partial(_preview, "testimonials/detail.html", testimonial_context))
previews.register(PracticeOption, partial(_preview, "practice/detail.html", option_context))
proposals.register(Page, ["summary"])
proposals.register(NewsItem, ["summary", "place"])
proposals.register(PracticeOption, ["summary"])
