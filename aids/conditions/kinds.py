"""Every kind of condition, declared once. What else knows of kinds derives from here.

Engine, reasons, near misses, sentences of the editors, exchange file, golden cases, constraints of the table, admin,
bench and simulator read `kind.declaration`. A new kind is one member here and its field in aids.rules.Situation.
"""

from django.db.models import TextChoices

from aids.conditions.declaration import Declaration, Turn
from aids.conditions.families import Day, Inside, MonthsSince, Number, Point, Words, YesNo, Zoned
from aids.vocabulary import (
    BROADER_MODES,
    BROADER_SPECIALTIES,
    LISTED,
    Mode,
    Profile,
    Sector,
    Specialty,
    TaxRegime,
    Terms,
)
from structures.enums import SHORT_LABELS

# Those who have defended their thesis: a rule for all of them is not said as a list of thirteen profiles.
GRADUATES = frozenset(
    {
        *(Profile.LOCUM, Profile.GRADUATE, Profile.NEWLY_SETTLED, Profile.COLLABORATOR, Profile.SHARED_ASSISTANT),
        *(Profile.SETTLED_HERE, Profile.SETTLED_ELSEWHERE, Profile.SALARIED, Profile.FOREIGN_DEGREE),
        *(Profile.EU_DEGREE, Profile.TRAINER, Profile.LEAVING, Profile.RETIRED),
    }
)


class ConditionKind(TextChoices):
    """What a condition is about: each member is the code of its declaration, and comes in the order of the answers."""

    PROFILE = Words(
        code="profil",
        name="profil",
        field="profiles",
        several=True,
        terms=Terms(Profile.choices),
        groups={"médecin thésé": GRADUATES},
        lead="être",
        short_lead="",
        question="Qui êtes-vous\u00a0?",
        turn=Turn.WHO,
        golden="profils",
        missing="votre profil",
        of_person=True,
    )
    SPECIALTY = Words(
        code="specialite",
        name="spécialité",
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
    )
    MODE = Words(
        code="mode",
        name="mode d'exercice",
        field="modes",
        several=True,
        terms=Terms(Mode.choices, BROADER_MODES),
        lead="exercer en\u00a0:",
        short_lead="exercice\u00a0: ",
        question="Comment voulez-vous exercer\u00a0?",
        turn=Turn.WHO,
        golden="modes",
        missing="votre mode d'exercice",
    )
    SECTOR = Words(
        code="secteur",
        name="secteur conventionnel",
        field="sector",
        terms=Terms(Sector.choices),
        lead="être conventionné en",
        short_lead="en ",
        question="Dans quel secteur conventionnel\u00a0?",
        hint="Le secteur fixe vos tarifs\u00a0; l'OPTAM est une option du secteur 2.",
        turn=Turn.WHO,
        golden="secteur",
        missing="votre secteur conventionnel",
    )
    ZONING = Zoned(
        code="zonage",
        name="zonage de la commune",
        field="place",
        terms=Terms([("HZ", "hors zonage"), ("ZR", "zone rouge")]),
        lead="exercer dans une commune classée",
        short_lead="en ",
    )
    TERRITORY = Inside(
        code="territoire",
        name="lieu d'exercice",
        field="place",
        lead="exercer dans\u00a0:",
        short_lead="lieu\u00a0: ",
        missing="le lieu d'exercice",
    )
    STRUCTURE = Words(
        code="structure",
        name="type de structure",
        field="structures",
        several=True,
        terms=Terms(SHORT_LABELS.items()),
        lead="exercer dans\u00a0:",
        short_lead="structure\u00a0: ",
        question="Dans quel type de structure\u00a0?",
        golden="structures",
    )
    FIRST_INSTALLATION = YesNo(
        code="premiere-installation",
        name="première installation en libéral",
        field="first_installation",
        asks=("vous installer pour la première fois en libéral", "avoir déjà exercé en libéral"),
        chips=("première installation en libéral", "pas une première installation"),
        question="Est-ce votre première installation en libéral\u00a0?",
        turn=Turn.THEN,
        golden="premiere",
        missing="si c'est votre première installation en libéral",
    )
    INSTALLATION_AGE = MonthsSince(
        code="anciennete",
        name="mois depuis l'installation",
        field="installed_on",
        lead="être installé depuis",
        unit="mois",
        noun="installation",
        missing="la date de votre installation",
    )
    INSTALLATION_DATE = Day(
        code="date-installation",
        name="date d'installation",
        field="installed_on",
        lead="vous installer",
        noun="installation",
        question="À quelle date vous installez-vous, ou vous êtes-vous installé\u00a0?",
        golden="installe_le",
        missing="la date de votre installation",
    )
    HALF_DAYS = Number(
        code="demi-journees",
        name="demi-journées par semaine",
        field="half_days",
        lead="exercer",
        unit="demi-journées par semaine",
        question="Combien de demi-journées par semaine\u00a0?",
        high=14,
        golden="demi_journees",
        most=14,
    )
    COORDINATED = YesNo(
        code="exercice-coordonne",
        name="exercice coordonné",
        field="coordinated",
        asks=("exercer de façon coordonnée", "ne pas exercer de façon coordonnée"),
        chips=("exercice coordonné", "exercice non coordonné"),
        question="Exercerez-vous de façon coordonnée (MSP, ESP, CPTS)\u00a0?",
        golden="coordonne",
        missing="si vous exercez de façon coordonnée",
    )
    DUTY = YesNo(
        code="permanence-des-soins",
        name="permanence des soins (PDSA)",
        field="duty",
        asks=("participer à la permanence des soins", "ne pas participer à la permanence des soins"),
        chips=("permanence des soins", "sans permanence des soins"),
        question="Participerez-vous à la permanence des soins (gardes)\u00a0?",
        golden="gardes",
        missing="si vous participez à la permanence des soins",
    )
    EMPLOYEES = Number(
        code="effectif",
        name="nombre de salariés",
        field="employees",
        lead="employer",
        unit="salariés",
        question="Combien de salariés emploierez-vous\u00a0?",
        high=500,
        golden="salaries",
        most=1200,
    )
    TAX_REGIME = Words(
        code="regime-fiscal",
        name="régime fiscal",
        field="tax_regime",
        terms=Terms(TaxRegime.choices),
        lead="être imposé au",
        short_lead="régime\u00a0: ",
        question="Sous quel régime fiscal\u00a0?",
        golden="regime_fiscal",
    )
    SAME_CATEGORY = YesNo(
        code="meme-categorie",
        name="aide de même catégorie depuis moins de dix ans",
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
    )
    AGE = Number(
        code="age",
        name="âge",
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
    )
    FREE = Point(code="a-verifier", name="à vérifier avec un conseiller", field="checked")

    declaration: Declaration

    def __new__(cls, declaration: Declaration):
        """A member is the code of its declaration."""
        kind = str.__new__(cls, declaration.code)
        kind._value_, kind.declaration = declaration.code, declaration
        return kind

    @property
    def label(self) -> str:
        """The name, where TextChoices looks for it."""
        return self.declaration.name


def of_family(family: type[Declaration]) -> frozenset[ConditionKind]:
    """The kinds of one family."""
    return frozenset(kind for kind in ConditionKind if isinstance(kind.declaration, family))


def reading(field: str) -> frozenset[ConditionKind]:
    """The kinds that read one answer of the situation."""
    return frozenset(kind for kind in ConditionKind if kind.declaration.field == field)


PLACE_KINDS = reading("place")
