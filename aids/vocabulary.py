"""Words of the aids: who, how, which help, how sure. Codes are those of addresses and of the exchange file.

Terms are those in use in French administration and by the profession.
"""

from collections.abc import Iterable, Mapping

from django.db.models import TextChoices

from structures.enums import PracticeMode


class Profile(TextChoices):
    """Who asks. A person may be several at once (installed and trainer)."""

    FIRST_CYCLE = "etudiant-1er-cycle", "étudiant en 1er cycle (PASS, L.AS, DFGSM 2-3)"
    SECOND_CYCLE = "externe", "externe, 2e cycle (DFASM 1-3)"
    INTERN = "interne", "interne (phase socle ou d'approfondissement)"
    JUNIOR_DOCTOR = "docteur-junior", "docteur junior (phase de consolidation)"
    ASSISTANT_DOCTOR = "medecin-adjoint", "médecin adjoint"
    LOCUM_STUDENT = "remplacant-non-these", "remplaçant non thésé (licence de remplacement)"
    LOCUM = "remplacant-these", "remplaçant thésé"
    GRADUATE = "jeune-diplome", "jeune diplômé non installé"
    NEWLY_SETTLED = "primo-installe", "primo-installé (moins d'un an)"
    COLLABORATOR = "collaborateur", "collaborateur libéral"
    SHARED_ASSISTANT = "assistant-partage", "assistant partagé ou chef de clinique territorial"
    SETTLED_HERE = "installe-region", "médecin installé dans la région"
    SETTLED_ELSEWHERE = "installe-ailleurs", "médecin installé dans une autre région"
    SALARIED = "salarie", "praticien hospitalier ou médecin salarié"
    FOREIGN_DEGREE = "padhue", "praticien à diplôme hors Union européenne (PADHUE)"
    EU_DEGREE = "diplome-ue", "médecin diplômé d'un autre pays de l'Union européenne"
    TRAINER = "maitre-de-stage", "maître de stage universitaire (MSU)"
    LEAVING = "cedant", "médecin qui prépare sa succession (départ sous 5 ans)"
    RETIRED = "retraite", "médecin retraité, cumul emploi-retraite"
    PROJECT_OWNER = "porteur-de-projet", "collectivité ou équipe qui porte un projet"


class Mode(TextChoices):
    """How one practises: the five broad modes of structures, and their narrower forms."""

    SELF_EMPLOYED = PracticeMode.SELF_EMPLOYED.value, "libéral"
    SALARIED = PracticeMode.SALARIED.value, "salarié"
    HOSPITAL = PracticeMode.HOSPITAL.value, "salarié hospitalier"
    MIXED = PracticeMode.MIXED.value, "exercice mixte ville-hôpital"
    COORDINATED = PracticeMode.COORDINATED.value, "exercice coordonné"
    SOLO = "liberal-individuel", "libéral individuel"
    GROUP = "cabinet-de-groupe", "cabinet de groupe (SCM, SCP, SELARL)"
    MSP = "msp", "maison de santé (MSP, SISA)"
    ESP = "esp", "équipe de soins primaires (ESP)"
    ESS = "ess", "équipe de soins spécialisés (ESS)"
    CPTS = "cpts", "membre d'une CPTS"
    COLLABORATION = "collaboration", "collaboration libérale"
    LOCUM = "remplacement", "remplacement"
    SECOND_OFFICE = "cabinet-secondaire", "cabinet secondaire"
    ADVANCED = "consultations-avancees", "consultations avancées"
    HEALTH_CENTRE = "centre-de-sante", "salarié d'un centre de santé"
    SHARED_POST = "assistanat-partage", "assistanat partagé"
    CARE_HOME = "coordination-ehpad", "médecin coordonnateur d'Ehpad"
    REGULATION = "regulation", "régulation (SAS, permanence des soins)"
    TELEHEALTH = "telesante", "téléconsultation ou téléexpertise"
    AFTER_RETIREMENT = "cumul-emploi-retraite", "cumul emploi-retraite"
    TEACHING = "enseignement", "enseignement (MSU, département de médecine générale)"


_SELF_EMPLOYED, _COORDINATED = Mode.SELF_EMPLOYED, Mode.COORDINATED
# A narrower mode is always also the broader ones; a locum has no practice of his own, hence is not "libéral" here.
BROADER_MODES: dict[str, frozenset[str]] = {
    Mode.MIXED: frozenset({_SELF_EMPLOYED, Mode.HOSPITAL}),
    Mode.SOLO: frozenset({_SELF_EMPLOYED}),
    Mode.GROUP: frozenset({_SELF_EMPLOYED}),
    Mode.MSP: frozenset({_SELF_EMPLOYED, _COORDINATED}),
    Mode.ESP: frozenset({_SELF_EMPLOYED, _COORDINATED}),
    Mode.ESS: frozenset({_SELF_EMPLOYED, _COORDINATED}),
    Mode.CPTS: frozenset({_COORDINATED}),
    Mode.COLLABORATION: frozenset({_SELF_EMPLOYED}),
    Mode.SECOND_OFFICE: frozenset({_SELF_EMPLOYED}),
    Mode.ADVANCED: frozenset({_SELF_EMPLOYED}),
    Mode.HEALTH_CENTRE: frozenset({Mode.SALARIED, _COORDINATED}),
    Mode.SHARED_POST: frozenset({Mode.HOSPITAL}),
    Mode.CARE_HOME: frozenset({Mode.SALARIED}),
}


class Sector(TextChoices):
    """Sector of the medical convention (convention médicale 2024-2029, arrêté du 20 juin 2024)."""

    ONE = "secteur-1", "secteur 1"
    TWO_OPTAM = "secteur-2-optam", "secteur 2 avec OPTAM"
    TWO_OPTAM_ACO = "secteur-2-optam-aco", "secteur 2 avec OPTAM-ACO"
    TWO = "secteur-2", "secteur 2 sans OPTAM"
    NONE = "non-conventionne", "non conventionné"


class TaxRegime(TextChoices):
    """How a self-employed doctor's profit is declared (CGI art. 93 and following, 102 ter)."""

    REAL = "reel", "régime réel (déclaration contrôlée)"
    MICRO = "micro", "micro-BNC"


class Form(TextChoices):
    """What an aid is, in one word: the filter `forme`."""

    LUMP_SUM = "forfait", "forfait unique"
    REGULAR = "mensualite", "versement régulier"
    PERCENTAGE = "pourcentage", "majoration ou pourcentage"
    EXEMPTION = "exoneration", "exonération"
    LOAN = "pret", "prêt"
    GRANT = "bourse", "bourse avec engagement"
    SALARY = "salaire", "salaire"
    IN_KIND = "en-nature", "aide en nature"
    STATUS = "statut", "statut"


class AmountKind(TextChoices):
    """How one amount is counted; only sums of money received at known dates are ever added up."""

    LUMP_SUM = "forfait", "en une fois"
    MONTHLY = "par-mois", "par mois"
    HALF_YEARLY = "par-semestre", "par semestre"
    YEARLY = "par-an", "par an"
    DAILY = "par-jour", "par jour"
    PERCENTAGE = "pourcentage", "pourcentage"
    EXEMPTION = "exoneration", "exonération"
    LOAN = "pret", "prêt"
    SALARY = "salaire", "salaire"
    COST_SHARE = "prise-en-charge", "prise en charge d'une dépense"
    IN_KIND = "en-nature", "en nature"
    STATUS = "statut", "statut"


PERIOD_MONTHS: dict[str, int] = {AmountKind.MONTHLY: 1, AmountKind.HALF_YEARLY: 6, AmountKind.YEARLY: 12}
SUMMABLE = frozenset({AmountKind.LUMP_SUM, *PERIOD_MONTHS})


class Taxation(TextChoices):
    """Whether an amount is said before or after contributions."""

    GROSS = "brut", "brut"
    NET = "net", "net"
    UNKNOWN = "", "non précisé"


class TimeState(TextChoices):
    """Where an aid stands on a day."""

    OPEN = "ouverte", "ouverte"
    ANNOUNCED = "annoncee", "annoncée"
    CLOSED = "close", "fermée"


class Mark(TextChoices):
    """How sure a fact is. Only a confirmed one is a fact; one to be checked never enters a sum."""

    CONFIRMED = "confirme", "confirmé par une source officielle"
    HALF = "a-demi-confirme", "lu dans la presse ou chez un tiers"
    TO_CHECK = "a-verifier", "à confirmer"

    @property
    def doubt(self) -> str:
        """What stands behind a fact that is not confirmed: ` (à confirmer)`; nothing behind one that is."""
        return "" if self == Mark.CONFIRMED else f" ({self.label})"


# Badges of an aid, as (tone, words): where it stands on a day, and how sure it is.
Badge = tuple[str, str]
TIME_BADGES: dict[TimeState, Badge] = {
    TimeState.OPEN: ("good", "Ouverte"),
    TimeState.ANNOUNCED: ("notice", "Annoncée"),
    TimeState.CLOSED: ("quiet", "Fermée"),
}
# What is confirmed needs no badge.
MARK_BADGES: dict[Mark, list[Badge]] = {
    Mark.CONFIRMED: [],
    Mark.HALF: [("notice", "Source non officielle")],
    Mark.TO_CHECK: [("warm", "À confirmer")],
}


class Need(TextChoices):
    """What the person wants to do."""

    STUDIES = "financer-mes-etudes", "financer mes études"
    HOUSING = "me-loger-en-stage", "me loger pendant un stage"
    PLACEMENT = "faire-un-stage", "faire un stage"
    LOCUM = "remplacer", "remplacer"
    SETTLE = "m-installer", "m'installer"
    HIRE = "embaucher", "embaucher"
    TEAM = "travailler-a-plusieurs", "travailler à plusieurs"
    TAX = "payer-moins-d-impot", "payer moins d'impôt"
    HAND_OVER = "transmettre", "transmettre mon cabinet"
    CARRY_ON = "prolonger", "prolonger après la retraite"
    FAMILY = "concilier-vie-familiale", "concilier avec la vie de famille"


class ExitKind(TextChoices):
    """What leaving before the end of a commitment costs."""

    NONE = "aucun", "aucun engagement de durée"
    REFUND = "remboursement", "remboursement des sommes reçues"
    PRORATA = "prorata", "remboursement au prorata du temps restant"
    UNKNOWN = "", "non renseigné"


class ConditionRole(TextChoices):
    """Where a condition stands: in one case, in every case, or as a reason to be left out."""

    CASE = "cas", "condition du cas"
    COMMON = "commune", "condition de tous les cas"
    EXCLUSION = "exclusion", "exclusion"


class Specialty(TextChoices):
    """A DES; "autre-specialite" stands for any of them but general practice."""

    GENERAL_PRACTICE = "medecine-generale", "médecine générale"
    OTHER = "autre-specialite", "autre spécialité"
    MAXILLOFACIAL_SURGERY = "chirurgie-maxillo-faciale", "chirurgie maxillo-faciale"
    ORAL_SURGERY = "chirurgie-orale", "chirurgie orale"
    ORTHOPAEDIC_SURGERY = "chirurgie-orthopedique", "chirurgie orthopédique et traumatologique"
    PAEDIATRIC_SURGERY = "chirurgie-pediatrique", "chirurgie pédiatrique"
    PLASTIC_SURGERY = "chirurgie-plastique", "chirurgie plastique, reconstructrice et esthétique"
    THORACIC_SURGERY = "chirurgie-thoracique", "chirurgie thoracique et cardiovasculaire"
    VASCULAR_SURGERY = "chirurgie-vasculaire", "chirurgie vasculaire"
    DIGESTIVE_SURGERY = "chirurgie-digestive", "chirurgie viscérale et digestive"
    OBSTETRICS = "gynecologie-obstetrique", "gynécologie obstétrique"
    NEUROSURGERY = "neurochirurgie", "neurochirurgie"
    OPHTHALMOLOGY = "ophtalmologie", "ophtalmologie"
    ENT = "orl", "ORL, chirurgie cervico-faciale"
    UROLOGY = "urologie", "urologie"
    ALLERGOLOGY = "allergologie", "allergologie"
    PATHOLOGY = "anatomopathologie", "anatomie et cytologie pathologiques"
    ANAESTHESIA = "anesthesie-reanimation", "anesthésie-réanimation"
    DERMATOLOGY = "dermatologie", "dermatologie et vénéréologie"
    ENDOCRINOLOGY = "endocrinologie", "endocrinologie, diabétologie, nutrition"
    GENETICS = "genetique", "génétique médicale"
    GERIATRICS = "geriatrie", "gériatrie"
    MEDICAL_GYNAECOLOGY = "gynecologie-medicale", "gynécologie médicale"
    HAEMATOLOGY = "hematologie", "hématologie"
    GASTROENTEROLOGY = "gastroenterologie", "hépato-gastro-entérologie"
    INFECTIOUS_DISEASES = "infectiologie", "maladies infectieuses et tropicales"
    CARDIOLOGY = "cardiologie", "médecine cardiovasculaire"
    EMERGENCY = "urgences", "médecine d'urgence"
    OCCUPATIONAL = "sante-au-travail", "médecine et santé au travail"
    INTENSIVE_CARE = "reanimation", "médecine intensive-réanimation"
    INTERNAL = "medecine-interne", "médecine interne et immunologie clinique"
    FORENSIC = "medecine-legale", "médecine légale et expertises médicales"
    NUCLEAR = "medecine-nucleaire", "médecine nucléaire"
    REHABILITATION = "medecine-physique", "médecine physique et de réadaptation"
    VASCULAR = "medecine-vasculaire", "médecine vasculaire"
    NEPHROLOGY = "nephrologie", "néphrologie"
    NEUROLOGY = "neurologie", "neurologie"
    ONCOLOGY = "oncologie", "oncologie"
    PAEDIATRICS = "pediatrie", "pédiatrie"
    PNEUMOLOGY = "pneumologie", "pneumologie"
    PSYCHIATRY = "psychiatrie", "psychiatrie"
    RADIOLOGY = "radiologie", "radiologie et imagerie médicale"
    RHEUMATOLOGY = "rhumatologie", "rhumatologie"
    PUBLIC_HEALTH = "sante-publique", "santé publique"
    BIOLOGY = "biologie-medicale", "biologie médicale"


SHORT_CUTS = (Specialty.GENERAL_PRACTICE, Specialty.OTHER)
# The order of a list to choose from: the short cuts, then the alphabet.
LISTED = tuple(
    specialty.value for specialty in (*SHORT_CUTS, *sorted(set(Specialty) - set(SHORT_CUTS), key=lambda s: s.label))
)
BROADER_SPECIALTIES: dict[str, frozenset[str]] = {
    specialty: frozenset({Specialty.OTHER.value}) for specialty in Specialty if specialty not in SHORT_CUTS
}


class Terms:
    """The words of a vocabulary by code, in its order. `broader`: what a narrower term always also is."""

    def __init__(self, words: Iterable[tuple[str, str]], broader: Mapping[str, frozenset[str]] | None = None):
        self.words = {str(code): word for code, word in words}
        above = {str(code): frozenset(map(str, terms)) for code, terms in (broader or {}).items()}
        self._surely = {code: frozenset({code}) | above.get(code, frozenset()) for code in self.words}
        self._possibly = {code: self._made_precise(code) for code in self.words}

    def surely(self, answer: str) -> frozenset[str]:
        """Every term that an answer surely is: itself and its broader terms ("msp" is also "liberal")."""
        return self._surely.get(answer) or frozenset({str(answer)})

    def possibly(self, answer: str) -> frozenset[str]:
        """Every term that an answer may be, once made precise ("autre-specialite" may be "psychiatrie")."""
        return self._possibly.get(answer) or frozenset({str(answer)})

    def _made_precise(self, code: str) -> frozenset[str]:
        narrower = [terms for terms in self._surely.values() if code in terms]
        return self._surely[code].union(*narrower)
