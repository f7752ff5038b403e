"""Comments of editors on a sheet."""

from django.utils import timezone

from guide.backoffice.models import EditorComment
from guide.core.models import Publishable


def add_comment(*, sheet: Publishable, text: str, by) -> EditorComment:
    """Keep what `by` tells the other editors; ValueError on an empty or endless text."""
    text = text.replace("\x00", "").strip()
    limit = EditorComment._meta.get_field("text").max_length
    if not 0 < len(text) <= limit:
        raise ValueError(f"Un commentaire compte de 1 à {limit} caractères.")
    return EditorComment.objects.create(sheet=sheet, text=text, author=by)


def resolve_comment(*, comment: EditorComment, by) -> None:
    """Say that what a comment asked is done; the first who says so is kept."""
    EditorComment.objects.filter(pk=comment.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)
