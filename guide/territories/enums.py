"""Choices of places, zonings and figures; codes in English or in the field's words, labels in French."""

from django.db import models


class Headed(models.TextChoices):
    """Choices of which pages print a heading, and forms the label: `NAME = code, heading, label`."""

    def __new__(cls, code: str, heading: str):
        member = str.__new__(cls, code)
        member._value_ = code
        member.heading = heading
        return member


class TerritoryKind(Headed):
    """Kinds of places, from the widest."""

    COUNTRY = "country", "Pays", "pays"
    REGION = "region", "Région", "région"
    DEPARTMENT = "department", "Département", "département"
    EPCI = "epci", "Intercommunalité", "intercommunalité (EPCI)"
    LIVING_AREA = "living_area", "Bassin de vie", "bassin de vie"
    CPTS_AREA = "cpts_area", "Périmètre de CPTS", "périmètre de CPTS"
    COMMUNE = "commune", "Commune", "commune"


class Extent(models.TextChoices):
    """Whether the communes that the database holds are the whole of a place (INSEE and EPCI cross regions)."""

    WHOLE = "whole", "entier"
    PARTIAL = "partial", "en partie hors de la région"
    UNKNOWN = "unknown", "peut dépasser la limite de la région"


class Scheme(Headed):
    """Zonings. A health zoning and a tax zoning are different legal things and never share a scale."""

    DOCTORS = "zonage_medecin", "Zonage médecin (ZIP, ZAC)", "zonage médecin (ZIP, ZAC)"
    FRR = "frr", "France Ruralités Revitalisation (FRR)", "France Ruralités Revitalisation"
    QPV = "qpv", "Quartiers prioritaires (QPV)", "quartier prioritaire de la politique de la ville"
    RED_ZONE = "zone_rouge", "Zone rouge (solidarité territoriale)", "zone rouge (solidarité territoriale)"


class Level(Headed):
    """Levels of the zonings: CSP L1434-4 and CartoSanté for doctors, CGI 44 quindecies A for FRR."""

    ZIP = "ZIP", "ZIP", "zone d'intervention prioritaire (ZIP)"
    ZAC = "ZAC", "ZAC", "zone d'action complémentaire (ZAC)"
    ZV = "ZV", "zone de vigilance", "zone de vigilance"
    HZ = "HZ", "hors zonage", "hors zonage"
    FRR = "FRR", "FRR socle", "FRR socle"
    FRR_PLUS = "FRR+", "FRR+", "FRR+"
    FRR_KEPT = (
        "FRR-ZRR",
        "effets FRR maintenus (ancienne ZRR)",
        "bénéficiaire des effets FRR (ancienne ZRR, jusqu'au 31/12/2027)",
    )
    QPV = "QPV", "quartier prioritaire", "quartier prioritaire"
    RED_ZONE = "ZR", "zone rouge", "zone rouge"


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


class AmenityKind(Headed):
    """Kinds of places that make daily life, in the order in which pages show them; labels are those of the files."""

    STATION = "gare", "Gares", "gare"
    AIRPORT = "aeroport", "Aéroports", "aéroport"
    HIGH_SCHOOL = "lycee", "Lycées", "lycée"
    UNIVERSITY = "universite", "Universités et sites universitaires", "université ou site universitaire"
    GRANDE_ECOLE = "grande_ecole", "Grandes écoles", "grande école"
    SPORTS_SCHOOL = "formation_sportive", "Formations sportives", "formation sportive"
    NATIONAL_STAGE = "scene_nationale", "Scènes nationales", "scène nationale"
    DRAMA_CENTRE = "cdn", "Centres dramatiques nationaux", "centre dramatique national"
    DANCE_CENTRE = "ccn", "Centres chorégraphiques nationaux", "centre chorégraphique national"
    PUPPET_CENTRE = "cnma", "Centres nationaux de la marionnette", "centre national de la marionnette"
    SUBSIDISED_STAGE = "scene_conventionnee", "Scènes conventionnées", "scène conventionnée"
    CULTURAL_VENUE = "lieu_culturel", "Lieux culturels", "lieu culturel"
    ART_CENTRE = "centre_art", "Centres d'art", "centre d'art"
    CINEMA = "cinema", "Cinémas", "cinéma"
    FESTIVAL = "festival", "Festivals", "festival"
    EVENT = "evenement", "Événements", "événement"
    MUSEUM = "musee", "Musées", "musée"
    MONUMENT = "monument", "Monuments", "monument"
    ARCHAEOLOGY = "site_archeologique", "Sites archéologiques", "site archéologique"
    WORLD_HERITAGE = "patrimoine_mondial", "Patrimoine mondial", "patrimoine mondial"
    NATURE_PARK = "parc", "Parcs naturels régionaux", "parc naturel régional"
    PARK_COMMUNE = "commune_parc", "Dans un parc naturel régional", "commune d'un parc naturel régional"


class TravelMode(models.TextChoices):
    """How one travels."""

    TRAIN = "train", "train"
    HIGH_SPEED_TRAIN = "tgv", "TGV"
    CAR = "car", "voiture"
