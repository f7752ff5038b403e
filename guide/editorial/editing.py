"""What the shared pages of the editors know of the editorial sheets: their preview."""

from guide.editorial.models import PracticeOption
from guide.editorial.practice import detail
from guide.publishing import content_version, previews


def preview_practice(options) -> tuple[str, dict]:
    """The public page, from a query set of one way to practise in any state."""
    return "practice/detail.html", detail.context(options, content_version.current())


previews.register(PracticeOption, preview_practice)
