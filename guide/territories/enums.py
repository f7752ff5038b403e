"""Choices of places, zonings and figures; codes in English or in the field's words, labels in French."""

from django.db import models


class TerritoryKind(models.TextChoices):
    """Kinds of places, from the widest."""

    COUNTRY = "country", "pays"
    REGION = "region", "région"
    DEPARTMENT = "department", "département"
    EPCI = "epci", "intercommunalité (EPCI)"
    LIVING_AREA = "living_area", "bassin de vie"
    CPTS_AREA = "cpts_area", "périmètre de CPTS"
    COMMUNE = "commune", "commune"


class Extent(models.TextChoices):
    """Whether the communes that the database holds are the whole of a place (INSEE and EPCI cross regions)."""

    WHOLE = "whole", "entier"
    PARTIAL = "partial", "en partie hors de la région"
    UNKNOWN = "unknown", "peut dépasser la limite de la région"


class Scheme(models.TextChoices):
    """Zonings. A health zoning and a tax zoning are different legal things and never share a scale."""

    DOCTORS = "zonage_medecin", "zonage médecin (ZIP, ZAC)"
    FRR = "frr", "France Ruralités Revitalisation"
    QPV = "qpv", "quartier prioritaire de la politique de la ville"
    RED_ZONE = "zone_rouge", "zone rouge (solidarité territoriale)"


class Level(models.TextChoices):
    """Levels of the zonings: CSP L1434-4 and CartoSanté for doctors, CGI 44 quindecies A for FRR."""

    ZIP = "ZIP", "zone d'intervention prioritaire (ZIP)"
    ZAC = "ZAC", "zone d'action complémentaire (ZAC)"
    ZV = "ZV", "zone de vigilance"
    HZ = "HZ", "hors zonage"
    FRR = "FRR", "FRR socle"
    FRR_PLUS = "FRR+", "FRR+"
    FRR_KEPT = "FRR-ZRR", "bénéficiaire des effets FRR (ancienne ZRR, jusqu'au 31/12/2027)"
    QPV = "QPV", "quartier prioritaire"
    RED_ZONE = "ZR", "zone rouge"


class Family(models.TextChoices):
    """Families of figures."""

    CARE = "care", "offre de soins"
    POPULATION = "population", "population"
    ECONOMY = "economy", "économie"
    LIVING = "living", "cadre de vie"


class Better(models.TextChoices):
    """Which end of a figure is the good one, if any."""

    HIGHER = "higher", "plus élevé"
    LOWER = "lower", "plus bas"
    NEUTRAL = "", "sans objet"


class RemarkKind(models.TextChoices):
    """What a remark on a place is; codes are those of the content files."""

    ASSET = "atout", "atout"
    CAUTION = "vigilance", "à savoir avant de venir"


class AmenityKind(models.TextChoices):
    """Kinds of places that make daily life, in the order in which pages show them; labels are those of the files."""

    STATION = "gare", "gare"
    AIRPORT = "aeroport", "aéroport"
    HIGH_SCHOOL = "lycee", "lycée"
    UNIVERSITY = "universite", "université ou site universitaire"
    GRANDE_ECOLE = "grande_ecole", "grande école"
    SPORTS_SCHOOL = "formation_sportive", "formation sportive"
    NATIONAL_STAGE = "scene_nationale", "scène nationale"
    DRAMA_CENTRE = "cdn", "centre dramatique national"
    DANCE_CENTRE = "ccn", "centre chorégraphique national"
    PUPPET_CENTRE = "cnma", "centre national de la marionnette"
    SUBSIDISED_STAGE = "scene_conventionnee", "scène conventionnée"
    CULTURAL_VENUE = "lieu_culturel", "lieu culturel"
    ART_CENTRE = "centre_art", "centre d'art"
    CINEMA = "cinema", "cinéma"
    FESTIVAL = "festival", "festival"
    EVENT = "evenement", "événement"
    MUSEUM = "musee", "musée"
    MONUMENT = "monument", "monument"
    ARCHAEOLOGY = "site_archeologique", "site archéologique"
    WORLD_HERITAGE = "patrimoine_mondial", "patrimoine mondial"
    NATURE_PARK = "parc", "parc naturel régional"
    PARK_COMMUNE = "commune_parc", "commune d'un parc naturel régional"


class TravelMode(models.TextChoices):
    """How one travels."""

    TRAIN = "train", "train"
    HIGH_SPEED_TRAIN = "tgv", "TGV"
    CAR = "car", "voiture"
