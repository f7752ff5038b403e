"""The life cycle of a sheet as a plain table: from which state to which, and who may."""

from dataclasses import dataclass

from guide.backoffice.access import EDITORS, Role
from guide.core.enums import Status

STEP = "_transition"  # name of the buttons that save a form and take a step
_EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Transition:
    """One step, taken by `guide.backoffice.actions.move`. After `roles` comes what editors read (`done`: of one
    sheet, of several)."""

    name: str
    sources: frozenset[Status]
    target: Status
    roles: frozenset[Role]
    button: str
    action: str
    done: tuple[str, str]


TRANSITIONS = {
    step.name: step
    for step in (
        Transition(
            "submit_for_review",
            frozenset({Status.DRAFT}),
            Status.IN_REVIEW,
            _EVERYBODY,
            "Enregistrer et faire relire",
            "Envoyer en relecture",
            ("envoyée en relecture", "envoyées en relecture"),
        ),
        Transition(
            "publish",
            frozenset({Status.DRAFT, Status.IN_REVIEW}),
            Status.PUBLISHED,
            EDITORS,
            "Enregistrer et publier",
            "Publier les fiches choisies",
            ("publiée", "publiées"),
        ),
        Transition(
            "send_back",
            frozenset({Status.IN_REVIEW}),
            Status.DRAFT,
            EDITORS,
            "Renvoyer en brouillon",
            "Renvoyer en brouillon (relecture à reprendre)",
            ("renvoyée en brouillon", "renvoyées en brouillon"),
        ),
        Transition(
            "archive",
            frozenset({Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED}),
            Status.ARCHIVED,
            EDITORS,
            "Archiver (quitte le site)",
            "Archiver les fiches choisies (elles quittent le site)",
            ("archivée", "archivées"),
        ),
        Transition(
            "restore_to_draft",
            frozenset({Status.PUBLISHED, Status.ARCHIVED}),
            Status.DRAFT,
            EDITORS,
            "Remettre en brouillon",
            "Remettre en brouillon (elles quittent le site)",
            ("remise en brouillon", "remises en brouillon"),
        ),
    )
}


def steps_from(status: str, role: Role | None) -> list[Transition]:
    """The steps that `role` may take from `status`, in the order of the buttons."""
    return [step for step in TRANSITIONS.values() if status in step.sources and role in step.roles]


def steps_of(role: Role | None) -> list[Transition]:
    """The steps that `role` may take from some state."""
    return [step for step in TRANSITIONS.values() if role in step.roles]
