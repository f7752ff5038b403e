"""States of a sheet, of an import and of background work; codes in English, labels in French."""

from django.db import models


class Status(models.TextChoices):
    """Where a sheet stands in its life cycle."""

    DRAFT = "draft", "brouillon"
    IN_REVIEW = "in_review", "en relecture"
    PUBLISHED = "published", "publié"
    ARCHIVED = "archived", "archivé"


class Freshness(models.TextChoices):
    """How old the last check of a published sheet is."""

    FRESH = "a-jour", "à jour"
    SOON = "bientot", "à vérifier bientôt"
    STALE = "perimee", "périmée"
    NEVER = "jamais", "jamais vérifiée"


class Confidence(models.TextChoices):
    """How far a sourced fact can be trusted, as its collector noted it."""

    HIGH = "high", "haute"
    MEDIUM = "medium", "moyenne"
    LOW = "low", "faible"
    UNKNOWN = "", "non précisée"


class ImportOutcome(models.TextChoices):
    """How an import ended."""

    PREVIEWED = "previewed", "simulé"
    APPLIED = "applied", "appliqué"
    REFUSED = "refused", "refusé"


class TaskState(models.TextChoices):
    """Where a piece of background work stands."""

    WAITING = "waiting", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    FAILED = "failed", "en échec"


class RejectReason(models.TextChoices):
    """Why one row of a file was left out; each reason has its own fixture and test."""

    MISSING_VALUE = "missing_value", "valeur obligatoire absente"
    BAD_VALUE = "bad_value", "valeur illisible ou hors liste"
    BAD_IDENTIFIER = "bad_identifier", "identifiant mal formé"
    DUPLICATE = "duplicate", "identifiant en double dans le fichier"
    UNKNOWN_COMMUNE = "unknown_commune", "code INSEE inconnu (commune fusionnée ou d'une autre région ?)"
    UNKNOWN_TERRITORY = "unknown_territory", "territoire inconnu"
    UNKNOWN_REFERENCE = "unknown_reference", "référence à une fiche inconnue"
    OUT_OF_AREA = "out_of_area", "coordonnées hors du territoire"
    SWAPPED_COORDINATES = "swapped_coordinates", "latitude et longitude inversées"
    BAD_GEOMETRY = "bad_geometry", "contour illisible"
    BAD_DATE = "bad_date", "date illisible ou incohérente"
    OUT_OF_PERIMETER = "out_of_perimeter", "hors de votre périmètre"


class RefusalReason(models.TextChoices):
    """Why a whole delivery was refused; nothing of it is written."""

    UNREADABLE = "unreadable", "fichier illisible"
    ENCODING = "encoding", "encodage inattendu"
    TRUNCATED = "truncated", "fichier tronqué"
    COLUMNS = "columns", "colonnes absentes"
    EMPTY = "empty", "aucune ligne exploitable"
    TOO_FEW = "too_few", "beaucoup moins de lignes que la dernière fois"
    TOO_MANY_REJECTS = "too_many_rejects", "trop de lignes rejetées"
    TOO_LARGE = "too_large", "fichier trop volumineux"
    WRONG_REGION = "wrong_region", "données d'une autre région"
    FORBIDDEN = "forbidden", "import réservé à d'autres rôles"
