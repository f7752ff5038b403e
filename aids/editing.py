"""What the shared pages of the editors know of aids: their preview, and what anybody may propose."""

from aids import aid_page
from aids.actions import save_aid, save_funder
from aids.admin.trials import GoldenCheck
from aids.models import Aid, Funder
from aids.upkeep import blocks
from guide.backoffice import previews, proposals, writing
from guide.backoffice.upkeep import board, invitations
from guide.core.french import UNKNOWN, long_date


def preview(sheets) -> tuple[str, dict]:
    """The public page, from a query set of one aid in any state."""
    return "aids/detail.html", aid_page.context(sheets)


def facts(sheet: Aid) -> list[tuple[str, str]]:
    """What the funder reads of its aid before it confirms; amounts and rules are corrected in words."""
    contacts = [
        ", ".join(filter(None, (one.name, one.role, one.phone, one.email, one.url))) for one in sheet.contacts.all()
    ]
    return [
        ("Financeur", sheet.funder.name),
        ("Forme", sheet.get_form_display()),
        ("Premier jour", long_date(sheet.opens_on) if sheet.opens_on else UNKNOWN),
        ("Dernier jour", long_date(sheet.closes_on) if sheet.closes_on else UNKNOWN),
        *(("Qui appeler", contact) for contact in contacts or [UNKNOWN]),
    ]


def email(sheet: Aid) -> str:
    """The address of the first contact that has one."""
    return next((one.email for one in sheet.contacts.all() if one.email), "")


writing.register_save(Aid, save_aid)
writing.register_save(Funder, save_funder)
writing.register_check(Aid, GoldenCheck)
previews.register(Aid, preview)
proposals.register(Aid, ["summary", "description", "audience", "legal_reference", "dates_note", "commitment_text"])
invitations.register(Aid, invitations.Invitable(facts=facts, email=email))
board.register(blocks, position=40)
