"""Words of the editorial content, codes as content files and addresses write them: sections, news, testimonials and
what their author agrees to, ways to practise and the questions that lead to them."""

from typing import NamedTuple

from django.db import models

from aids.vocabulary import Mode
from guide.territories.enums import Headed


class Section(models.TextChoices):
    """Where a page stands."""

    REGION = "region", "la région"
    DEPARTMENT = "departement", "les départements"
    GUIDE = "guide", "guides pratiques"
    SITE = "site", "le site"


# The page that lists the others of its section, when it exists.
HUBS = {Section.REGION: "la-region", Section.DEPARTMENT: "les-departements", Section.GUIDE: "guides"}


class NewsKind(models.TextChoices):
    """What a news item is: what happens here, or what is tried elsewhere."""

    NEWS = "actualite", "actualité"
    INITIATIVE = "initiative", "initiative"


class Stage(models.TextChoices):
    """Where the author stands in a doctor's life, when the text is told."""

    STUDENT = "etudiant", "étudiant en médecine"
    INTERN = "interne", "interne"
    LOCUM = "remplacant", "remplaçant"
    SETTLING = "installation", "en cours d'installation"
    SETTLED = "installe", "installé"
    END_OF_CAREER = "fin-de-carriere", "en fin de carrière"


class Origin(models.TextChoices):
    """Where a testimonial comes from: it decides what must be there before it is published."""

    REPORTED = "rapporte", "rapporté d'un document public"
    OFFERED = "offert", "offert par son auteur"


# The version changes with any word of the text: each testimonial keeps both, as its author read them.
CONSENT_VERSION = "2026-11"
CONSENT_TEXT = (
    "J'accepte que ce site publie mon témoignage avec le nom et les précisions que j'ai donnés ci-dessus. "
    "Je peux le retirer à tout moment, sans dire pourquoi, par le lien que le site me remet. "
    "Mon adresse électronique n'est jamais publiée."
)


class Family(Headed):
    """Where the list of options shows an option."""

    SELF_EMPLOYED = "liberal", "En libéral", "en libéral"
    COORDINATED = "coordonne", "En équipe coordonnée", "en équipe coordonnée"
    SALARIED = "salarie", "En salariat", "en salariat"
    MIXED = "mixte", "En exercice mixte", "en exercice mixte"
    TRANSITION = "transition", "Pour essayer, enseigner ou transmettre", "pour essayer ou transmettre"

    @property
    def lead(self) -> str:
        return FAMILY_LEADS[self]


FAMILY_LEADS: dict[Family, str] = {
    Family.SELF_EMPLOYED: "Vous êtes votre propre employeur. Vous choisissez le lieu, les horaires et les associés.",
    Family.COORDINATED: "Plusieurs professions suivent les mêmes patients et se partagent le travail par écrit.",
    Family.SALARIED: "Un employeur vous paie un salaire et s'occupe des locaux et de la gestion.",
    Family.MIXED: "Vous partagez votre semaine entre deux statuts ou deux lieux.",
    Family.TRANSITION: "Un temps limité ou une part de la semaine, à côté d'un autre exercice ou avant lui.",
}
# What one calls about on the page of an option: codes of the subjects of contacts (tests keep both in agreement).
SUBJECTS: dict[Family, str] = {Family.COORDINATED: "coordination", Family.SALARIED: "salariat"}
LOCUM_SUBJECT, OTHER_SUBJECT = "remplacement", "installation"


def subject_of(family: str, mode: str) -> str:
    """The subject of the contacts that an option leads to, from its family and its mode in the simulator."""
    return LOCUM_SUBJECT if mode == Mode.LOCUM else SUBJECTS.get(Family(family), OTHER_SUBJECT)


class Criterion(models.TextChoices):
    """A line of the comparison, in the order of the table."""

    STATUS = "statut", "statut"
    INCOME = "revenu", "revenu"
    HOURS = "horaires", "horaires"
    AUTONOMY = "autonomie", "autonomie"
    TEAM = "equipe", "équipe"
    MANAGEMENT = "gestion", "gestion"
    PROTECTION = "protection", "protection sociale"
    DELAY = "delai", "délai pour commencer"
    FLEXIBILITY = "souplesse", "souplesse"


class Answer(models.TextChoices):
    """An answer of the questionnaire: the code of its question, a hyphen, its value in the address."""

    SELF_EMPLOYED = "statut-liberal", "en libéral"
    SALARIED = "statut-salarie", "en salariat"
    ANY_STATUS = "statut-indifferent", "peu importe"
    ALONE = "equipe-seul", "seul"
    SMALL_TEAM = "equipe-petite", "dans une petite équipe"
    LARGE_TEAM = "equipe-grande", "dans une grande équipe"
    MANAGES = "gestion-oui", "oui, je veux décider moi-même"
    DOES_NOT_MANAGE = "gestion-non", "non, je préfère m'en décharger"
    FIXED_HOURS = "horaires-fixes", "des horaires fixes"
    FLEXIBLE_HOURS = "horaires-souples", "des horaires que je choisis"
    TRIES = "engagement-essayer", "essayer d'abord"
    SETTLES = "engagement-durable", "m'engager pour longtemps"
    TOWN = "lieu-ville", "en cabinet ou en centre"
    HOSPITAL = "lieu-hopital", "à l'hôpital"
    HOME = "lieu-domicile", "au domicile des patients"
    SEVERAL_PLACES = "lieu-plusieurs", "dans plusieurs lieux"
    TEACHES = "transmettre-oui", "oui"
    DOES_NOT_TEACH = "transmettre-non", "non"


def question_of(answer: str) -> str:
    """The parameter of the question that an answer belongs to."""
    return answer.partition("-")[0]


class Question(NamedTuple):
    """One question of the form. `name` is its parameter; `subject` says it in one or two words, so that an answer can
    be read without it."""

    name: str
    subject: str
    label: str
    hint: str = ""

    @property
    def choices(self) -> tuple[tuple[str, Answer], ...]:
        return tuple((answer.partition("-")[2], answer) for answer in Answer if question_of(answer) == self.name)


QUESTIONS = (
    Question("statut", "Statut", "Sous quel statut\u00a0?"),
    Question("equipe", "Équipe", "Avec qui travailler chaque jour\u00a0?"),
    Question(
        "gestion",
        "Gestion",
        "Voulez-vous vous occuper de la gestion\u00a0?",
        "Les locaux, les comptes, les salariés, le matériel.",
    ),
    Question("horaires", "Horaires", "Quels horaires préférez-vous\u00a0?"),
    Question("engagement", "Durée", "Pour combien de temps\u00a0?"),
    Question("lieu", "Lieu", "Où voyez-vous vos patients\u00a0?"),
    Question(
        "transmettre",
        "Enseignement ou recherche",
        "Voulez-vous enseigner ou faire de la recherche\u00a0?",
        "Accueillir des internes, donner des cours, mener une étude.",
    ),
)
