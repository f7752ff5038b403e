"""Reader of the ways to practise: one Markdown sheet each, its sections, its steps, points and answers."""

import re
from typing import Any

from aids.vocabulary import Mode
from guide.core import rich_text
from guide.core.enums import RejectReason
from guide.core.imports.content.entries import Entry, Fault
from guide.core.imports.content.keys import Key, choice, codes, integer, plain, text
from guide.editorial.importers.texts import COMMON, SOURCES, TextReader
from guide.editorial.models import PracticeFit, PracticeKind, PracticeOption, PracticePoint, PracticeStep
from guide.editorial.models.practice import MAX_WEIGHT
from guide.editorial.practice.vocabulary import Answer, Criterion, Family
from structures.enums import Kind

# The sections of the body, in their order, and the field that each fills.
SECTIONS = {
    "Ce que c'est": "body",
    "Pour qui": "audience",
    "Une journée": "day",
    "Une semaine": "week",
    "Avantages": "advantages",
    "Inconvénients": "drawbacks",
    "Ce que cela change pour les aides": "aids_note",
    "Qui appeler": "who_to_call",
}
_HEADING = re.compile(r"^##[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_STEP = {"title": text(160), "text": text(1000), "duration": text(120)}
_FIT = {"answer": choice(Answer), "weight": integer(-MAX_WEIGHT, MAX_WEIGHT), "reason": text(300)}


def _kinds(raw: Any) -> list[str]:
    return sorted({choice(Kind)(code) for code in codes()(raw)})


def _items(raw: Any, parts: dict) -> list[dict]:
    """A list of small mappings, each with the keys of `parts`."""
    if not isinstance(raw or [], list) or not all(isinstance(item, dict) for item in raw or []):
        raise ValueError("attendu une liste de lignes « clé: valeur »")
    unknown = sorted({str(name) for item in raw or [] for name in item} - parts.keys())
    if unknown:
        raise ValueError(f"clé inconnue : « {unknown[0]} »")
    return [{name: parse(item.get(name)) for name, parse in parts.items()} for item in raw or []]


def _steps(raw: Any) -> list[dict]:
    found = _items(raw, _STEP)
    if not all(step["title"] for step in found):
        raise ValueError("chaque étape a un titre")
    return found


def _points(raw: Any) -> dict[str, str]:
    if not isinstance(raw or {}, dict):
        raise ValueError("attendu des lignes « critère: texte »")
    found = {choice(Criterion)(criterion): text(400)(words) for criterion, words in (raw or {}).items()}
    if not all(found.values()):
        raise ValueError("chaque critère cité a son texte")
    return found


def _fits(raw: Any) -> list[dict]:
    found = _items(raw, _FIT)
    if not all(fit["answer"] and fit["weight"] and fit["reason"] for fit in found):
        raise ValueError("chaque ligne a une réponse, un poids qui n'est pas 0 et une raison")
    answers = [fit["answer"] for fit in found]
    if len(set(answers)) < len(answers):
        raise ValueError("une réponse ne compte qu'une fois")
    return sorted(found, key=lambda fit: Answer.values.index(fit["answer"]))


def _read_fits(row: PracticeOption) -> list[dict]:
    found = [{name: getattr(fit, name) for name in _FIT} for fit in row.fits.all()]
    return sorted(found, key=lambda fit: Answer.values.index(fit["answer"]))


def _write_kinds(row: PracticeOption, found: list[str]) -> None:
    row.kinds.all().delete()
    PracticeKind.objects.bulk_create(PracticeKind(option=row, kind=kind) for kind in found)


def _write_steps(row: PracticeOption, found: list[dict]) -> None:
    row.steps.all().delete()
    steps = [PracticeStep(option=row, position=position, **step) for position, step in enumerate(found, 1)]
    PracticeStep.objects.bulk_create(steps)


def _write_points(row: PracticeOption, found: dict[str, str]) -> None:
    row.points.all().delete()
    PracticePoint.objects.bulk_create(
        PracticePoint(option=row, criterion=criterion, text=words) for criterion, words in found.items()
    )


def _write_fits(row: PracticeOption, found: list[dict]) -> None:
    row.fits.all().delete()
    PracticeFit.objects.bulk_create(PracticeFit(option=row, **fit) for fit in found)


def _children(name: str, parse, read, write) -> Key:
    """A key that fills child rows: written whole, once the option has a primary key."""
    return Key(name, parse, read, write, late=True)


class PracticeReader(TextReader):
    """`exercer/*.md`."""

    path = "exercer"
    model = PracticeOption
    prefetched = (*TextReader.prefetched, "kinds", "steps", "points", "fits")
    keys = (
        *COMMON,
        plain("family", choice(Family), required=True),
        plain("position", integer(0, 999), required=True),
        plain("simulator_mode", choice(Mode)),
        _children("structure_kinds", _kinds, lambda row: sorted(kind.kind for kind in row.kinds.all()), _write_kinds),
        _children(
            "steps",
            _steps,
            lambda row: [{name: getattr(step, name) for name in _STEP} for step in row.steps.all()],
            _write_steps,
        ),
        _children(
            "points", _points, lambda row: {point.criterion: point.text for point in row.points.all()}, _write_points
        ),
        _children("fits", _fits, _read_fits, _write_fits),
    )

    def values(self, entry: Entry) -> dict[str, Any]:
        """The sheet; steps and points may cite sources too."""
        found = super().values(entry)
        words = " ".join([step["text"] for step in found["steps"]] + list(found["points"].values()))
        wrong = rich_text.malformed_citations(words)
        wrong += [f"[@{code}]" for code in rich_text.citations(words) if code not in self.known(SOURCES)]
        if wrong:
            reason = RejectReason.UNKNOWN_REFERENCE
            raise Fault(entry.line_of(wrong[0]), f"source inconnue ou citation mal écrite : {wrong[0]}", reason)
        return found

    def texts(self, entry: Entry) -> dict[str, Any]:
        """One rich text for each section; Fault when a section is missing, unknown, twice there or empty."""
        before, *parts = _HEADING.split(entry.body)
        if before.strip():
            raise Fault(entry.line_of(before.strip().splitlines()[0]), "texte avant la première section « ## »")
        found = [(title.replace("\u2019", "'"), words) for title, words in zip(parts[::2], parts[1::2], strict=True)]
        for title, words in found:
            if title not in SECTIONS:
                raise Fault(entry.line_of(f"## {title}"), f"section inconnue : « {title} »")
            if not words.strip():
                raise Fault(entry.line_of(f"## {title}"), f"section vide : « {title} »")
        titles = [title for title, _ in found]
        missing = [title for title in SECTIONS if titles.count(title) != 1]
        if missing:
            raise Fault(entry.line, f"section absente ou en double : « {missing[0]} »", RejectReason.MISSING_VALUE)
        return {SECTIONS[title]: rich_text.from_markdown(words) for title, words in found}

    def text_fields(self) -> tuple[str, ...]:
        return tuple(SECTIONS.values())
