"""Text files: delimiters, encodings, quotes that swallow rows, and what only looks like text."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.errors import InputRefused
from collect.files import delimited
from collect.files.delimited import TextShelf
from collect.files.source import open_source
from collect.files.textform import delimiter_of

HEADER = ["Customer", "Invoice", "Due", "Amount"]
LEDGER = [HEADER, ["Asha", "007", "01/04/2026", "1,23,456.50"], ["Müller €", "8", "02/04/2026", "-5"]]


def rows(content: bytes | str, kind: str = "") -> list[list[Any]]:
    shelf = TextShelf(content.encode() if isinstance(content, str) else content, kind)
    return list(shelf.rows("csv", range(1000)).values())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_every_delimiter_in_every_encoding(delimiter: str, encoding: str, ending: str, quoting: Any) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(LEDGER)
    shelf = TextShelf(made.getvalue().encode(encoding))
    assert list(shelf.rows("csv", range(9)).values()) == LEDGER
    assert shelf.kind == ("tsv" if delimiter == "\t" else "csv")
    assert any("Windows-1252" in warning for warning in shelf.warnings) == (encoding == "cp1252")


def test_hindi_survives() -> None:
    assert rows("नाम,राशि\nआशा,₹ 5\n") == [["नाम", "राशि"], ["आशा", "₹ 5"]]
    assert rows("नाम,राशि\nआशा,₹ 5\n".encode("utf-16")) == [["नाम", "राशि"], ["आशा", "₹ 5"]]


def test_a_stated_separator_is_taken_and_its_line_is_blank() -> None:
    assert rows("sep=;\r\na;b,c\r\n1;2\r\n") == [[None, None], ["a", "b,c"], ["1", "2"]]


def test_decimal_commas_do_not_make_a_comma_the_delimiter() -> None:
    assert delimiter_of(b"Name;Betrag\nA;1.234,50\nB;2,00\n", "utf-8") == ";"
    assert rows("one\ntwo\n") == [["one"], ["two"]]
    assert rows("a|b\tc\n", "tsv") == [["a|b", "c"]]


def test_ragged_rows_are_kept_and_blanks_are_none() -> None:
    assert rows("a,b,c\n1\n\n1,2,3,4\n,,\n") == [
        ["a", "b", "c", None],
        ["1", None, None, None],
        [None] * 4,
        ["1", "2", "3", "4"],
        [None] * 4,
    ]


def test_an_address_over_several_lines_is_one_cell() -> None:
    content = 'name,address,city,amount\nAsha,"12, MG Road\nFort",Mumbai,5\nB,x,y,6\n'
    assert rows(content)[1] == ["Asha", "12, MG Road\nFort", "Mumbai", "5"]
    assert len(rows(content)) == 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('a,b,c\n1,"Asha,5\n2,Beta,6\n3,Gamma,7\n', 2),
        ('a,b,c\n1,x,2\n1,"Asha,5\n2,"Beta",6\n3,Gamma,7\n', 3),
        ('a,b,c\n1,"Asha,5\n2,Beta",6\n3,Gamma,7\n', 2),
        ('a,b,c\n1,"x\ny",2\n1,"Asha,5\n2,Beta",6\n', 4),
        ('sep=,\na,b,c\n1,"Asha,5\n2,Beta,6\n', 3),
        ('a\nb\n"c\nd\ne', 3),
        ('a\nb\n"c\nd\ne\n', 3),
    ],
)
def test_a_quote_that_swallows_rows_is_refused_with_its_line(content: str, line: int) -> None:
    with pytest.raises(InputRefused, match=f"a quote that is never closed: line {line}$"):
        rows(content)


def test_a_quote_inside_a_text_is_kept_and_said() -> None:
    shelf = TextShelf(b'item,amount\n"a 5" pipe",7\nb,8\n')
    assert shelf.rows("csv", [1])[1] == ['a 5 pipe"', "7"]
    assert shelf.warnings == ["quotes inside a text were kept as they stand"]


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(InputRefused, match="a cell of more than 131,072 characters"):
        rows("a,b\n1," + "x" * 200_000 + "\n")


FIXED = b"""OVERDUE REGISTER
LOAN NO   NAME    DUE DATE      AMOUNT
LN0123    RAMESH  05/03/2026  3,800.00
LN0456    SITA    05/04/2026    750.00
TOTAL                         4,550.00
"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,\x002\n", "zero bytes, so it is damaged or no text: line 2"),
        ("a,b\n1,\x00\n".encode("utf-16"), "zero bytes"),
        (b"a,b\n\x81\x8d,2\n", "unknown encoding"),
        (FIXED, "stand at fixed positions"),
        (b"\xff\xfea\0,\0b\0\n", "begins as UTF-16 and does not go on so"),
        (b"\xef\xbb\xbfa,b\n\xff,2\n", "begins as UTF-8 and"),
        (b"," * 20_000, "too many columns: 20,001"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        rows(content)


def test_cells_filled_up_with_blanks_are_not_at_fixed_positions() -> None:
    assert rows("a   ;  b   ;  c\n1   ;  2   ;  3\n4   ;  5   ;  6\n")[2] == ["4   ", "  5   ", "  6"]


def test_the_guard_against_formulas_comes_off_again() -> None:
    assert rows('name,phone\n\'=cmd,\'+9122\n\'quoted\',O\'Brien\n"=""00123""",="45"\n\'\uff1d1,\'\n') == [
        ["name", "phone"],
        ["=cmd", "+9122"],
        ["'quoted'", "O'Brien"],
        ["00123", "45"],
        ["\uff1d1", "'"],
    ]


@pytest.mark.parametrize("last", ["", '"8999",C4,\n'])
def test_equal_texts_are_shared(last: str) -> None:
    """In rows that are cut at the delimiter, and in rows that are parsed because one has quotes."""
    shelf = TextShelf(
        "".join(f"{number},C{number % 7},\n" for number in range(9_000 - bool(last))).encode() + last.encode()
    )
    found: list[list[Any]] = [[], [], []]
    for part in shelf.column_parts("csv", [0, 1, 2], 100):
        for column, values in zip(found, part, strict=True):
            column.extend(values)
    assert found[0] == [str(number) for number in range(100, 9_000)]
    assert found[1] == [f"C{number % 7}" for number in range(100, 9_000)]
    assert found[2] == [None] * 8_900
    assert shelf.rows("csv", [8_999, 9_000, 1]) == {1: ["1", "C1", None], 8_999: ["8999", "C4", None]}
    assert len({id(value) for value in found[1]}) == 7


def test_a_long_text_is_let_go_of_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_KEPT_BYTES", 100)
    path = tmp_path / "ledger.csv"
    path.write_text("".join(f"S{at},{at}.00\n" for at in range(50)), encoding="utf-8")
    with open_source(str(path)) as opened:
        assert opened.columns("csv", [1], 48) == [["48.00", "49.00"]]
        assert opened.rows("csv", [0, 49]) == {0: ["S0", "0.00"], 49: ["S49", "49.00"]}
        assert opened.columns("csv", [0], 49) == [["S49"]]
        path.write_text("S0,1.00\n", encoding="utf-8")
        with pytest.raises(InputRefused, match="the file was changed while it was read"):
            opened.rows("csv", [0])


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_long_files_are_the_same_cut_or_parsed(start: str, end: str, quote: str) -> None:
    table = [["Invoice", "नाम", "Amount"], *([f"S{at}", f"Asha {at % 50}", f"{at}.50"] for at in range(20_000))]
    table[9_999][2] = f"{quote}7{quote}"
    shelf = TextShelf((start + end.join(map(",".join, table)) + end).encode())
    found: list[list[Any]] = [[], []]
    for part in shelf.column_parts("csv", [2, 1], 1):
        for column, values in zip(found, part, strict=True):
            column.extend(values)
    table[9_999][2] = "7"
    assert found == [[row[2] for row in table[1:]], [row[1] for row in table[1:]]]
    assert shelf.sheets[0].rows == 20_001
    assert shelf.rows("csv", [0, 20_000]) == {0: table[0], 20_000: table[20_000]}


@pytest.mark.parametrize(
    "content", ["a,b\n1,2\n", "a,b\r\n1,2", "a,b\r1,2\r", "a,b\n1,2\n\n", "a,b\n1,2,3\n", 'a,"b"\n1,2\n']
)
def test_rows_are_counted_as_they_are_read(content: str) -> None:
    shelf = TextShelf(content.encode())
    assert shelf.sheets[0].rows == sum(len(part[0]) for part in shelf.column_parts("csv", [0], 0))


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1), min_size=2),
        min_size=1,
    )
)
def test_what_is_written_by_rule_is_read_the_same(table: list[list[str]]) -> None:
    """Quoted fields of any text come back, whatever the detected delimiter has to get through."""
    made = io.StringIO()
    csv.writer(made, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    try:
        shelf = TextShelf(made.getvalue().encode(), "tsv")
    except InputRefused:
        return
    width = max(map(len, table))
    wanted = [[*line, *[None] * (width - len(line))] for line in table]
    if not any(cell[:1] in "'=" for line in table for cell in line):
        assert list(shelf.rows("csv", range(len(table))).values()) == wanted
