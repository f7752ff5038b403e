"""Kinds of care structures and what can be said of them; codes are those of the addresses."""

from typing import NamedTuple

from django.db import models


class Kind(models.TextChoices):
    """Kinds of structures; the code is the value of `type` in an address."""

    MSP = "msp", "maison de santé pluriprofessionnelle (MSP)"
    HEALTH_CENTRE = "centre-de-sante", "centre de santé"
    MEDICAL_HOUSE = "maison-medicale", "maison médicale"
    ESP = "esp", "équipe de soins primaires (ESP, ESP-CLAP)"
    UNSCHEDULED = "soins-non-programmes", "soins non programmés"
    OSAT = "osat", "offre de soins alternative et transitoire (OSAT)"
    MOBILE = "equipe-mobile", "équipe mobile ou bus santé"
    CPTS = "cpts", "communauté professionnelle territoriale de santé (CPTS)"
    ESS = "ess", "équipe de soins spécialisés (ESS)"
    DAC = "dac", "dispositif d'appui à la coordination (DAC)"
    SAS = "sas", "service d'accès aux soins (SAS)"
    GHT = "ght", "groupement hospitalier de territoire (GHT)"
    HOSPITAL = "hopital", "hôpital"
    CLINIC = "clinique", "clinique"
    REHABILITATION = "smr", "soins médicaux et de réadaptation (SMR)"
    HOME_HOSPITAL = "had", "hospitalisation à domicile (HAD)"
    DIALYSIS = "dialyse", "centre ou unité de dialyse"
    RADIOTHERAPY = "radiotherapie", "centre de radiothérapie"
    LABORATORY = "laboratoire", "laboratoire de biologie médicale"
    IMAGING = "imagerie", "imagerie médicale"
    INTERN_HOUSING = "residence-internes", "logement pour internes et étudiants"


class KindGroup(models.TextChoices):
    """Groups of kinds, as the filter panel shows them."""

    FIRST_RECOURSE = "premier-recours", "Premier recours"
    COORDINATION = "coordination", "Coordination et territoires"
    HOSPITALS = "etablissements", "Hôpitaux et cliniques"
    TECHNICAL = "plateaux", "Biologie et imagerie"
    LIVING = "vivre", "Se loger pendant un stage"


class KindWords(NamedTuple):
    """How pages name a kind in short and in the plural, and the group under which they show it."""

    short: str
    plural: str
    group: KindGroup


KIND_WORDS: dict[Kind, KindWords] = {
    Kind.MSP: KindWords("MSP", "MSP", KindGroup.FIRST_RECOURSE),
    Kind.HEALTH_CENTRE: KindWords("Centre de santé", "centres de santé", KindGroup.FIRST_RECOURSE),
    Kind.MEDICAL_HOUSE: KindWords("Maison médicale", "maisons médicales", KindGroup.FIRST_RECOURSE),
    Kind.ESP: KindWords("ESP", "ESP", KindGroup.FIRST_RECOURSE),
    Kind.UNSCHEDULED: KindWords("Soins non programmés", "soins non programmés", KindGroup.FIRST_RECOURSE),
    Kind.OSAT: KindWords("OSAT", "OSAT", KindGroup.FIRST_RECOURSE),
    Kind.MOBILE: KindWords("Équipe mobile", "équipes mobiles et bus santé", KindGroup.FIRST_RECOURSE),
    Kind.CPTS: KindWords("CPTS", "CPTS", KindGroup.COORDINATION),
    Kind.ESS: KindWords("ESS", "équipes de soins spécialisés", KindGroup.COORDINATION),
    Kind.DAC: KindWords("DAC", "DAC", KindGroup.COORDINATION),
    Kind.SAS: KindWords("SAS", "SAS", KindGroup.COORDINATION),
    Kind.GHT: KindWords("GHT", "GHT", KindGroup.COORDINATION),
    Kind.HOSPITAL: KindWords("Hôpital", "hôpitaux", KindGroup.HOSPITALS),
    Kind.CLINIC: KindWords("Clinique", "cliniques", KindGroup.HOSPITALS),
    Kind.REHABILITATION: KindWords("SMR", "établissements de SMR", KindGroup.HOSPITALS),
    Kind.HOME_HOSPITAL: KindWords("HAD", "services de HAD", KindGroup.HOSPITALS),
    Kind.DIALYSIS: KindWords("Dialyse", "centres de dialyse", KindGroup.HOSPITALS),
    Kind.RADIOTHERAPY: KindWords("Radiothérapie", "centres de radiothérapie", KindGroup.HOSPITALS),
    Kind.LABORATORY: KindWords("Laboratoire", "laboratoires", KindGroup.TECHNICAL),
    Kind.IMAGING: KindWords("Imagerie", "centres d'imagerie", KindGroup.TECHNICAL),
    Kind.INTERN_HOUSING: KindWords("Logement internes", "logements pour internes", KindGroup.LIVING),
}
SHORT_LABELS = {kind: words.short for kind, words in KIND_WORDS.items()}
PLURALS = {kind: words.plural for kind, words in KIND_WORDS.items()}
KINDS_BY_GROUP = {
    group: tuple(kind for kind, words in KIND_WORDS.items() if words.group == group) for group in KindGroup
}


# Where a doctor may settle, who organises care, hospitals, then what surrounds them: the order of lists and counts.
IMPORTANCE = (
    Kind.MSP, Kind.HEALTH_CENTRE, Kind.CPTS, Kind.HOSPITAL, Kind.CLINIC, Kind.MEDICAL_HOUSE, Kind.ESP, Kind.OSAT,
    Kind.UNSCHEDULED, Kind.MOBILE, Kind.ESS, Kind.DAC, Kind.SAS, Kind.GHT, Kind.HOME_HOSPITAL, Kind.REHABILITATION,
    Kind.INTERN_HOUSING, Kind.RADIOTHERAPY, Kind.IMAGING, Kind.DIALYSIS, Kind.LABORATORY,
)  # fmt: skip


class Rank(models.TextChoices):
    """Rank or speciality of a hospital site, from its FINESS category."""

    CHU = "chu", "centre hospitalier régional ou universitaire"
    CH = "ch", "centre hospitalier"
    LOCAL = "proximite", "hôpital de proximité"
    PSYCHIATRY = "psychiatrie", "psychiatrie"
    GENERAL_CLINIC = "mco", "médecine, chirurgie, obstétrique"
    LONG_STAY = "usld", "soins de longue durée"


class Ownership(models.TextChoices):
    """Legal status of a hospital site (FINESS)."""

    PUBLIC = "public", "public"
    NON_PROFIT = "prive-non-lucratif", "privé à but non lucratif"
    FOR_PROFIT = "prive-lucratif", "privé"


class PracticeMode(models.TextChoices):
    """How a doctor practises there; the code is the value of `mode` in an address."""

    SELF_EMPLOYED = "liberal", "libéral"
    SALARIED = "salarie", "salarié"
    HOSPITAL = "hospitalier", "salarié hospitalier"
    MIXED = "mixte", "mixte ville-hôpital"
    COORDINATED = "coordonne", "exercice coordonné"


# What each kind is by law, used where a structure has not said its own modes:
# MSP CSP L6323-3, centre de santé L6323-1 (salaried professionals), ESP L1411-11-1, CPTS L1434-12,
# hospitals L6141-1 and L6152-1, clinics: doctors are mostly self-employed there.
USUAL_MODES: dict[Kind, tuple[PracticeMode, ...]] = {
    Kind.MSP: (PracticeMode.SELF_EMPLOYED, PracticeMode.COORDINATED),
    Kind.HEALTH_CENTRE: (PracticeMode.SALARIED, PracticeMode.COORDINATED),
    Kind.MEDICAL_HOUSE: (PracticeMode.SELF_EMPLOYED,),
    Kind.ESP: (PracticeMode.SELF_EMPLOYED, PracticeMode.COORDINATED),
    Kind.CPTS: (PracticeMode.COORDINATED,),
    Kind.ESS: (PracticeMode.COORDINATED,),
    Kind.HOSPITAL: (PracticeMode.HOSPITAL,),
    Kind.CLINIC: (PracticeMode.SELF_EMPLOYED,),
}


class CoordinateSource(models.TextChoices):
    """Where a position comes from; the page says when it is approximate."""

    SITE = "site", "position du site"
    ADDRESS = "address", "adresse géocodée"
    STREET = "street", "rue géocodée"
    COMMUNE = "commune", "centre ou mairie de la commune"
    HAND = "hand", "placée à la main"


APPROXIMATE = frozenset({CoordinateSource.COMMUNE, CoordinateSource.STREET})


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "jour"
    MONTH = "month", "mois"
    YEAR = "year", "année"
