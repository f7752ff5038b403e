"""Answers that cannot all be true. Pure."""

from collections.abc import Mapping, Sequence

from aids.conditions.kinds import ConditionKind as Kind
from aids.vocabulary import Mode, Profile, Sector

STUDENTS = frozenset(
    {Profile.FIRST_CYCLE, Profile.SECOND_CYCLE, Profile.INTERN, Profile.JUNIOR_DOCTOR, Profile.LOCUM_STUDENT}
)
# Those whose day of installation is behind them, whatever the day of their new project.
SETTLED = frozenset({Profile.SETTLED_HERE, Profile.LEAVING, Profile.RETIRED, Profile.TRAINER})


def contradictions(values: Mapping[str, Sequence[str]]) -> list[str]:
    """Answers that cannot all be true. They are shown, and the result is still given as they stand."""
    profiles, first = set(values.get(Kind.PROFILE, ())), values.get(Kind.FIRST_INSTALLATION, [""])[0]
    modes, sector = set(values.get(Kind.MODE, ())), values.get(Kind.SECTOR, [""])[0]
    found = []
    if first == "oui" and profiles & {Profile.SETTLED_HERE, Profile.SETTLED_ELSEWHERE}:
        found.append(
            "Vous êtes déjà installé et vous parlez d'une première installation\u00a0: l'une des deux est fausse."
        )
    if len(profiles & STUDENTS) and profiles & {Profile.SETTLED_HERE, Profile.SETTLED_ELSEWHERE, Profile.RETIRED}:
        found.append("Vous vous dites à la fois en études et déjà installé ou retraité.")
    if profiles & STUDENTS and Mode.AFTER_RETIREMENT in modes:
        found.append("Le cumul emploi-retraite demande une retraite déjà prise\u00a0; vous vous dites en études.")
    if sector and sector != Sector.NONE and modes and modes <= {Mode.SALARIED, Mode.HOSPITAL, Mode.HEALTH_CENTRE}:
        found.append("Le secteur conventionnel ne concerne que l'exercice libéral\u00a0; votre exercice est salarié.")
    if values.get("commune") and values.get("departement"):
        found.append("Vous donnez une commune et un département\u00a0: la commune seule est retenue.")
    return found
