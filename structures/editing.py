"""What the shared pages of the editors know of structures: their preview, what anybody may propose, and what the
dashboard says of them (without a position, entered twice)."""

from collections.abc import Iterator

from django.contrib.admin import AdminSite
from django.db.models import F

from guide.backoffice import previews, proposals, writing
from guide.backoffice.upkeep import board, invitations
from guide.core.enums import Status
from guide.core.french import UNKNOWN
from structures import sheet
from structures.actions import save_structure
from structures.models import DuplicatePair, Structure


def blocks(site: AdminSite, user) -> Iterator[board.Block]:
    """The two blocks, for who may read structures."""
    if board.may_read(user, Structure):
        yield _without_position(site, user)
    if board.may_read(user, DuplicatePair):
        yield _duplicates(site, user)


def _without_position(site: AdminSite, user) -> board.Block:
    rows = board.within(site, user, Structure).filter(status=Status.PUBLISHED, latitude=None)
    rows = rows.annotate(other=board.others_last(user)).order_by("other", "pk")
    found = list(rows.values_list("pk", "name", "commune__name", "other")[: board.ROWS])
    count, mine = board.tally(rows, user)
    return board.Block(
        "unplaced",
        "Structures sans position",
        "La carte ne peut pas les montrer. Placez-les à leur adresse.",
        "Chaque structure publiée a sa place sur la carte.",
        count,
        tuple(
            board.Row(name, place, board.page_of(Structure, pk), mine=not other) for pk, name, place, other in found
        ),
        (
            board.More(
                "Voir ces structures", board.list_of(Structure, status__exact=Status.PUBLISHED, latitude__isempty="1")
            ),
        ),
        mine=mine,
    )


def _duplicates(site: AdminSite, user) -> board.Block:
    rows = board.within(site, user, DuplicatePair).filter(dismissed_at=None)
    columns = ("pk", "first__name", "second__name", "reason")
    found = list(rows.order_by(F("first__name"), "pk").values_list(*columns)[: board.ROWS])
    return board.Block(
        "duplicates",
        "Doublons possibles",
        "Deux fiches qui pourraient n'en faire qu'une. Corrigez, archivez, ou dites que ce n'en est pas un.",
        "Aucun doublon n'est soupçonné.",
        board.total(rows, found),
        # To the list and not to the page of the pair: the action that dismisses it is there.
        tuple(
            board.Row(f"{first} / {second}", why, board.list_of(DuplicatePair, id__exact=str(pk)))
            for pk, first, second, why in found
        ),
        (board.More("Voir les paires", board.list_of(DuplicatePair)),),
    )


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
invitations.register(Structure, invitations.Invitable(facts=facts, email=lambda sheet: sheet.email))
board.register(blocks, position=60)
