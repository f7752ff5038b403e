"""Lists as files for spreadsheets: what a cell of a workbook holds."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from guide.core.exports import xlsx_blocks


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (date(1899, 12, 31), "1899-12-31"),
        (date(1, 1, 1), "0001-01-01"),
        (datetime(1850, 5, 4, 3, 2), "1850-05-04 03:02:00"),
        (date(1900, 1, 1), datetime(1900, 1, 1)),
        (datetime(1900, 3, 1, 3, 2), datetime(1900, 3, 1, 3, 2)),
        (date(9999, 12, 31), datetime(9999, 12, 31)),
    ],
)
def test_a_day_that_spreadsheets_do_not_count_is_a_text(value, held):
    content = b"".join(xlsx_blocks("Structures", ["ouverture"], [[value]]))
    assert load_workbook(io.BytesIO(content)).active["A2"].value == held
