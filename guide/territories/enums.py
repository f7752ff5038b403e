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
