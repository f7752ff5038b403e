from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.imports.cells import BadCell, email, number, one_of, several, url, whole, words, yes_no
from structures.enums import Kind
from structures.importers import lists, wording
from structures.importers.finess import CATEGORIES
from structures.importers.finess_files import insee_code


@pytest.mark.parametrize(
    ("capitals", "commune", "readable"),
    [
        ("MSP DE LA CHATRE", "La Châtre", "MSP de La Châtre"),
        (
            "CENTRE DE SANTE INFIRMIER CROIX ROUGE FRANCAISE",
            "Tours",
            "Centre de santé infirmier Croix Rouge Française",
        ),
        ("CH SAINT AMAND-MONTROND", "Saint-Amand-Montrond", "CH Saint-Amand-Montrond"),
        ("SELAS BIO CENTRE SITE D ISSOUDUN", "Issoudun", "SELAS Bio centre site d'Issoudun"),
        ("UNITE DE DIALYSE ST DOULCHARD", "Saint-Doulchard", "Unité de dialyse Saint-Doulchard"),
        ("CPTS SUD 28", "Châteaudun", "CPTS Sud 28"),
        ("RESIDENCE JEAN XXIII", "Tours", "Résidence Jean XXIII"),
        ("MSP LES AIX D ANGILLON", "Les Aix-d'Angillon", "MSP Les Aix-d'Angillon"),
        ("Maison de santé des Bords de Loire", "Tours", "Maison de santé des Bords de Loire"),
    ],
)
def test_names_are_written_in_readable_french(capitals, commune, readable):
    assert wording.readable_name(capitals, commune) == readable


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (
            ("0012", "B", "R", "DE L'ANCIENNE ECOLE NORMALE", "BP 381"),
            "12 bis rue de l'Ancienne École Normale, BP 381",
        ),
        (("", "", "LD", "BEL AIR", ""), "Lieu-dit Bel Air"),
        (("900", "", "RTE", "DE PARIS", ""), "900 route de Paris"),
        (("5", "C", "BD", "PASTEUR", "CS 11021"), "5 C boulevard Pasteur, CS 11021"),
        (("", "", "", "", "LE BOURG"), "Le Bourg"),
        (("", "", "", "", ""), ""),
    ],
)
def test_addresses_are_spelled_out(parts, line):
    assert wording.address_line(*parts) == line


@pytest.mark.parametrize(
    ("line", "known", "code"),
    [
        ("36400 LA CHATRE", ("36400",), "36400"),
        ("36019 CHATEAUROUX CEDEX", ("36000",), "36000"),
        ("37044 TOURS CEDEX 9", ("37000", "37100"), "37044"),
        ("LA CHATRE", ("36400",), ""),
    ],
)
def test_a_cedex_code_gives_way_to_the_only_code_of_the_commune(line, known, code):
    assert wording.postal_code(line, known) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0254000000", "02 54 00 00 00"),
        ("+33 (0)2.54.00.00.00", "02 54 00 00 00"),
        ("0033254000000", "02 54 00 00 00"),
        ("116117", "116117"),
        ("15", "15"),
        ("0000000000", ""),
        ("12345", ""),
        ("", ""),
    ],
)
def test_phones_are_grouped_by_two(text, number):
    assert wording.phone(text) == number


@given(st.text(max_size=40))
def test_wording_never_fails(text):
    wording.readable_name(text, "La Châtre")
    wording.address_line(text, text, text, text, text)
    wording.postal_code(text, ("36000",))
    wording.phone(text)


@given(st.text(max_size=20))
def test_a_cell_is_read_or_rejected(text):
    for parse in (
        lists.partial_date,
        lists.end_date,
        lists.staff,
        lists.groups,
        lists.degrees,
        yes_no,
        url,
        email,
        number,
        whole(0, 10),
        one_of(words(Kind)),
        several(words(Kind)),
    ):
        with suppress(BadCell):
            parse(text)


@pytest.mark.parametrize(
    ("department", "commune", "code"),
    [
        ("36", "046", "36046"),
        ("2A", "004", "2A004"),
        ("9D", "411", "97411"),
        ("9A", "127", "97127"),
        ("36", "36046", "36046"),
    ],
)
def test_insee_codes_are_put_together(department, commune, code):
    assert insee_code(department, commune) == code


def test_psychiatric_maisons_de_sante_are_not_msp():
    assert CATEGORIES["161"][0] != CATEGORIES["603"][0]
    assert not CATEGORIES.keys() & {"620", "500", "156", "696", "697"}
