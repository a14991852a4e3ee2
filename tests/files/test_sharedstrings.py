"""Texts of a workbook that stand once and are referred to by number: put in their place, or refused."""

from typing import Any

import pytest

from collect.errors import InputRefused
from collect.files.readers import read
from tests.files import make
from tests.files.make import number, row, string, text


def cells(content: bytes) -> list[list[Any]]:
    """All rows of a workbook, read in this process."""
    return list(read("zip", content).rows("Ledger", range(10)).values())


STRING_TABLES = {
    "plain": "<si><t>a</t></si><si><t/></si><si><t xml:space='preserve'> b </t></si>",
    "rich": "<si><t>a</t></si><si/><si><r><t xml:space='preserve'> b</t></r><r><t xml:space='preserve'> </t></r></si>",
    "escaped": "<si><t>a</t></si><si><t></t></si><si><t xml:space='preserve'>&#32;b </t></si>",
    "spaced": "<si><t>a</t></si ><si ><t></t></si><si><t xml:space='preserve'> b </t></si>",
}


@pytest.mark.parametrize("table", STRING_TABLES.values(), ids=STRING_TABLES)
@pytest.mark.parametrize(
    "also", ["", '<c r="D1" t="s" s="0"><v>2</v></c>', '<c r="D1" t="str"><f>A1</f><v> b </v></c>']
)
def test_shared_strings_are_put_in_their_place(table: str, also: str) -> None:
    rows = row(1, string("A1", 0), string("B1", 1), string("C1", 2) + also) + row(2, string("A2", 2), number("B2", "7"))
    parts = make.parts({"Ledger": make.worksheet(rows)}, strings=["x"])
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{make.MAIN}">{table}</sst>'
    last = [" b "] if also else []
    assert cells(make.packed(parts)) == [["a", None, " b ", *last], [" b ", 7.0, None, *[None for _ in last]]]


@pytest.mark.parametrize("at", [-1, 3, 99])
@pytest.mark.parametrize("cell", ['<c r="A1" t="s"><v>%d</v></c>', '<c r="A1" t="s" s="0"><v>%d</v></c>'])
def test_a_string_number_there_is_none_of_is_refused(at: int, cell: str) -> None:
    with pytest.raises(InputRefused, match="the workbook is damaged"):
        cells(make.xlsx(row(1, cell % at), strings=["a", "b", "c"]))


@pytest.mark.parametrize("beside", ["", text("B1", "Asha")])
def test_a_reference_that_is_no_number_is_refused(beside: str) -> None:
    with pytest.raises(InputRefused, match="a cell refers to a text that is not there"):
        cells(make.xlsx(row(1, '<c r="A1" t="s"><v>x</v></c>' + beside), strings=["a"]))


@pytest.mark.parametrize("cell", ['<c r="B1" t="d"><v>1</v></c>', "<c r='B1' t='str'><f>C1</f><v>1</v></c>"])
def test_a_text_that_is_no_reference_is_not_taken_for_one(cell: str) -> None:
    assert cells(make.xlsx(row(1, string("A1", 0) + cell), strings=["a", "b"])) == [["a", "1"]]
