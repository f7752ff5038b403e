"""What the shared pages of the editors know of the editorial content: its preview, and what anybody may propose."""

from guide.backoffice import previews, proposals, writing
from guide.core import content_version
from guide.editorial import lexicon, news, page
from guide.editorial.actions import save_content, save_document
from guide.editorial.models import Document, Event, NewsItem, Page, PracticeOption, Testimonial
from guide.editorial.practice import detail
from guide.editorial.testimonials import detail as testimonial
from guide.editorial.testimonials.consent_check import ConsentCheck


def preview_page(sheets) -> tuple[str, dict]:
    """The public page, from a query set of one page in any state."""
    return "editorial/page.html", page.context(sheets.select_related("territory").get(), lexicon.load())


def preview_news(sheets) -> tuple[str, dict]:
    """The public article, from a query set of one article in any state."""
    return "editorial/news_item.html", news.article(sheets.select_related("territory").get(), lexicon.load())


def preview_testimonial(sheets) -> tuple[str, dict]:
    """The public page, from a query set of one testimonial in any state."""
    return "testimonials/detail.html", testimonial.context(testimonial.with_links(sheets).get(), lexicon.load())


def preview_practice(options) -> tuple[str, dict]:
    """The public page, from a query set of one way to practise in any state."""
    return "practice/detail.html", detail.context(options, content_version.current())


for model in (Page, NewsItem, Event, PracticeOption, Testimonial):
    writing.register_save(model, save_content)
writing.register_save(Document, save_document)
writing.register_check(Testimonial, ConsentCheck)
previews.register(Page, preview_page)
previews.register(NewsItem, preview_news)
previews.register(Testimonial, preview_testimonial)
previews.register(PracticeOption, preview_practice)
proposals.register(Page, ["summary"])
proposals.register(NewsItem, ["summary", "place"])
proposals.register(PracticeOption, ["summary"])
