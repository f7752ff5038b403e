"""Every kind of condition, declared once. What else knows of kinds derives from here.

Engine, reasons, near misses, sentences of the editors, exchange file, golden cases, constraints of the table, admin,
bench and simulator read `kind.declaration`. A new kind is one member here and its field in aids/situations.py.
"""

from django.db.models import TextChoices

from aids.conditions.declaration import Declaration, Turn
from aids.conditions.families import Day, MonthsSince, Number, Point, Words, YesNo
from aids.conditions.where import Located, Zoned
from aids.specialties import BROADER_SPECIALTIES, LISTED, Specialty
from aids.terms import Terms
from aids.vocabulary import BROADER_MODES, Mode, Profile, Sector, TaxRegime
from structures.enums import SHORT_LABELS


class ConditionKind(TextChoices):
    """What a condition is about: its code (of addresses and of the exchange file), its declaration, its name.

    The order is the one in which missing answers are named.
    """

    PROFILE = (
        "profil",
        Words(
            field="profiles",
            several=True,
            terms=Terms(Profile.choices),
            lead="être",
            short_lead="",
            question="Qui êtes-vous\u00a0?",
            turn=Turn.WHO,
            golden="profils",
            missing="votre profil",
            of_person=True,
        ),
        "profil",
    )
    SPECIALTY = (
        "specialite",
        Words(
            field="specialty",
            terms=Terms(Specialty.choices, BROADER_SPECIALTIES),
            listed=LISTED,
            lead="avoir pour spécialité\u00a0:",
            short_lead="spécialité\u00a0: ",
            question="Quelle spécialité\u00a0?",
            turn=Turn.WHO,
            golden="specialite",
            missing="votre spécialité",
            of_person=True,
        ),
        "spécialité",
    )
    MODE = (
        "mode",
        Words(
            field="modes",
            several=True,
            terms=Terms(Mode.choices, BROADER_MODES),
            lead="exercer en\u00a0:",
            short_lead="exercice\u00a0: ",
            question="Comment voulez-vous exercer\u00a0?",
            turn=Turn.WHO,
            golden="modes",
            missing="votre mode d'exercice",
        ),
        "mode d'exercice",
    )
    SECTOR = (
        "secteur",
        Words(
            field="sector",
            terms=Terms(Sector.choices),
            lead="être conventionné en",
            short_lead="en ",
            question="Dans quel secteur conventionnel\u00a0?",
            hint="Le secteur fixe vos tarifs\u00a0; l'OPTAM est une option du secteur 2.",
            turn=Turn.WHO,
            golden="secteur",
            missing="votre secteur conventionnel",
        ),
        "secteur conventionnel",
    )
    ZONING = (
        "zonage",
        Zoned(
            field="place",
            terms=Terms([("HZ", "hors zonage"), ("ZR", "zone rouge")]),
            lead="exercer dans une commune classée",
            short_lead="en ",
        ),
        "zonage de la commune",
    )
    TERRITORY = (
        "territoire",
        Located(
            field="place",
            lead="exercer dans\u00a0:",
            short_lead="lieu\u00a0: ",
            missing="le lieu d'exercice",
        ),
        "lieu d'exercice",
    )
    STRUCTURE = (
        "structure",
        Words(
            field="structures",
            several=True,
            terms=Terms(SHORT_LABELS.items()),
            lead="exercer dans\u00a0:",
            short_lead="structure\u00a0: ",
            question="Dans quel type de structure\u00a0?",
            golden="structures",
        ),
        "type de structure",
    )
    FIRST_INSTALLATION = (
        "premiere-installation",
        YesNo(
            field="first_installation",
            asks=("vous installer pour la première fois en libéral", "avoir déjà exercé en libéral"),
            chips=("première installation en libéral", "pas une première installation"),
            question="Est-ce votre première installation en libéral\u00a0?",
            turn=Turn.THEN,
            golden="premiere",
            missing="si c'est votre première installation en libéral",
        ),
        "première installation en libéral",
    )
    INSTALLATION_AGE = (
        "anciennete",
        MonthsSince(
            field="installed_on",
            lead="être installé depuis",
            unit="mois",
            noun="installation",
            missing="la date de votre installation",
        ),
        "mois depuis l'installation",
    )
    INSTALLATION_DATE = (
        "date-installation",
        Day(
            field="installed_on",
            lead="vous installer",
            noun="installation",
            question="À quelle date vous installez-vous, ou vous êtes-vous installé\u00a0?",
            golden="installe_le",
            missing="la date de votre installation",
        ),
        "date d'installation",
    )
    HALF_DAYS = (
        "demi-journees",
        Number(
            field="half_days",
            lead="exercer",
            unit="demi-journées par semaine",
            unit_asked="demi-journées",
            question="Combien de demi-journées par semaine\u00a0?",
            high=14,
            golden="demi_journees",
            most=14,
        ),
        "demi-journées par semaine",
    )
    COORDINATED = (
        "exercice-coordonne",
        YesNo(
            field="coordinated",
            asks=("exercer de façon coordonnée", "ne pas exercer de façon coordonnée"),
            chips=("exercice coordonné", "exercice non coordonné"),
            question="Exercerez-vous de façon coordonnée (MSP, ESP, CPTS)\u00a0?",
            golden="coordonne",
            missing="si vous exercez de façon coordonnée",
        ),
        "exercice coordonné",
    )
    DUTY = (
        "permanence-des-soins",
        YesNo(
            field="duty",
            asks=("participer à la permanence des soins", "ne pas participer à la permanence des soins"),
            chips=("permanence des soins", "sans permanence des soins"),
            question="Participerez-vous à la permanence des soins (gardes)\u00a0?",
            golden="gardes",
            missing="si vous participez à la permanence des soins",
        ),
        "permanence des soins (PDSA)",
    )
    EMPLOYEES = (
        "effectif",
        Number(
            field="employees",
            lead="employer",
            unit="salariés",
            question="Combien de salariés emploierez-vous\u00a0?",
            high=500,
            golden="salaries",
            most=1200,
        ),
        "nombre de salariés",
    )
    TAX_REGIME = (
        "regime-fiscal",
        Words(
            field="tax_regime",
            terms=Terms(TaxRegime.choices),
            lead="être imposé au",
            short_lead="régime\u00a0: ",
            question="Sous quel régime fiscal\u00a0?",
            golden="regime_fiscal",
        ),
        "régime fiscal",
    )
    SAME_CATEGORY = (
        "meme-categorie",
        YesNo(
            field="same_category",
            asks=(
                "avoir reçu une aide de même catégorie depuis moins de dix ans",
                "ne pas avoir reçu d'aide de même catégorie depuis moins de dix ans",
            ),
            chips=("une aide du même type depuis moins de dix ans", "aucune aide du même type depuis dix ans"),
            question="Avez-vous déjà reçu une aide du même type depuis moins de dix ans\u00a0?",
            hint="Une aide à l'installation déjà perçue fait attendre dix ans avant une autre.",
            turn=Turn.THEN,
            golden="meme_categorie",
            missing="si vous avez reçu une aide du même type depuis moins de dix ans",
        ),
        "aide de même catégorie depuis moins de dix ans",
    )
    AGE = (
        "age",
        Number(
            field="age",
            lead="avoir",
            unit="ans",
            question="Quel est votre âge\u00a0?",
            low=18,
            high=99,
            golden="age",
            most=120,
            missing="votre âge",
            of_person=True,
        ),
        "âge",
    )
    FREE = ("a-verifier", Point(field="checked"), "à vérifier avec un conseiller")

    declaration: Declaration

    def __new__(cls, code: str, declaration: Declaration):
        """A member is its code; the name is taken off by TextChoices."""
        kind = str.__new__(cls, code)
        kind._value_, kind.declaration = code, declaration
        return kind


def of_family(family: type[Declaration]) -> frozenset[ConditionKind]:
    """The kinds of one family."""
    return frozenset(kind for kind in ConditionKind if isinstance(kind.declaration, family))


def reading(field: str) -> frozenset[ConditionKind]:
    """The kinds that read one answer of the situation."""
    return frozenset(kind for kind in ConditionKind if kind.declaration.field == field)


PLACE_KINDS = reading("place")
