"""What the shared pages of the editors know of structures: their preview, and what anybody may propose."""

from guide.publishing import previews, proposals
from structures import sheet
from structures.actions import save_structure
from structures.models import Structure


def preview(sheets) -> tuple[str, dict]:
    """The public sheet, from a query set of one structure in any state."""
    return "structures/sheet.html", sheet.context(sheet.with_places(sheets).get())


def save(*, sheet: Structure, by) -> None:
    """Save an accepted proposal."""
    save_structure(structure=sheet, by=by)


previews.register(Structure, preview)
proposals.register(
    Structure,
    ["presentation", "address", "postal_code", "phone", "email", "website", "recruiting", "welcomes_interns"],
    save,
)
