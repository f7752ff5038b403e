"""Reader of the ways to practise: one Markdown sheet each, its sections, its steps, points and answers."""

import re
from typing import Any

from aids.vocabulary import Mode
from guide.core import rich_text
from guide.core.enums import RejectReason
from guide.core.imports.content.keys import Key, choice, codes, integer, plain, text
from guide.core.imports.content.reader import Entry, Fault
from guide.editorial.enums import Answer, Criterion, Family
from guide.editorial.importers.texts import COMMON, PRACTICE, SOURCES, TextReader
from guide.editorial.models import PracticeOption
from guide.editorial.models.practice import MAX_WEIGHT
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
    return sorted(found, key=_rank)


def _rank(fit: dict) -> int:
    return Answer.values.index(fit["answer"])


def _children(relation: str, parse, read, rows, *, name: str = "") -> Key:
    """A key whose value is in child rows, replaced whole once the option has a primary key.

    `read` gives the value of the list of the rows there are, `rows` the columns of the rows to make of a value.
    """

    def write(option: PracticeOption, found) -> None:
        children = getattr(option, relation)
        children.all().delete()
        children.bulk_create(children.model(option=option, **columns) for columns in rows(found))

    return Key(name or relation, parse, lambda option: read(getattr(option, relation).all()), write, late=True)


def _columns(names, children) -> list[dict]:
    return [{name: getattr(child, name) for name in names} for child in children]


class PracticeReader(TextReader):
    """`exercer/*.md`."""

    path = PRACTICE
    model = PracticeOption
    prefetched = (*TextReader.prefetched, "kinds", "steps", "points", "fits")
    keys = (
        *COMMON,
        plain("family", choice(Family), required=True),
        plain("position", integer(0, 999), required=True),
        plain("simulator_mode", choice(Mode)),
        _children(
            "kinds",
            lambda raw: sorted({choice(Kind)(code) for code in codes()(raw)}),
            lambda children: sorted(child.kind for child in children),
            lambda found: [{"kind": kind} for kind in found],
            name="structure_kinds",
        ),
        _children(
            "steps",
            _steps,
            lambda children: _columns(_STEP, children),
            lambda found: [step | {"position": position} for position, step in enumerate(found, 1)],
        ),
        _children(
            "points",
            _points,
            lambda children: {child.criterion: child.text for child in children},
            lambda found: [{"criterion": criterion, "text": words} for criterion, words in found.items()],
        ),
        _children("fits", _fits, lambda children: sorted(_columns(_FIT, children), key=_rank), list),
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
