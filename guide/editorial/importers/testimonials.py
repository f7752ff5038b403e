"""Reader of the testimonials: one Markdown sheet each, reported from a document that it names."""

from typing import Any

from django.utils.text import slugify

from aids.vocabulary import Mode, Specialty
from guide.core.enums import RejectReason
from guide.core.imports.content.entries import Entry, Fault
from guide.core.imports.content.keys import Key, choice, integer, linked, plain, text
from guide.editorial.importers.practice import PracticeReader
from guide.editorial.importers.texts import COMMON, TextReader
from guide.editorial.models import PracticeOption, Testimonial
from guide.editorial.testimonials.vocabulary import Stage
from guide.territories.enums import TerritoryKind
from guide.territories.importers.content_keys import place
from structures.models import Structure


def _place(name: str, kind: TerritoryKind) -> Key:
    """A place of one kind, in the field that places of other kinds share: without it, those of other kinds stay."""
    key = place(name, kind)

    def write(row: Testimonial, code: str) -> None:
        if code or (row.territory and row.territory.kind == kind):
            key.write(row, code)

    return Key(name, key.parse, key.read, write)


def _structure(raw: Any) -> str:
    slug = text(140)(raw)
    if slug and not Structure.objects.filter(slug=slug).exists():
        raise ValueError(f"structure « {slug} » inconnue : chargez d'abord les structures")
    return slug


class TestimonialReader(TextReader):
    """`temoignages/*.md`. The commune is enough: it says the department."""

    path = "temoignages"
    model = Testimonial
    joined = ("territory", "structure", "option")
    keys = (
        *COMMON,
        plain("name", text(120), required=True),
        plain("role", text(200)),
        plain("specialty", choice(Specialty)),
        plain("mode", choice(Mode)),
        plain("stage", choice(Stage)),
        plain("year", text(40)),
        plain("arrival_year", integer(1900, 2100)),
        _place("department", TerritoryKind.DEPARTMENT),
        _place("commune", TerritoryKind.COMMUNE),
        linked("structure", Structure, _structure, by="slug"),
        linked("option", PracticeOption, text(140), by="slug"),
    )

    def values(self, entry: Entry) -> dict[str, Any]:
        """The sheet; reported words name a source, and the way to practise is one that the guide knows."""
        found = super().values(entry)
        option = found["option"]
        if option and (option != slugify(option) or option not in self.known(PracticeReader.path)):
            reason = RejectReason.UNKNOWN_REFERENCE
            raise Fault(entry.line_of("option:"), f"option : façon d'exercer « {option} » inconnue", reason)
        if not found["sources"] and "[@" not in entry.body:
            raise Fault(entry.line, "sources : des propos rapportés nomment leur source", RejectReason.MISSING_VALUE)
        if found["commune"]:
            found["department"] = ""
        return found
