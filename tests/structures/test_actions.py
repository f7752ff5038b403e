import pytest

from guide.backoffice.actions import move
from guide.backoffice.life_cycle import TRANSITIONS
from guide.core import content_version
from guide.core.enums import Status
from guide.core.models import SlugRedirect
from structures.actions import save_structure
from structures.enums import CoordinateSource
from structures.models import Structure
from tests.factories import StructureFactory, TerritoryFactory, UserFactory
from tests.writes import save_by_recipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory()


def test_a_saved_structure_is_found_by_its_new_name(editor):
    structure = StructureFactory(commune=TerritoryFactory(name="La Châtre"))
    structure.name = "Maison de santé de l'Œuvre"
    save_structure(sheet=structure, by=editor)
    assert list(Structure.objects.matching("oeuvre chatre")) == [structure]


def test_a_saved_structure_names_its_authors(editor):
    structure = StructureFactory.build(commune=TerritoryFactory())
    save_structure(sheet=structure, by=editor)
    other = UserFactory()
    save_structure(sheet=structure, by=other)
    structure.refresh_from_db()
    assert (structure.created_by, structure.updated_by) == (editor, other)


def test_a_write_raises_the_content_version(editor):
    structure = StructureFactory()
    before = content_version.current()
    save_by_recipe(structure, editor)
    assert content_version.current() != before


def test_former_addresses_lead_to_the_last_one_and_a_slug_taken_again_leads_nowhere(editor):
    structure = StructureFactory(slug="un")
    for slug in ("deux", "trois", "un"):
        structure.slug = slug
        save_structure(sheet=structure, by=editor)
    redirects = dict(SlugRedirect.objects.filter(kind="structure").values_list("old_slug", "new_slug"))
    assert redirects == {"deux": "un", "trois": "un"}


def test_a_position_moved_without_a_word_is_one_placed_by_hand(editor):
    structure = StructureFactory()
    structure.latitude += 0.01
    save_structure(sheet=structure, by=editor)
    assert structure.coordinate_source == CoordinateSource.HAND


def test_a_position_moved_with_its_origin_keeps_it(editor):
    structure = StructureFactory()
    structure.latitude += 0.01
    structure.coordinate_source = CoordinateSource.ADDRESS
    save_structure(sheet=structure, by=editor)
    assert structure.coordinate_source == CoordinateSource.ADDRESS


def test_sheets_published_together_are_counted_once(editor):
    draft, _published = StructureFactory(status=Status.DRAFT), StructureFactory()
    assert move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=editor) == 1
    draft.refresh_from_db()
    assert (draft.status, draft.updated_by) == (Status.PUBLISHED, editor)
