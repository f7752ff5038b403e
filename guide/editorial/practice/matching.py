"""Which ways to practise answer to a person, and why. Pure: no database, no clock.

Each answer weighs for or against an option, from -2 to 2; the weights of the answers given are added up. An
option is proposed when more speaks for it than against it.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

MAX_PROPOSALS = 3


class Fit(NamedTuple):
    """What one answer says of an option: its weight (-2 to 2, without a unit) and the reason in French."""

    answer: str
    weight: int
    reason: str


class Candidate(NamedTuple):
    """An option as the questionnaire reads it; `position` settles ties, then `slug`, which is unique."""

    slug: str
    position: int
    fits: tuple[Fit, ...]


class Proposal(NamedTuple):
    """An option proposed: what speaks for it and against it, the heaviest first, only from answers given."""

    slug: str
    score: int
    reasons: tuple[Fit, ...]
    against: tuple[Fit, ...]


def propose(answers: Collection[str], options: Iterable[Candidate]) -> list[Proposal]:
    """The options that answer best, three at most, the best first; none without an answer."""
    found = [
        (proposal, option.position)
        for option in options
        if (proposal := _weigh(option, answers)).score > 0 and proposal.reasons
    ]
    found.sort(key=lambda pair: (-pair[0].score, len(pair[0].against), pair[1], pair[0].slug))
    return [proposal for proposal, _ in found[:MAX_PROPOSALS]]


def _weigh(option: Candidate, answers: Collection[str]) -> Proposal:
    matched = sorted((fit for fit in option.fits if fit.answer in answers), key=lambda fit: (-abs(fit.weight), fit))
    return Proposal(
        option.slug,
        sum(fit.weight for fit in matched),
        tuple(fit for fit in matched if fit.weight > 0),
        tuple(fit for fit in matched if fit.weight < 0),
    )
