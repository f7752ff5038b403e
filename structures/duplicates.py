"""Structures that may be the same one twice: a rule that can be explained, and the pairs that the command finds by it.

Two structures of the same kind in the same commune are suspected when one of these holds, and the reason says which:
the same SIRET, the same telephone, the same address (number and street), or names that share most of their own words.
The words that name the kind, and those of the commune, are nobody's own. Editors dismiss pairs (actions.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from guide.core.enums import Status
from guide.core.french import NBSP, fold, plural
from structures.contact import digits
from structures.models import DuplicatePair, Structure

# Words of the names that say what a structure is, or nothing: "maison de santé pluriprofessionnelle de la".
COMMON_WORDS = frozenset(
    {
        "a", "ambulatoire", "association", "au", "aux", "cabinet", "centre", "chez", "clinique",
        "communautaire", "communaute", "coordonne", "coordonnes", "cpts", "d", "de", "des", "du", "en",
        "equipe", "esp", "et", "groupe", "hopital", "hospitalier", "hospitaliere", "ifac", "l", "la",
        "laboratoire", "le", "les", "maison", "medical", "medicale", "msp", "mspu", "municipal", "par",
        "pluridisciplinaire", "pluriprofessionnel", "pluriprofessionnelle", "pole", "polyclinique",
        "polyvalent", "pour", "primaires", "professionnel", "professionnelle", "professionnels", "sante",
        "scm", "selarl", "sisa", "site", "soin", "soins", "sur", "territoire", "territoriale", "universitaire",
    }
)  # fmt: skip
SHARED_WORDS = 0.6  # of all the words of both names
STREETS = {"av": "avenue", "bd": "boulevard", "bld": "boulevard", "pl": "place", "r": "rue", "rte": "route"}
BATCH = 1000


@dataclass(frozen=True)
class Facts:
    """What the rule reads of a structure; `commune` and `kind` are compared as they are."""

    pk: int
    kind: str
    commune: int
    name: str
    commune_name: str
    phone: str = ""
    siret: str = ""
    address: str = ""

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The words of its name that neither its kind nor its commune gives it."""
        return frozenset(fold(self.name).split()) - COMMON_WORDS - frozenset(fold(self.commune_name).split())


def street(address: str) -> str:
    """An address folded, its abbreviations spelt; empty where it has no number, for a whole street is no proof."""
    words = [STREETS.get(word, word) for word in fold(address).split()]
    return " ".join(words) if words and words[0].isdigit() else ""


def reasons(one: Facts, other: Facts) -> list[str]:
    """Why the two may be the same, in French; empty when nothing says so."""
    if (one.kind, one.commune) != (other.kind, other.commune):
        return []
    found = []
    if (siret := digits(one.siret)) and siret == digits(other.siret):
        found.append(f"même SIRET{NBSP}: {one.siret}")
    if (phone := digits(one.phone)) and phone == digits(other.phone):
        found.append(f"même téléphone{NBSP}: {one.phone}")
    if (address := street(one.address)) and address == street(other.address):
        found.append(f"même adresse{NBSP}: {one.address}")
    shared = one.own_words & other.own_words
    if shared and len(shared) >= SHARED_WORDS * len(one.own_words | other.own_words):
        found.append(f"noms proches{NBSP}: {', '.join(sorted(shared))}")
    elif not one.own_words and not other.own_words:
        found.append("noms sans mot propre, même type, même commune")
    return found


def suspected(structures: Iterable[Facts]) -> dict[tuple[int, int], list[str]]:
    """Every suspected pair with its reasons, the smaller key first."""
    groups: dict[tuple[str, int], list[Facts]] = {}
    for one in sorted(structures, key=lambda facts: facts.pk):
        groups.setdefault((one.kind, one.commune), []).append(one)
    pairs = {}
    for group in groups.values():
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                if why := reasons(one, other):
                    pairs[one.pk, other.pk] = why
    return pairs


def facts() -> list[Facts]:
    """What the rule reads, of every structure that is not archived."""
    rows = Structure.objects.exclude(status=Status.ARCHIVED).order_by()
    columns = ("pk", "kind", "commune", "name", "commune__name", "phone", "siret", "address")
    return [Facts(*values) for values in rows.values_list(*columns).iterator(chunk_size=BATCH)]


@transaction.atomic
def find() -> tuple[int, int]:
    """Look at every structure again; returns how many pairs are suspected, and how many of them are new.

    What an editor has dismissed stays so, with the reasons of now. A pair that nothing holds together any more goes.
    """
    reasons = {pair: "\u00a0; ".join(why)[:400] for pair, why in suspected(facts()).items()}
    known = {(first, second): pk for pk, first, second in DuplicatePair.objects.values_list("pk", "first", "second")}
    gone = [pk for pair, pk in known.items() if pair not in reasons]
    DuplicatePair.objects.filter(pk__in=gone, dismissed_at=None).delete()
    DuplicatePair.objects.bulk_create(
        (DuplicatePair(first_id=first, second_id=second, reason=why) for (first, second), why in reasons.items()),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["reason"],
    )
    return DuplicatePair.objects.filter(dismissed_at=None).count(), len(reasons.keys() - known.keys())


def told(suspected_pairs: int, new: int) -> str:
    """What a search found, in words."""
    pairs = plural(suspected_pairs, "paire suspecte", "paires suspectes")
    return f"{pairs}, dont {plural(new, 'nouvelle')}."
