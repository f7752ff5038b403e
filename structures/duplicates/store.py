"""The suspected pairs as the command finds them again; editors dismiss them by structures/actions.py."""

from django.db import transaction

from guide.core.enums import Status
from guide.core.french import plural
from structures.duplicates.rule import Facts, suspected
from structures.models import DuplicatePair, Structure

BATCH = 1000


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
    pairs = suspected(facts())
    known = {(pair.first_id, pair.second_id): pair for pair in DuplicatePair.objects.all()}
    gone = [pair.pk for key, pair in known.items() if key not in pairs]
    for start in range(0, len(gone), BATCH):
        DuplicatePair.objects.filter(pk__in=gone[start : start + BATCH], dismissed_at=None).delete()
    changed = []
    for key, pair in known.items():
        if key in pairs and pair.reason != _text(pairs[key]):
            pair.reason = _text(pairs[key])
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["reason"], batch_size=BATCH)
    new = [key for key in pairs if key not in known]
    made = (
        DuplicatePair(first_id=first, second_id=second, reason=_text(pairs[first, second])) for first, second in new
    )
    DuplicatePair.objects.bulk_create(made, batch_size=BATCH)
    return DuplicatePair.objects.filter(dismissed_at=None).count(), len(new)


def told(suspected_pairs: int, new: int) -> str:
    """What a search found, in words."""
    pairs = plural(suspected_pairs, "paire suspecte", "paires suspectes")
    return f"{pairs}, dont {plural(new, 'nouvelle')}."


def _text(reasons: list[str]) -> str:
    return "\u00a0; ".join(reasons)[:400]
