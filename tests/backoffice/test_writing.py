"""The recipe of a write: its order, what takes it back, and how little stands between it and an admin page."""

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied

from guide.backoffice import actions, writing
from guide.backoffice.life_cycle import TRANSITIONS
from guide.backoffice.models import Action, Version
from guide.backoffice.writing import RECIPE, Check, Stop, Write, write_sheets
from guide.core import content_version
from guide.core.enums import Status
from structures.actions import save_structure
from structures.models import Structure
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory, UserFactory

MOST_BASES = 5


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_at_most_five_classes_of_ours_stand_above_a_page_and_one_writes_its_forms(model):
    page = type(admin.site._registry[model])
    ours = [base for base in page.__mro__[1:] if base.__module__.split(".")[0] in ("guide", "structures", "aids")]
    assert len(ours) <= MOST_BASES
    said = [base for base in ours if "changeform_view" in vars(base)]
    assert len(said) <= 1
    assert not any("save_related" in vars(base) for base in [page, *ours])


def test_the_steps_are_taken_in_the_order_of_the_recipe():
    names = [step.__name__ for step in RECIPE]
    assert names == [
        "lock_and_read",
        "stay_in_perimeter",
        "begin_checks",
        "merge_conflict",
        "validate",
        "save",
        "stay_in_perimeter",
        "keep_versions",
        "take_step",
        "end_checks",
        "raise_content_version",
    ]


@pytest.fixture
def structure(db):
    return StructureFactory(name="MSP des Tilleuls", status=Status.DRAFT)


def rename(structure: Structure, by, **asked) -> Write:
    """A write that gives the structure another name."""

    def save() -> None:
        sheet = Structure.objects.get(pk=structure.pk)
        sheet.name = "MSP des Ormes"
        save_structure(sheet=sheet, by=by)

    return Write(model=Structure, keys=[structure.pk], by=by, save=save, **asked)


def test_a_write_leaves_a_version_takes_its_step_and_raises_the_content_version(structure):
    before, editor = content_version.current(), UserFactory()
    assert write_sheets(rename(structure, editor, step=TRANSITIONS["publish"])) is None
    structure.refresh_from_db()
    assert (structure.name, structure.status) == ("MSP des Ormes", Status.PUBLISHED)
    assert [v.action for v in Version.objects.of(Structure, structure.pk)] == [Action.STATUS, Action.CHANGE]
    assert content_version.current() != before


class Refusing(Check):
    """Lets nothing pass, and remembers what it saw."""

    seen: list[str] = []

    def before(self):
        self.seen.append(Structure.objects.get().name)

    def after(self):
        self.seen.append(Structure.objects.get().name)
        return Stop(["non"])


def test_a_registered_check_sees_before_and_after_and_takes_everything_back(structure, monkeypatch):
    monkeypatch.setattr(writing, "_checks", {Structure: [Refusing]})
    monkeypatch.setattr(Refusing, "seen", [])
    before = content_version.current()
    stop = write_sheets(rename(structure, UserFactory()))
    assert stop.messages == ["non"]
    assert Refusing.seen == ["MSP des Tilleuls", "MSP des Ormes"]
    structure.refresh_from_db()
    assert structure.name == "MSP des Tilleuls"
    assert not Version.objects.exists()
    assert content_version.current() == before


def test_a_step_from_a_list_that_a_check_refuses_says_so_and_moves_nothing(structure, monkeypatch):
    monkeypatch.setattr(writing, "_checks", {Structure: [Refusing]})
    assert actions.move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=UserFactory()).messages == ["non"]
    structure.refresh_from_db()
    assert structure.status == Status.DRAFT


def test_a_write_outside_the_perimeter_is_refused_whoever_asks_for_it(structure):
    editor = EditorFactory(territories=[DepartmentFactory(code="36")])
    asked = (
        lambda: write_sheets(rename(structure, editor)),
        lambda: actions.move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=editor),
        lambda: actions.mark_verified(sheets=Structure.objects.all(), by=editor),
        lambda: actions.delete_sheets(sheets=Structure.objects.all(), by=editor),
    )
    for ask in asked:
        with pytest.raises(PermissionDenied, match="hors de votre périmètre"):
            ask()
    structure.refresh_from_db()
    assert (structure.name, structure.status, structure.verified_on) == ("MSP des Tilleuls", Status.DRAFT, None)


def test_a_sheet_does_not_leave_the_perimeter_by_a_write(structure):
    indre = DepartmentFactory(code="36", name="Indre")
    editor = EditorFactory(territories=[indre])
    Structure.objects.update(commune=TerritoryFactory(inside=[indre]))
    structure.refresh_from_db()

    def move_away() -> None:
        Structure.objects.update(commune=TerritoryFactory())

    asked = Write(model=Structure, keys=[structure.pk], by=editor, save=move_away, outside=lambda names: Stop([names]))
    assert write_sheets(asked).messages == ["Indre"]
    assert Structure.objects.get().commune == structure.commune
