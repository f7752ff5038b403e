"""Words of the contacts: kinds of bodies, subjects, and which kind to call first for what.

FIRST_FOR_SUBJECT and FIRST_FOR_PROFILE are the rule of the sentence "Pour commencer": for each subject, else for each
profile, kinds of bodies in order. They follow what each kind does by law or by its own account, as its sheet says it:
the CPAM pays the aids of the Assurance maladie, the Order registers doctors and licenses locums, agencies and
delegations of the ARS meet those who look for a place. The page tells the rule in French.
"""

from collections.abc import Sequence

from django.db.models import TextChoices

from aids.vocabulary import Profile


class BodyKind(TextChoices):
    """Kinds of bodies; codes are those of the content file."""

    ARS = "ars", "agence régionale de santé (ARS)"
    CPAM = "cpam", "assurance maladie (CPAM)"
    DEPARTMENT = "departement", "département"
    AGENCY = "agence", "agence d'attractivité"
    REGION = "region", "région"
    URPS = "urps", "union régionale des professionnels de santé (URPS)"
    ORDER = "ordre", "Ordre des médecins"
    FACULTY = "faculte", "faculté de médecine"
    GIP = "gip", "employeur public de médecins (GIP)"
    DAC = "dac", "dispositif d'appui à la coordination (DAC)"
    GHT = "ght", "hôpital et groupement hospitalier"
    OTHER = "autre", "autre organisme"


class Subject(TextChoices):
    """What one calls about; codes are those of addresses and of the content file."""

    SETTLE = "installation", "m'installer"
    AIDS = "aides", "les aides"
    LOCUM = "remplacement", "remplacer"
    PLACEMENT = "stage", "un stage"
    SALARIED = "salariat", "un poste salarié"
    COORDINATION = "coordination", "travailler en équipe"
    FAMILY = "logement-famille", "le logement et la famille"
    FOREIGN_DEGREE = "diplome-etranger", "un diplôme étranger"
    HAND_OVER = "cession", "transmettre mon cabinet"
    TAX = "fiscalite", "les impôts et les cotisations"


_K = BodyKind
FIRST: Sequence[BodyKind] = (_K.AGENCY, _K.ARS, _K.DEPARTMENT, _K.CPAM, _K.ORDER)
FIRST_FOR_SUBJECT: dict[str, Sequence[BodyKind]] = {
    Subject.SETTLE: (_K.AGENCY, _K.ARS, _K.DEPARTMENT, _K.CPAM, _K.ORDER),
    Subject.AIDS: (_K.CPAM, _K.ARS, _K.DEPARTMENT),
    Subject.LOCUM: (_K.ORDER, _K.CPAM, _K.URPS),
    Subject.PLACEMENT: (_K.FACULTY, _K.DEPARTMENT, _K.GHT),
    Subject.SALARIED: (_K.GHT, _K.GIP, _K.REGION),
    Subject.COORDINATION: (_K.ARS, _K.URPS, _K.DAC),
    Subject.FAMILY: (_K.AGENCY, _K.DEPARTMENT, _K.REGION),
    Subject.FOREIGN_DEGREE: (_K.ORDER, _K.OTHER),
    Subject.HAND_OVER: (_K.ORDER, _K.URPS, _K.OTHER),
    Subject.TAX: (_K.OTHER,),
}
_STUDIES = (_K.FACULTY, _K.DEPARTMENT, _K.AGENCY)
_ORDER = (_K.ORDER, _K.URPS, _K.CPAM)
FIRST_FOR_PROFILE: dict[str, Sequence[BodyKind]] = {
    **dict.fromkeys((Profile.FIRST_CYCLE, Profile.SECOND_CYCLE, Profile.INTERN, Profile.JUNIOR_DOCTOR), _STUDIES),
    **dict.fromkeys((Profile.ASSISTANT_DOCTOR, Profile.LOCUM_STUDENT, Profile.LOCUM), _ORDER),
    **dict.fromkeys((Profile.FOREIGN_DEGREE, Profile.EU_DEGREE), (_K.ORDER, _K.OTHER)),
    **dict.fromkeys((Profile.LEAVING, Profile.RETIRED), _ORDER),
    **dict.fromkeys((Profile.SALARIED, Profile.SHARED_ASSISTANT), (_K.GHT, _K.GIP)),
    Profile.PROJECT_OWNER: (_K.ARS, _K.URPS, _K.REGION),
}
