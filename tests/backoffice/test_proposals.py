"""A change proposed from outside the perimeter, and the editor who accepts or refuses it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from guide.backoffice import actions, proposals
from guide.backoffice.models import Proposal, ProposalState
from guide.core.enums import Status
from structures.actions import save_structure
from structures.models import Structure
from tests.aids.editing import posted
from tests.aids.factories import AidFactory
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
ADD = "admin:backoffice_proposal_add"
LIST = "admin:backoffice_proposal_changelist"


@pytest.fixture
def neighbour(db):
    return EditorFactory(territories=[DepartmentFactory(code="18", name="Cher")])


@pytest.fixture
def structure(indre):
    return StructureFactory(commune=TerritoryFactory(inside=[indre]), name="MSP de Vatan", phone="02 54 00 00 00")


def page(proposal) -> str:
    return reverse("admin:backoffice_proposal_change", args=[proposal.pk])


def propose(structure, **values) -> Proposal:
    return actions.propose(sheet=structure, values=values, contact="La MSP")


def test_an_editor_proposes_on_a_sheet_elsewhere_and_its_own_editor_accepts(client, structure, editor, neighbour):
    client.force_login(neighbour)
    found = client.get(reverse(ADD), {"q": "vatan"}).content.decode()
    assert f"?fiche=structures.structure.{structure.pk}" in found
    address = f"{reverse(ADD)}?fiche=structures.structure.{structure.pk}"
    assert parsed(client.get(address)).one('input[name="phone"]')["value"] == "02 54 00 00 00"
    shown = posted(client.get(address))
    values = shown | {"phone": "02 54 00 00 01", "explication": "Lu sur leur porte"}
    assert client.post(address, values).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.values, proposal.before) == ({"phone": "02 54 00 00 01"}, {"phone": "02 54 00 00 00"})
    assert client.post(page(proposal), {"champ-phone": "on", "accept": "1"}).status_code == 403
    client.force_login(editor)
    shown = parsed(client.get(page(proposal)))
    assert "Lu sur leur porte" in shown.text
    assert "02 54 00 00 01" in shown.texts("td ins")
    assert client.post(page(proposal), {"champ-phone": "on", "accept": "1"}).status_code == 302
    structure.refresh_from_db()
    proposal.refresh_from_db()
    assert (structure.phone, structure.updated_by) == ("02 54 00 00 01", editor)
    assert (proposal.state, proposal.decided_by) == (ProposalState.ACCEPTED, editor)
    assert "téléphone" in proposal.decision


def test_only_the_fields_that_are_ticked_are_written(client, structure, editor):
    proposal = propose(structure, phone="02 54 00 00 01", email="msp@exemple.fr")
    client.force_login(editor)
    client.post(page(proposal), {"champ-email": "on", "accept": "1"})
    structure.refresh_from_db()
    assert (structure.phone, structure.email) == ("02 54 00 00 00", "msp@exemple.fr")


def test_an_answer_to_a_yes_or_no_question_is_read_with_its_words(client, structure, editor):
    proposal = propose(structure, recruiting="true", welcomes_interns="unknown")
    assert proposal.values == {"recruiting": "true"}
    client.force_login(editor)
    assert "Oui" in parsed(client.get(page(proposal))).texts("td ins")
    client.post(page(proposal), {"champ-recruiting": "on", "accept": "1"})
    structure.refresh_from_db()
    assert (structure.recruiting, structure.welcomes_interns) == (True, None)


def test_a_refusal_changes_nothing_and_keeps_its_reason(client, structure, editor):
    proposal = propose(structure, phone="02 54 00 00 01")
    client.force_login(editor)
    client.post(page(proposal), {"refuse": "1", "motif": "Numéro du fax"})
    structure.refresh_from_db()
    proposal.refresh_from_db()
    assert (structure.phone, proposal.state, proposal.decision) == ("02 54 00 00 00", "refused", "Numéro du fax")
    answer = client.post(page(proposal), {"champ-phone": "on", "accept": "1"})
    assert "déjà décidé" in answer.content.decode()


def test_what_moved_since_is_said(client, structure, editor):
    proposal = propose(structure, phone="02 54 00 00 01")
    structure.phone = "02 54 00 00 09"
    save_structure(sheet=structure, by=editor)
    client.force_login(editor)
    shown = client.get(page(proposal)).content.decode()
    assert "02 54 00 00 09" in shown
    assert "Modifié depuis la proposition." in shown


def test_each_editor_reads_the_proposals_of_the_perimeter_and_their_own(client, structure, editor, neighbour):
    propose(structure, phone="02 54 00 00 01")
    elsewhere = actions.propose(sheet=StructureFactory(name="MSP ailleurs"), values={"phone": "1"}, by=editor)
    for user, names in ((editor, ["MSP de Vatan", "MSP ailleurs"]), (neighbour, [])):
        client.force_login(user)
        text = client.get(reverse(LIST)).content.decode()
        assert [name in text for name in ("MSP de Vatan", "MSP ailleurs")] == [bool(names)] * 2
    client.force_login(neighbour)
    assert client.get(page(elsewhere)).status_code == 404


@pytest.mark.parametrize(
    ("values", "message"),
    [({}, "Rien ne change"), ({"email": "pas une adresse"}, "valide"), ({"slug": "autre", "status": "draft"}, "Rien")],
)
def test_a_proposal_that_could_not_be_kept_is_refused(structure, values, message):
    with pytest.raises(ValidationError, match=message):
        propose(structure, **values)
    assert not Proposal.objects.exists()


def test_a_wrong_value_comes_back_at_its_field(client, structure, neighbour):
    client.force_login(neighbour)
    address = f"{reverse(ADD)}?fiche=structures.structure.{structure.pk}"
    response = client.post(address, proposals.texts_of(structure) | {"email": "pas une adresse"})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"email"}
    assert parsed(response).all(".errorlist")


@pytest.mark.parametrize(
    "key", ["structures.structure.99999", "structures.stop.1", "x", "structures.structure.x", ".."]
)
def test_only_published_sheets_are_proposed_on(client, neighbour, key):
    client.force_login(neighbour)
    assert client.get(reverse(ADD), {"fiche": key}).status_code == 404


def test_a_draft_elsewhere_is_not_found(client, structure, neighbour):
    Structure.objects.update(status=Status.DRAFT)
    client.force_login(neighbour)
    assert "MSP de Vatan" not in client.get(reverse(ADD), {"q": "vatan"}).content.decode()
    address = f"{reverse(ADD)}?fiche=structures.structure.{structure.pk}"
    assert client.get(address).status_code == 404


def test_the_words_of_an_aid_are_proposed_and_its_search_text_follows(editor):
    aid = AidFactory()
    proposal = actions.propose(sheet=aid, values={"summary": "Une prime à Châteauroux."}, by=editor)
    actions.accept(proposal=proposal, by=EditorFactory(role="region"), fields=["summary"])
    aid.refresh_from_db()
    assert aid.summary == "Une prime à Châteauroux."
    assert "chateauroux" in aid.search_text


def test_a_proposal_on_a_deleted_sheet_says_so(client, structure):
    proposal = propose(structure, phone="02 54 00 00 01")
    structure.delete()
    client.force_login(EditorFactory(role="region"))
    assert "supprimée" in client.get(page(proposal), follow=True).content.decode()
