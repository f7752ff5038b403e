"""Kinds of care structures and what can be said of them; codes are those of the addresses."""

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


KINDS_BY_GROUP: dict[KindGroup, tuple[Kind, ...]] = {
    KindGroup.FIRST_RECOURSE: (
        Kind.MSP,
        Kind.HEALTH_CENTRE,
        Kind.MEDICAL_HOUSE,
        Kind.ESP,
        Kind.UNSCHEDULED,
        Kind.OSAT,
        Kind.MOBILE,
    ),
    KindGroup.COORDINATION: (Kind.CPTS, Kind.ESS, Kind.DAC, Kind.SAS, Kind.GHT),
    KindGroup.HOSPITALS: (
        Kind.HOSPITAL,
        Kind.CLINIC,
        Kind.REHABILITATION,
        Kind.HOME_HOSPITAL,
        Kind.DIALYSIS,
        Kind.RADIOTHERAPY,
    ),
    KindGroup.TECHNICAL: (Kind.LABORATORY, Kind.IMAGING),
    KindGroup.LIVING: (Kind.INTERN_HOUSING,),
}

SHORT_LABELS: dict[Kind, str] = {
    Kind.MSP: "MSP",
    Kind.HEALTH_CENTRE: "Centre de santé",
    Kind.MEDICAL_HOUSE: "Maison médicale",
    Kind.ESP: "ESP",
    Kind.UNSCHEDULED: "Soins non programmés",
    Kind.OSAT: "OSAT",
    Kind.MOBILE: "Équipe mobile",
    Kind.CPTS: "CPTS",
    Kind.ESS: "ESS",
    Kind.DAC: "DAC",
    Kind.SAS: "SAS",
    Kind.GHT: "GHT",
    Kind.HOSPITAL: "Hôpital",
    Kind.CLINIC: "Clinique",
    Kind.REHABILITATION: "SMR",
    Kind.HOME_HOSPITAL: "HAD",
    Kind.DIALYSIS: "Dialyse",
    Kind.RADIOTHERAPY: "Radiothérapie",
    Kind.LABORATORY: "Laboratoire",
    Kind.IMAGING: "Imagerie",
    Kind.INTERN_HOUSING: "Logement internes",
}

# Names in the plural, for the description of a selection in words.
PLURALS: dict[Kind, str] = {
    Kind.MSP: "MSP",
    Kind.HEALTH_CENTRE: "centres de santé",
    Kind.MEDICAL_HOUSE: "maisons médicales",
    Kind.ESP: "ESP",
    Kind.UNSCHEDULED: "soins non programmés",
    Kind.OSAT: "OSAT",
    Kind.MOBILE: "équipes mobiles et bus santé",
    Kind.CPTS: "CPTS",
    Kind.ESS: "équipes de soins spécialisés",
    Kind.DAC: "DAC",
    Kind.SAS: "SAS",
    Kind.GHT: "GHT",
    Kind.HOSPITAL: "hôpitaux",
    Kind.CLINIC: "cliniques",
    Kind.REHABILITATION: "établissements de SMR",
    Kind.HOME_HOSPITAL: "services de HAD",
    Kind.DIALYSIS: "centres de dialyse",
    Kind.RADIOTHERAPY: "centres de radiothérapie",
    Kind.LABORATORY: "laboratoires",
    Kind.IMAGING: "centres d'imagerie",
    Kind.INTERN_HOUSING: "logements pour internes",
}


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
