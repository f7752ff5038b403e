"""Badges of an aid, as (tone, words): where it stands on a day, and how sure it is."""

from aids.vocabulary import Mark, TimeState

Badge = tuple[str, str]
TIME_BADGES: dict[TimeState, Badge] = {
    TimeState.OPEN: ("good", "Ouverte"),
    TimeState.ANNOUNCED: ("notice", "Annoncée"),
    TimeState.CLOSED: ("quiet", "Close"),
}
# What is confirmed needs no badge.
MARK_BADGES: dict[Mark, list[Badge]] = {
    Mark.CONFIRMED: [],
    Mark.HALF: [("notice", "À demi confirmée")],
    Mark.TO_CHECK: [("warm", "À confirmer")],
}
