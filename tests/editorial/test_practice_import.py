"""The reader of the ways to practise: a whole sheet, each defect with its line, what an editor changed kept."""

import pytest

from guide.core.imports.content.importer import FOLDER, ContentImporter
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.editorial.importers.lists import ReferenceReader
from guide.editorial.importers.practice import SECTIONS, PracticeReader
from guide.editorial.models import PracticeOption

pytestmark = pytest.mark.django_db
HEAD = """---
title: Rejoindre une MSP
summary: 'Une équipe\u00a0: la plus complète.'
family: coordonne
position: 5
structure_kinds:
  - msp
simulator_mode: msp
steps:
  - title: Visiter
    text: Une journée [@indre-2022].
    duration: un jour
  - title: Adhérer
points:
  statut: Libéral
  equipe: Grande
fits:
  - answer: statut-liberal
    weight: 1
    reason: On y est libéral.
  - answer: equipe-seul
    weight: -2
    reason: On y est nombreux.
---
"""
BODY = "\n".join(f"## {title}\n\nTexte de la section [@indre-2022].\n" for title in SECTIONS)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "exercer").mkdir()
    (tmp_path / "sources.yaml").write_text(
        "- {code: indre-2022, title: Guide, label: 'Indre, vers 2022', year: vers 2022}"
    )
    return tmp_path


def deliver(folder, text=HEAD + BODY, name="msp"):
    (folder / "exercer" / f"{name}.md").write_text(text, encoding="utf-8")
    importer = ContentImporter(Delivery(files={FOLDER: folder}), [ReferenceReader, PracticeReader])
    return run_import(importer, apply=True, accept_fewer=True)[1]


def test_a_sheet_becomes_a_published_option_with_all_its_rows(folder):
    assert deliver(folder).created == 2
    option = PracticeOption.objects.live().get(slug="msp")
    assert option.summary == "Une équipe\u00a0: la plus complète."
    assert all("Texte de la section" in getattr(option, field) for field in SECTIONS.values())
    assert "##" not in option.body
    assert [(s.title, s.duration) for s in option.steps.all()] == [("Visiter", "un jour"), ("Adhérer", "")]
    assert {p.criterion: p.text for p in option.points.all()} == {"statut": "Libéral", "equipe": "Grande"}
    assert {f.answer: f.weight for f in option.fits.all()} == {"statut-liberal": 1, "equipe-seul": -2}
    assert [k.kind for k in option.kinds.all()] == ["msp"]


def test_a_second_time_changes_nothing(folder):
    deliver(folder)
    report = deliver(folder)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)


def test_what_an_editor_changed_is_kept_and_the_rest_follows(folder):
    deliver(folder)
    option = PracticeOption.objects.get()
    option.points.filter(criterion="statut").update(text="Salarié")
    option.title = "Entrer en MSP"
    option.save()
    report = deliver(
        folder, (HEAD + BODY).replace("position: 5", "position: 6").replace("statut: Libéral", "statut: Autre")
    )
    option.refresh_from_db()
    assert option.position == 6
    assert option.title == "Entrer en MSP"
    assert option.points.get(criterion="statut").text == "Salarié"
    assert {kept.field for kept in report.kept} == {"title", "points"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("family: coordonne", "family: autre", 4, "n'est pas dans la liste"),
        ("family: coordonne\n", "", 1, "family : valeur obligatoire absente"),
        ("simulator_mode: msp", "simulator_mode: fusee", 8, "n'est pas dans la liste"),
        ("  - msp", "  - chateau", 6, "n'est pas dans la liste"),
        ("weight: 1", "weight: 7", 17, "de -2 à 2"),
        ("weight: 1", "weight: 0", 17, "un poids qui n'est pas 0"),
        ("answer: equipe-seul", "answer: statut-liberal", 17, "une réponse ne compte qu'une fois"),
        ("answer: equipe-seul", "reponse: x", 17, "clé inconnue"),
        ("  - title: Adhérer", "  - text: Adhérer", 9, "chaque étape a un titre"),
        ("  statut: Libéral", "  couleur: bleu", 14, "n'est pas dans la liste"),
        ("  statut: Libéral", "  statut: ''", 14, "chaque critère cité a son texte"),
        ("journée [@indre-2022]", "journée [@inconnue]", 11, "source inconnue"),
        ("## Pour qui", "## Pour tous", 29, "section inconnue"),
        ("## Pour qui\n\nTexte de la section [@indre-2022].\n", "", 1, "section absente"),
        ("## Pour qui\n\nTexte de la section [@indre-2022].\n", "## Pour qui\n", 29, "section vide"),
        ("## Ce que c'est", "Un mot.\n\n## Ce que c'est", 25, "texte avant la première section"),
    ],
)  # fmt: skip
def test_a_defect_leaves_the_sheet_out_and_says_where(folder, old, new, line, message):
    text = (HEAD + BODY).replace(old, new, 1)
    assert text != HEAD + BODY
    report = deliver(folder, text)
    assert [(reject.line, reject.identifier) for reject in report.rejects] == [(line, "exercer/msp.md")]
    assert message in report.rejects[0].message
    assert not PracticeOption.objects.exists()


def test_a_curly_apostrophe_in_a_heading_is_the_same_heading(folder):
    assert not deliver(folder, HEAD + BODY.replace("c'est", "c\u2019est")).rejects
