"""What a command finds on its desk: the day, the rows asked for, a question where there is somebody to answer."""

import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from collect import folders
from collect.desk import Desk, limited, ordered
from collect.errors import WrongUsage
from collect.views.sheet import Column, Sheet

Row = tuple[object, ...]
COLUMNS = (
    Column("name", "Name"),
    Column("due_on", "Due on", "date"),
    Column("days", "Days", "int"),
    Column("rate", "Rate", "number"),
    Column("currency", "Cur"),
    Column("open", "Open", "money"),
    Column("reasons", "Reasons", "list"),
)
ASHA: Row = ("asha", date(2026, 3, 1), 31, "9.5", "INR", 50_000, [])
RAVI: Row = ("Ravi", date(2026, 2, 1), 59, "10", "USD", 90_000, [])
BALA: Row = ("Bala", None, None, None, "INR", 70_000, [])
SHEET = Sheet("test", "Test", COLUMNS, (ASHA, RAVI, BALA))


def desk(**given: object) -> Desk:
    made = Desk()
    for name, value in given.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("", [ASHA, RAVI, BALA]),
        ("name", [ASHA, BALA, RAVI]),
        ("-name", [RAVI, BALA, ASHA]),
        ("due_on", [RAVI, ASHA, BALA]),
        ("Due on", [RAVI, ASHA, BALA]),
        ("-due-on", [ASHA, RAVI, BALA]),
        ("days", [RAVI, ASHA, BALA]),
        ("-days", [ASHA, RAVI, BALA]),
        ("rate", [RAVI, ASHA, BALA]),
        ("open", [BALA, ASHA, RAVI]),
        ("-open", [ASHA, BALA, RAVI]),
    ],
)
def test_rows_are_ordered_by_a_column_empty_cells_last_and_money_within_its_currency(
    by: str, expected: list[object]
) -> None:
    assert list(ordered(SHEET, by).rows) == expected


@pytest.mark.parametrize("by", ["nothing", "reasons"])
def test_a_column_that_cannot_be_sorted_by_is_refused_with_those_that_can(by: str) -> None:
    with pytest.raises(WrongUsage, match=f"no such column: {by}") as refused:
        ordered(SHEET, by)
    assert refused.value.hint == "use one of: name, due_on, days, rate, currency, open"


@pytest.mark.parametrize("once", [False, True])
def test_a_limit_leaves_rows_out_and_counts_them(once: bool) -> None:
    def sheet() -> Sheet:
        rows = (ASHA, RAVI, BALA)
        return Sheet("test", "Test", COLUMNS, iter(rows) if once else rows, more=4)

    assert list(limited(sheet(), 2).rows) == [ASHA, RAVI]
    assert limited(sheet(), 2).more == 5
    assert limited(sheet(), 9).more == 4
    assert limited(sheet(), None).more == 4


def test_rows_to_ask_for() -> None:
    assert Desk().rows() is None
    assert Desk().rows(25) == 25
    assert desk(limit=3).rows(25) == 3
    assert desk(limit=0).rows(25) is None


def test_the_day_and_the_moment_are_read_as_typed() -> None:
    assert desk(today="2026-03-31").given_day() == date(2026, 3, 31)
    assert desk(now="2026-03-31T09:30").given_moment() == datetime(2026, 3, 31, 9, 30)  # noqa: DTZ001 - the book adds the office's zone
    assert Desk().given_day() is None
    assert Desk().given_moment() is None


def test_a_format_and_a_file_that_differ_are_refused(tmp_path: Path) -> None:
    asked = desk(format="json", output=str(tmp_path / "x.csv"))
    with pytest.raises(WrongUsage, match="--format json and --output"):
        asked.show(SHEET)


def test_nobody_is_asked_off_a_terminal() -> None:
    assert Desk().need("given", "--amount", "How much") == "given"
    with pytest.raises(WrongUsage, match="cannot ask here: How much") as refused:
        Desk().need(None, "--amount", "How much")
    assert refused.value.hint == "pass --amount"


def test_nobody_is_asked_where_input_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda question, **_: f"answer to {question}")
    assert Desk().need(None, "--amount", "How much") == "answer to How much"
    monkeypatch.setenv("COLLECT_NO_INPUT", "1")
    with pytest.raises(WrongUsage):
        Desk().need(None, "--amount", "How much")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG is for the other systems")
def test_folders_follow_the_xdg_specification(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert folders.default_book() == Path("/srv/data/collect/book.db")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert folders.default_book() == tmp_path / ".local/share/collect/book.db"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert folders.state() == tmp_path / ".local/state/collect"


@pytest.mark.parametrize(
    ("platform", "book", "log"),
    [
        ("win32", "local/collect/book.db", "local/collect"),
        ("darwin", "Library/Application Support/collect/book.db", "Library/Logs/collect"),
    ],
)
def test_folders_follow_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, book: str, log: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setattr(sys, "platform", platform)
    assert folders.default_book() == tmp_path / book
    assert folders.state() == tmp_path / log
