"""Which figures of a content file stand without a source. Pure.

Rule: a paragraph, a list item or a table row that holds a figure cites its source (`[@code]`); a list or a table
may share the citation of the paragraph that introduces it and ends with a colon. A year, a date, a law, a code, a
telephone number and an hour are not figures; a heading is repeated by the text below it. A number in letters is one
from eleven up, and a smaller one where it counts establishments: "two doors" are no statistics, "three clinics" are.
"""

import re
from typing import NamedTuple

CITATION = re.compile(r"\[@[a-z0-9-]+\]")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
NUMBERED = r"secteur|articles?|art\.|loi n°|décret n°|n°|avenant|annexe|formulaire|cerfa|type|niveau|grade"
NAMED = "santé|sud|est|nord|ouest|sdis|samu|smur|cpam|cdom|urps|a"
# What holds digits and is no measured figure, in the order in which it is taken out.
SAFE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\]\([^)]*\)",  # the address of a link
        r"https?://\S+",
        r"«[^»]*»",  # the name of a plan or of an evening
        rf"\b(?:1er|\d{{1,2}})(?: (?:{MONTHS}))(?: \d{{4}})?\b",
        rf"\b(?:1er|\d{{1,2}}) au (?:1er|\d{{1,2}}) (?:{MONTHS})(?: \d{{4}})?\b",
        r"\b(?:19|20)\d{2}(?:[-–](?:19|20)?\d{2})?\b(?!\s?(?:€|%|habitants|médecins))",
        rf"\b(?:{NUMBERED})\s?[A-Z]?\.?\s?\d[\w.-]*",
        r"\b[LRD]\.? ?\d[\d-]*\b",  # an article of a code
        r"\b0\d(?:[ .]?\d{2}){4}\b|\b(?:15|112|3\d{3})\b(?= *[(:,.]|$)",  # telephone
        r"\bau 15\b",  # the number of the emergency doctors
        r"\b\d{1,2} ?h(?: ?\d{2})?\b",  # an hour of the day
        r"^\s*\d+\.\s",  # the rank of a list item
        rf"\b(?:{NAMED})[ -]?\d{{1,3}}\b",  # a name with the department in it
        r"\((?:\d{2}|2A|2B)\)",  # the code of a department
        r"\b\d+(?:er|ère|e|ème)s?\b",  # a rank
        r"\b[A-Za-z]+\d+\w*\b|\b\d+[A-Za-z]\w*\b",  # a name
    )
)
LARGE = "onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cents?|mille|milliers?"
ABOUT = "(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines? d[e']"  # and no fortnight
SMALL = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix"
ESTABLISHMENTS = (
    "hôpitaux|cliniques|maisons de santé|centres de santé|laboratoires|équipes mobiles|lycées|musées|gares|facultés|"
    "résidences|groupements"
)
FIGURE = re.compile(rf"\d|\b(?:{LARGE})\b|\b{ABOUT}|\b(?:{SMALL}) (?:{ESTABLISHMENTS})\b", re.IGNORECASE)
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


class Bare(NamedTuple):
    """A figure without a source: line of the block (from 1 in the text) and its words."""

    line: int
    text: str


def bare_figures(markdown: str) -> list[Bare]:
    """Blocks of a Markdown text that hold a figure and cite nothing."""
    found: list[Bare] = []
    covered = False  # whether the paragraph that introduces the next list or table cites a source
    for line, block in _blocks(markdown):
        is_part = bool(ITEM.match(block)) or block.lstrip().startswith("|")
        cites = bool(CITATION.search(block))
        if not is_part:
            covered = cites and CITATION.sub("", block).rstrip(" .\u00a0").endswith(":")
        if holds_figure(block) and not cites and not (is_part and covered) and not block.startswith("#"):
            found.append(Bare(line, block[:160]))
    return found


def holds_figure(text: str) -> bool:
    """Whether a number is left once what is no figure is taken out."""
    text = CITATION.sub("", text)
    for pattern in SAFE:
        text = pattern.sub(" ", text)
    return bool(FIGURE.search(text))


def _blocks(markdown: str):
    """(line, text) of each paragraph, list item with its continuation, heading and table row."""
    start, block = 0, ""
    for number, line in enumerate(markdown.splitlines(), 1):
        alone = not line.strip() or line.startswith("#") or line.lstrip().startswith("|") or ITEM.match(line)
        if alone and block:
            yield start, block
            block = ""
        if line.strip():
            start = start if block else number
            block = f"{block} {line.strip()}" if block else line.rstrip()
    if block:
        yield start, block
