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
