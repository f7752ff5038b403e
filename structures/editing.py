"""What the shared pages of the editors know of structures: their preview, and what anybody may propose."""

from guide.backoffice import previews, proposals, writing
from guide.backoffice.upkeep import board, invitations
from guide.core.french import UNKNOWN
from structures import sheet
from structures.actions import save_structure
from structures.models import Structure
from structures.upkeep import blocks


def preview(sheets) -> tuple[str, dict]:
    """The public sheet, from a query set of one structure in any state."""
    return "structures/sheet.html", sheet.context(sheet.with_places(sheets).get())


def facts(sheet: Structure) -> list[tuple[str, str]]:
    """What the structure reads of itself before it confirms: what an invitation does not let it correct."""
    return [
        ("Type", sheet.get_kind_display()),
        ("Commune", sheet.commune.name),
        ("Numéro FINESS", sheet.finess or UNKNOWN),
        ("SIRET", sheet.siret or UNKNOWN),
    ]


writing.register_save(Structure, save_structure)
previews.register(Structure, preview)
proposals.register(
    Structure,
    ["presentation", "address", "postal_code", "phone", "email", "website", "recruiting", "welcomes_interns"],
)
invitations.register(Structure, facts=facts, email=lambda sheet: sheet.email)
board.register(blocks, position=60)
