"""Every importer of the site, in the order in which editors see them: the one place where one is registered, with what
the administration asks before the import, and how the importer is made of what it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from aids.exchange.golden import GoldenCasesImporter
from aids.exchange.importer import AidsImporter
from guide.core.imports.content.importer import FOLDER, ContentImporter
from guide.core.imports.content.reader import Reader
from guide.core.imports.contract import Delivery, Importer
from guide.core.imports.tables import ROWS, Table
from guide.desk.importer import ContactReader
from guide.editorial.importers import lists, practice, texts
from guide.territories.enums import Scheme
from guide.territories.importers.facts import AmenitiesImporter, RemarksImporter, TravelTimesImporter
from guide.territories.importers.indicators import FIGURES, IndicatorsImporter
from guide.territories.importers.territories import TerritoriesImporter
from guide.territories.importers.zonings import CARTOSANTE, FRR, PLAIN, EditionOptions, ZoningsImporter
from guide.territories.importers.zonings import TABLES as ZONINGS
from structures.importers.finess import FinessImporter
from structures.importers.lists import TABLE as STRUCTURES
from structures.importers.lists import ListImporter

# The kinds of content files, in the order in which they are written.
READERS: tuple[type[Reader], ...] = (
    lists.ReferenceReader,
    lists.GlossaryReader,
    lists.KeyFigureReader,
    lists.DocumentReader,
    lists.PartnerReader,
    texts.PageReader,
    texts.NewsReader,
    texts.EventReader,
    practice.PracticeReader,
    texts.TestimonialReader,
    ContactReader,
)
# Read by importers of their own (fixtures/…/manifest.toml).
ELSEWHERE = ("atouts.yaml",)
TABLE = (".csv", ".csv.gz", ".xlsx")
JSON = (".json", ".json.gz")
FOLDERS = tuple(reader.path for reader in READERS if not reader.path.endswith(".yaml"))
Make = Callable[[Delivery, Mapping[str, Any], str], Importer]


@dataclass(frozen=True, slots=True)
class FileField:
    """One file to upload. `name` is its name in the delivery; `stored_as` a name that the importer looks for."""

    name: str
    label: str
    endings: tuple[str, ...]
    required: bool = True
    stored_as: str = ""
    in_delivery: bool = True


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One importer as an editor chooses it. `table` has the columns of a model file, `local` opens the import to the
    editors of departments, inside their perimeter; `options` are asked beside the files.

    `made`: what makes it of a delivery, the options and the region served, where the delivery is not enough.
    """

    importer: type[Importer]
    title: str
    explanation: str
    files: tuple[FileField, ...]
    options: Mapping[str, forms.Field] = field(default_factory=dict)
    table: Table | None = None
    local: bool = False
    made: Make | None = None

    @property
    def key(self) -> str:
        return self.importer.key

    @property
    def template(self) -> tuple[str, ...]:
        return self.table.headings if self.table else ()

    def make(self, delivery: Delivery, options: Mapping[str, Any], region: str) -> Importer:
        return self.made(delivery, options, region) if self.made else self.importer(delivery)


def _zonings(delivery: Delivery, options: Mapping[str, Any], region: str) -> Importer:
    about = dict(options)
    edition = EditionOptions(
        file_format=about.pop("format"),
        scope=tuple(about.pop("scope", "").split(":")) if about.get("scope") else ("region", region),
        valid_from=date.fromisoformat(about.pop("valid_from")),
        valid_to=date.fromisoformat(about.pop("valid_to")) if "valid_to" in about else None,
        **about,
    )
    return ZoningsImporter(delivery, edition)


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
            ListImporter,
            "Liste de structures",
            "Votre propre tableau, une ligne par structure\u00a0: maisons de santé, CPTS, bus santé, dispositifs "
            "d'appui… Un fichier est la liste entière\u00a0: une structure qui n'y est plus est marquée absente, "
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
            table=STRUCTURES,
            local=True,
            made=lambda delivery, options, region: ListImporter(delivery, options["list"]),
        ),
        ImportKind(
            FinessImporter,
            "Établissements FINESS",
            "Le fichier national FINESS, tel qu'il se télécharge sur data.gouv.fr\u00a0: "
            "finess-structures-mensuel-….json.gz, "
            "finess_etablissements.csv ou etalab-cs11005….csv. Seules les structures de la région sont prises.",
            (FileField("structures", "Fichier FINESS", (*TABLE, *JSON)),),
        ),
        ImportKind(
            AidsImporter,
            "Aides",
            "Le fichier JSON des aides d'un financeur, au format du site. Il est pris en entier ou refusé en entier.",
            (FileField("aids", "Fichier des aides", JSON),),
        ),
        ImportKind(
            GoldenCasesImporter,
            "Cas types",
            "Le fichier JSON des situations d'essai qui surveillent les règles des aides.",
            (FileField("golden", "Fichier des cas types", JSON),),
        ),
        ImportKind(
            ContentImporter,
            "Textes et contacts",
            "Des fiches préparées en fichiers\u00a0: pages, façons d'exercer, actualités, témoignages, contacts, "
            "glossaire… Donnez une fiche (.md), une liste (.yaml), ou une archive .zip de plusieurs dossiers.",
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
            made=lambda delivery, options, region: ContentImporter(
                delivery, READERS, ELSEWHERE, whole=options.get("whole", True)
            ),
        ),
        ImportKind(
            ZoningsImporter,
            "Zonage",
            "La liste des communes d'un zonage (médecins, FRR, QPV…). Un fichier est une édition, avec ses dates.",
            (FileField("zonings", "Liste", TABLE),),
            _zoning_options(),
            table=ZONINGS[PLAIN],
            made=_zonings,
        ),
        ImportKind(
            IndicatorsImporter,
            "Chiffres",
            "Un tableau de chiffres par territoire et par année, ou un classeur APL de la DREES. Un indicateur "
            "nouveau se définit dans le catalogue.",
            (
                FileField("values", "Chiffres", TABLE, required=False),
                FileField("catalogue", "Catalogue des indicateurs", TABLE, required=False),
            ),
            table=FIGURES,
        ),
        ImportKind(
            AmenitiesImporter,
            "Lieux de vie",
            "Gares, lycées, musées, scènes… une ligne par lieu. Le fichier remplace la liste des types qu'il "
            "contient.",
            (FileField(ROWS, "Tableau", TABLE),),
            table=AmenitiesImporter.table,
        ),
        ImportKind(
            TravelTimesImporter,
            "Temps de trajet",
            "Des temps en minutes d'une commune à une ville, une ligne par trajet. Le fichier est la liste entière.",
            (FileField(ROWS, "Tableau", TABLE),),
            table=TravelTimesImporter.table,
        ),
        ImportKind(
            RemarksImporter,
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
            TerritoriesImporter,
            "Territoires",
            "Les communes et leurs contours, les EPCI et les bassins de vie, tels que les publient geo.api.gouv.fr et "
            "l'INSEE. Chaque fichier peut venir seul, une fois les communes chargées.",
            (
                FileField("communes", "Communes et contours", (".geojson", ".geojson.gz", *JSON), required=False),
                FileField("epci", "EPCI", JSON, required=False),
                FileField("bassins", "Bassins de vie", TABLE, required=False),
            ),
            made=lambda delivery, options, region: TerritoriesImporter(delivery, region),
        ),
    )
}
