"""What hangs on a structure (modes, staff, stops, groups, coverage) as plain lists that can be merged and stored.

Values: modes [code]; staff [[slug, label, headcount]]; stops [[commune pk, place, schedule]];
groups [[reference, is_support]]; coverage [INSEE codes], or ["kind:code"] for one existing territory.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment
from structures.importers.areas import write_coverage
from structures.models import Membership, StaffMember, Stop, Structure, StructureMode, StructureSource

Lists = dict[int, dict[str, list]]


def read_lists(keys: Iterable[int]) -> Lists:
    """Lists of these structures, by primary key; `groups` as [[sorted aliases of the group, is_support]]."""
    keys = list(keys)
    found: Lists = {pk: {name: [] for name in ("modes", "staff", "stops", "groups", "coverage")} for pk in keys}
    for pk, mode in StructureMode.objects.filter(structure__in=keys).order_by("mode").values_list("structure", "mode"):
        found[pk]["modes"].append(mode)
    staff = StaffMember.objects.filter(structure__in=keys).order_by("speciality")
    for pk, *member in staff.values_list("structure", "speciality", "label", "headcount"):
        found[pk]["staff"].append(member)
    stops = Stop.objects.filter(structure__in=keys).order_by("commune", "place")
    for pk, *stop in stops.values_list("structure", "commune", "place", "schedule"):
        found[pk]["stops"].append(stop)
    for pk, group, support in Membership.objects.filter(member__in=keys).values_list("member", "group", "is_support"):
        found[pk]["groups"].append([group, support])
    _name_groups(found)
    for pk, kind, code, area in (
        Structure.objects.filter(pk__in=keys, coverage__isnull=False)
        .order_by()
        .values_list("pk", "coverage__kind", "coverage__code", "coverage")
    ):
        found[pk]["coverage"] = _communes(area) if kind == TerritoryKind.CPTS_AREA else [f"{kind}:{code}"]
    return found


def _name_groups(found: Lists) -> None:
    groups = {group for lists in found.values() for group, _ in lists["groups"]}
    names = aliases(groups)
    for lists in found.values():
        lists["groups"] = [[sorted(names[group]), support] for group, support in lists["groups"]]


def aliases(keys: Iterable[int]) -> dict[int, set[str]]:
    """Every reference by which a list may name these structures: identifiers, FINESS number, slug."""
    names = defaultdict(set)
    for pk, finess, slug in Structure.objects.filter(pk__in=keys).values_list("pk", "finess", "slug"):
        names[pk].update(name for name in (finess, slug) if name)
    for pk, name in StructureSource.objects.filter(structure__in=keys).values_list("structure", "external_id"):
        names[pk].add(name)
    return names


def resolve(references: Iterable[str]) -> dict[str, int]:
    """Primary keys of the structures that these references name; those that name nothing are left out."""
    references = list(references)
    found = dict(Structure.objects.filter(slug__in=references).values_list("slug", "pk"))
    found.update(
        StructureSource.objects.filter(external_id__in=references)
        .order_by("-pk")
        .values_list("external_id", "structure")
    )
    found.update(Structure.objects.filter(finess__in=references).values_list("finess", "pk"))
    return found


def group_references(current: list, offered: list) -> list:
    """Groups of a structure in the words of the file: [[aliases, support]] -> [[reference, support]]."""
    wanted = {reference for reference, _ in offered}
    return sorted([next((n for n in names if n in wanted), names[0]), support] for names, support in current)


def write_lists(structure: Structure, changes: Mapping[str, Any]) -> None:
    """Replace the lists that changed, but for the groups, which may not exist yet."""
    if "modes" in changes:
        structure.modes.all().delete()
        StructureMode.objects.bulk_create(StructureMode(structure=structure, mode=m) for m in changes["modes"])
    if "staff" in changes:
        structure.staff.all().delete()
        StaffMember.objects.bulk_create(
            StaffMember(structure=structure, speciality=slug, label=label, headcount=headcount)
            for slug, label, headcount in changes["staff"]
        )
    if "stops" in changes:
        structure.stops.all().delete()
        Stop.objects.bulk_create(
            Stop(structure=structure, commune_id=commune, place=place, schedule=schedule)
            for commune, place, schedule in changes["stops"]
        )
    if "coverage" in changes:
        write_coverage(structure, changes["coverage"])


def write_groups(wanted: Mapping[int, list]) -> None:
    """Set the groups of structures: {member pk: [[reference, is_support]]}; all references exist by now."""
    keys = resolve({reference for groups in wanted.values() for reference, _ in groups})
    Membership.objects.filter(member__in=wanted).delete()
    Membership.objects.bulk_create(
        Membership(member_id=member, group_id=keys[reference], is_support=support)
        for member, groups in wanted.items()
        for reference, support in groups
    )


def _communes(area: int) -> list[str]:
    """INSEE codes of the communes of a territory, in order."""
    links = Containment.objects.filter(outer=area, inner__kind=TerritoryKind.COMMUNE)
    return sorted(links.annotate(code=F("inner__code")).values_list("code", flat=True))
