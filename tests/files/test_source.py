"""A file opened by its name: what it is, what may be asked of it, and what is said when it cannot be."""

import hashlib
import io
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest

from collect.errors import DiskTrouble, InputRefused, NotFound, WrongUsage
from collect.files import child, grid
from collect.files.ahead import ahead
from collect.files.cells import Findings
from collect.files.frames import receive, send
from collect.files.grid import Grid, letters, pack, unpack
from collect.files.process import RemoteShelf
from collect.files.sharing import Shared
from collect.files.source import open_source
from tests.files import make
from tests.files.make import number, row, text

STYLES = make.number_formats("dd/mm/yyyy")
ROWS = row(1, text("A1", "Name"), text("B1", "Due"), text("C1", "Amount"))
ROWS += "".join(
    row(at, text(f"A{at}", f"C{at % 3}"), number(f"B{at}", str(46113 + at % 5), 1), number(f"C{at}", f"{at}.5"))
    for at in range(2, 602)
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.xls"
    path.write_bytes(make.xlsx(ROWS, styles=STYLES))
    return path


def put(tmp_path: Path, content: bytes, name: str = "ledger.xlsx") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


def test_a_workbook_answers_by_columns_and_rows_whatever_it_is_called(ledger: Path) -> None:
    with open_source(str(ledger)) as source:
        assert source.kind == "xlsx"
        assert source.name == str(ledger)
        assert source.digest == hashlib.sha256(ledger.read_bytes()).hexdigest()
        assert [(sheet.name, sheet.rows, sheet.columns) for sheet in source.sheets] == [("Ledger", 601, 3)]
        assert source.top("Ledger", 2) == [["Name", "Due", "Amount"], ["C2", date(2026, 4, 3), 2.5]]
        amounts, names = source.columns("Ledger", [2, 0], 1)
        assert amounts == [at + 0.5 for at in range(2, 602)]
        assert len({id(name) for name in names}) == 3
        assert source.columns("Ledger", [1], 600) == [[date(2026, 4, 2)]]
        assert source.columns("Ledger", [9], 600) == [[None]]
        assert source.rows("Ledger", [600, 7, 999]) == {
            7: ["C2", date(2026, 4, 4), 8.5],
            600: ["C1", date(2026, 4, 2), 601.5],
        }
        assert not source.findings("Ledger").errors
        assert source.warnings == []


def test_the_reading_process_ends_with_the_source(ledger: Path) -> None:
    source = open_source(str(ledger))
    assert source.warnings == []
    assert isinstance(source._shelf, RemoteShelf)
    process = source._shelf._process
    assert process.poll() is None
    source.close()
    assert process.poll() is not None


def test_a_file_is_not_read_before_it_is_asked(ledger: Path) -> None:
    with open_source(str(ledger)) as source:
        assert len(source.digest) == 64
        assert "_shelf" not in vars(source)


def answers(monkeypatch: pytest.MonkeyPatch, content: bytes, *requests: tuple[object, ...]) -> io.BytesIO:
    """What the reading process answers, done in this process."""
    asked, answered = io.BytesIO(), io.BytesIO()
    send(asked, ("zip", len(content), 5.0))
    asked.write(content)
    for request in requests:
        send(asked, request)
    asked.seek(0)
    monkeypatch.setattr(sys, "stdin", Mock(buffer=asked))
    monkeypatch.setattr(sys, "stdout", Mock(buffer=answered))
    monkeypatch.setattr("collect.files.limits.confine", lambda _seconds: None)
    monkeypatch.setattr("gc.disable", lambda: None)
    child.main()
    answered.seek(0)
    return answered


def test_the_reading_process_answers_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = make.xlsx(ROWS, styles=STYLES)
    asked = (("columns", "Ledger", [0], 599), ("rows", "Ledger", [1]), ("findings", "Ledger"))
    answered = answers(monkeypatch, content, *asked)
    assert receive(answered) == ("value", ("xlsx", [("Ledger", True, 601, 3)], []))
    kind, columns = receive(answered)
    assert (kind, unpack(columns[0], Shared())) == ("part", ["C0", "C1"])
    assert receive(answered) == ("value", None)
    assert unpack(receive(answered)[1][1], Shared()) == ["C2", date(2026, 4, 3), 2.5]
    assert receive(answered)[1] == Findings().wire()
    assert receive(answered) == ()


@pytest.mark.parametrize("error", [InputRefused("needs too much memory", "do"), MemoryError()])
def test_a_refusal_comes_through_the_process(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collect.files.readers.read", Mock(side_effect=error))
    answered = answers(monkeypatch, b"x")
    kind, message, hint = receive(answered)
    assert kind == "refused"
    assert "needs too much memory" in message
    assert hint


def test_errors_and_signs_come_through_the_process(tmp_path: Path) -> None:
    rows = row(1, number("A1", "5", 1), '<c r="B1" t="e"><v>#N/A</v></c>')
    with open_source(put(tmp_path, make.xlsx(rows, styles=make.number_formats('0.00" Cr"')))) as source:
        found = source.findings("Ledger")
        assert (found.errors, found.signs) == ({(0, 1): "#N/A"}, {0: {0: -1}})


def test_a_text_file_is_read_without_a_process(tmp_path: Path) -> None:
    with open_source(put(tmp_path, b"Name,Amount\nAsha,5\n,6\n")) as source:
        assert (source.kind, source.sheets[0].name, source.sheets[0].rows) == ("csv", "csv", 3)
        assert source.columns("csv", [1, 0], 1) == [["5", "6"], ["Asha", None]]
        assert source.top("csv") == [["Name", "Amount"], ["Asha", "5"], [None, "6"]]


DISGUISES = {
    "html as xls": (b"\xef\xbb\xbf <html><table><tr><td>Name</td></tr></table></html>", "ledger.xls", "html"),
    "tsv as xls": (b"Name\tAmount\nAsha\t5\n", "ledger.xls", "tsv"),
    "csv as xlsx": (b"Name,Amount\nAsha,5\n", "ledger.xlsx", "csv"),
    "xls as csv": (make.xls(make.record(0x203, bytes(14))), "ledger.csv", "xls"),
    "ods as xlsx": (make.ods("<table:table-row><table:table-cell/></table:table-row>"), "ledger.xlsx", "ods"),
    "xml as xls": (
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="A"/></Workbook>',
        "ledger.xls",
        "xml2003",
    ),
}


@pytest.mark.parametrize(("content", "name", "kind"), DISGUISES.values(), ids=DISGUISES)
def test_the_bytes_decide_what_it_is(tmp_path: Path, content: bytes, name: str, kind: str) -> None:
    with open_source(put(tmp_path, content, name)) as source:
        assert source.kind == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"\x89PNG\r\n", "a picture"),
        (b'{"a": 1}', "this is JSON"),
        (b"SQLite format 3\0", "a database"),
        (b"\x09\x04\x06\x00\x00\x00", "older than Excel 5"),
        (b"MIME-Version: 1.0\n", "a web archive"),
        (b"<ENVELOPE><TALLYMESSAGE/></ENVELOPE>", "Tally's XML"),
        (b"<?xml version='1.0'?><rss/>", "no Excel sheet"),
        (bytes(range(200, 256)) + b"\0\0\1\0", "no workbook or csv"),
        (b"PK\3\4rubbish", "cut off or damaged"),
    ],
)
def test_what_is_no_sheet_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason) as refused, open_source(put(tmp_path, content)) as source:
        source.top("Ledger")
    assert refused.value.hint


def test_a_file_that_is_not_there_or_not_ours_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound, match="no such file"):
        open_source(str(tmp_path / "none.xlsx"))
    with pytest.raises(NotFound, match="a folder, not a file"):
        open_source(str(tmp_path))

    def deny(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", deny)
    with pytest.raises(DiskTrouble, match="no permission to read"):
        open_source("ledger.xlsx")
    monkeypatch.setattr("builtins.open", lambda *_: (_ for _ in ()).throw(OSError()))
    with pytest.raises(DiskTrouble, match="cannot be read"):
        open_source("ledger.xlsx")


def test_stdin_needs_a_type_that_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUsage, match="type of what comes on stdin"):
        open_source("-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a|b\tc\n")))
    with open_source("-", type="tsv") as source:
        assert source.top("csv") == [["a|b", "c"]]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n")))
    with pytest.raises(InputRefused, match="this is no xlsx file"):
        open_source("-", type="xlsx")
    with pytest.raises(WrongUsage, match="no such type of file: dbf"):
        open_source("-", type="dbf")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collect.files.limits.WORKBOOK_BYTES", 100)
    with pytest.raises(InputRefused, match="the file is larger than 0 MB"):
        open_source(put(tmp_path, make.xlsx(ROWS)))
    monkeypatch.setattr("collect.files.limits.TEXT_BYTES", 5)
    with pytest.raises(InputRefused, match="the file is larger than 0 MB"):
        open_source(put(tmp_path, b"a,b\n1,2\n"))


def test_a_wide_sheet_and_a_busy_column_name() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_cells_travel_unchanged() -> None:
    shared = Shared()
    for values in (
        ["a", None, "a"],
        [1.0, 1, True, None],
        [date(2026, 4, 1)] * 3,
        [date(2026, 4, 1), None, "31/04/2026", 5.0],
    ):
        there = unpack(pack(values), shared)
        assert there == values
        assert [type(each) for each in there] == [type(each) for each in values]


def test_texts_are_shared_until_nearly_all_are_new() -> None:
    often, seldom = Shared(), Shared()
    for start in range(0, 40_000, 1_000):
        rows = range(start, start + 1_000)
        again = often.of([f"C{at % 900}" for at in rows])
        ever_new = seldom.of([f"S{at}" for at in rows])
    assert again[0] is often.of(["C" + str(39_000 % 900)])[0]
    assert ever_new == [f"S{at}" for at in range(39_000, 40_000)]
    assert seldom.of(["S" + str(1)])[0] is not seldom.of(["S" + str(1)])[0]


def test_work_ahead_stops_when_nobody_waits() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for each in range(1_000):
            made.append(each)
            yield each

    for each in ahead(numbers()):
        if each == 3:
            break
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(1)
    assert len(made) < 10


def test_what_goes_wrong_ahead_is_raised_here() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise InputRefused("broken")

    found: list[int] = []
    with pytest.raises(InputRefused, match="broken"):
        found.extend(ahead(broken()))


def test_a_long_sheet_is_packed_and_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "LIVE_CELLS", 900)
    monkeypatch.setattr(grid, "BLOCK_ROWS", 200)
    sheet = Grid("Ledger")
    for start in (0, 1_000):
        sheet.add([[f"C{at % 3}", float(at), ""] for at in range(start, start + 700)], start, 1)
    found: list[list[object]] = [[], [], []]
    for parts in sheet.column_parts([0, 1, 2], 150):
        for column, part in zip(found, parts, strict=True):
            column.extend(part)
    assert (sheet.height, sheet.width) == (1_700, 4)
    assert found[0] == [None] * 1_550
    assert found[1][:3] + found[1][549:551] + found[1][-1:] == ["C0", "C1", "C2", "C0", None, "C1"]
    assert found[2] == [*map(float, range(150, 700)), *[None] * 300, *map(float, range(1_000, 1_700))]
    assert sheet.rows([1_699, 800, 0]) == {
        0: [None, "C0", 0.0, None],
        800: [None] * 4,
        1_699: [None, "C1", 1_699.0, None],
    }
