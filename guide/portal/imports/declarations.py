"""What the administration asks before each import: a small declaration for each importer of the registry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms

from guide.core.imports.content.importer import FOLDER
from guide.portal.content import READERS
from guide.territories.enums import Scheme
from guide.territories.importers.zoning_formats import CARTOSANTE, FRR, PLAIN

TABLE = (".csv", ".csv.gz", ".xlsx")
JSON = (".json", ".json.gz")
ROWS = "rows"
FOLDERS = tuple(reader.path for reader in READERS if not reader.path.endswith(".yaml"))
STRUCTURE_COLUMNS = (
    "identifiant", "type", "nom", "code_commune", "rang", "statut", "finess", "finess_juridique", "siret", "adresse",
    "code_postal", "telephone", "courriel", "site", "ouverture", "fermeture", "latitude", "longitude", "precision",
    "modes", "professions", "accueille_internes", "recrute", "urgences", "maternite", "couverture", "membre_de",
    "arrets", "presentation", "source", "source_url", "source_date", "confiance",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileField:
    """One file to upload. `name` is its name in the delivery; `stored_as` a name that the importer looks for."""

    name: str
    label: str
    endings: tuple[str, ...]
    required: bool = True
    help_text: str = ""
    stored_as: str = ""
    in_delivery: bool = True


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One importer as an editor chooses it. `template` are the columns of a model file, `local` opens it to the
    editors of departments, inside their perimeter."""

    key: str
    title: str
    explanation: str
    files: tuple[FileField, ...]
    options: Mapping[str, forms.Field] = field(default_factory=dict)
    template: tuple[str, ...] = ()
    local: bool = False


def _zoning_options() -> dict[str, forms.Field]:
    return {
        "format": forms.ChoiceField(
            label="Format du fichier",
            choices=[
                (CARTOSANTE, "Export de CartoSanté (zonage des médecins)"),
                (FRR, "Liste FRR de la DGCL ou de l'Observatoire des territoires"),
                (PLAIN, "Tableau simple (voir le modèle)"),
            ],
        ),
        "scheme": forms.ChoiceField(
            label="Zonage",
            choices=[("", "Celui du format"), *Scheme.choices],
            required=False,
            help_text="À choisir pour un tableau simple.",
        ),
        "valid_from": forms.DateField(label="En vigueur à partir du", help_text="Par exemple 05/02/2026."),
        "valid_to": forms.DateField(label="En vigueur jusqu'au", required=False, help_text="Vide\u00a0: sans fin."),
        "label": forms.CharField(label="Nom de l'édition, montré sur les pages", max_length=120, required=False),
        "legal_reference": forms.CharField(label="Texte qui le décide", max_length=200, required=False),
        "date_note": forms.CharField(
            label="Ce qui n'est pas sûr dans ces dates",
            max_length=250,
            required=False,
            help_text="Montré aux lecteurs.",
        ),
    }


KINDS = {
    kind.key: kind
    for kind in (
        ImportKind(
            "structures",
            "Liste de structures",
            "Votre propre tableau, une ligne par structure\u00a0: maisons de santé, CPTS, bus santé, "
            "dispositifs d'appui… "
            "Un fichier est la liste entière\u00a0: une structure qui n'y est plus est marquée absente, "
            "jamais supprimée.",
            (FileField("structures", "Tableau", TABLE),),
            {
                "list": forms.SlugField(
                    label="Nom de la liste",
                    max_length=40,
                    initial="structures",
                    help_text="Toujours le même pour une même liste\u00a0: minuscules, chiffres et "
                    "tirets, par exemple bus-sante.",
                )
            },
            template=STRUCTURE_COLUMNS,
            local=True,
        ),
        ImportKind(
            "finess",
            "Établissements FINESS",
            "Le fichier national FINESS, tel qu'il se télécharge sur data.gouv.fr\u00a0: "
            "finess-structures-mensuel-….json.gz, "
            "finess_etablissements.csv ou etalab-cs11005….csv. Seules les structures de la région sont prises.",
            (FileField("structures", "Fichier FINESS", (*TABLE, *JSON)),),
        ),
        ImportKind(
            "aids",
            "Aides",
            "Le fichier JSON des aides d'un financeur, au format du site. Il est pris en entier ou refusé en entier.",
            (FileField("aids", "Fichier des aides", JSON),),
        ),
        ImportKind(
            "golden-cases",
            "Cas types",
            "Le fichier JSON des situations d'essai qui surveillent les règles des aides.",
            (FileField("golden", "Fichier des cas types", JSON),),
        ),
        ImportKind(
            "content",
            "Textes et contacts",
            "Des fiches préparées en fichiers\u00a0: pages, façons d'exercer, actualités, témoignages, "
            "contacts, glossaire… "
            "Donnez une fiche (.md), une liste (.yaml), ou une archive .zip de plusieurs dossiers.",
            (FileField(FOLDER, "Fiche, liste ou archive", (".md", ".yaml", ".yml", ".zip")),),
            {
                "place": forms.ChoiceField(
                    label="Dossier de la fiche",
                    choices=[("", "—"), *((name, name) for name in FOLDERS)],
                    required=False,
                    help_text="Pour une seule fiche .md.",
                ),
                "whole": forms.BooleanField(
                    label="L'archive contient tous les contenus du site",
                    required=False,
                    help_text="Cochez seulement pour une archive complète\u00a0: les fiches sans fichier "
                    "sont alors signalées.",
                ),
            },
        ),
        ImportKind(
            "zonings",
            "Zonage",
            "La liste des communes d'un zonage (médecins, FRR, QPV…). Un fichier est une édition, avec ses dates.",
            (FileField("zonings", "Liste", TABLE),),
            _zoning_options(),
            template=(
                "territory_kind",
                "code",
                "level",
                "sauf",
                "partial",
                "note",
                "source",
                "source_url",
                "source_date",
                "confidence",
            ),
        ),
        ImportKind(
            "indicators",
            "Chiffres",
            "Un tableau de chiffres par territoire et par année, ou un classeur APL de la DREES. Un "
            "indicateur nouveau se "
            "définit dans le catalogue.",
            (
                FileField("values", "Chiffres", TABLE, required=False),
                FileField("catalogue", "Catalogue des indicateurs", TABLE, required=False),
            ),
            template=(
                "territory_kind",
                "code",
                "name",
                "indicator",
                "value",
                "unit",
                "year",
                "source",
                "source_url",
                "confidence",
            ),
        ),
        ImportKind(
            "amenities",
            "Lieux de vie",
            "Gares, lycées, musées, scènes… une ligne par lieu. Le fichier remplace la liste des types "
            "qu'il contient.",
            (FileField(ROWS, "Tableau", TABLE),),
            template=("kind", "name", "commune_code", "details", "source", "year", "confidence"),
        ),
        ImportKind(
            "travel-times",
            "Temps de trajet",
            "Des temps en minutes d'une commune à une ville, une ligne par trajet. Le fichier est la liste entière.",
            (FileField(ROWS, "Tableau", TABLE),),
            template=(
                "from_place",
                "commune_code",
                "to_place",
                "minutes",
                "mode",
                "details",
                "source",
                "year",
                "confidence",
            ),
        ),
        ImportKind(
            "remarks",
            "Atouts et points à savoir",
            "La liste YAML des atouts et points à savoir des territoires. Elle est entière, et chaque ligne nomme une "
            "source de la liste des sources.",
            (
                FileField(ROWS, "Liste", (".yaml", ".yml")),
                FileField(
                    "sources", "Liste des sources", (".yaml", ".yml"), stored_as="sources.yaml", in_delivery=False
                ),
            ),
        ),
        ImportKind(
            "territories",
            "Territoires",
            "Les communes et leurs contours, les EPCI et les bassins de vie, tels que les publient geo.api.gouv.fr et "
            "l'INSEE. Chaque fichier peut venir seul, une fois les communes chargées.",
            (
                FileField("communes", "Communes et contours", (".geojson", ".geojson.gz", *JSON), required=False),
                FileField("epci", "EPCI", JSON, required=False),
                FileField("bassins", "Bassins de vie", TABLE, required=False),
            ),
        ),
    )
}
