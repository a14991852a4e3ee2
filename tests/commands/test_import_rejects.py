"""Rows set aside: the workbook they are written to, corrected and fed back; what is remembered of a layout."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import Collect

LIST = """Sharma Traders
Outstanding as on 31-Mar-2026

Customer,Invoice No,Invoice Date,Due Date,Amount
Mehta Hardware,INV-1,05/01/2026,04/02/2026,1000.00
Mehta Hardware,INV-2,13/02/2026,15/03/2026,12x0
Kapoor & Co,INV-3,06/03/2026,05/04/2026,700.00
"""
GROUPED = """Particulars,Bill No,Date,Due Date,Amount
Mehta Hardware,,,,
,INV-1,2026-01-05,2026-02-04,1000.00
,INV-2,2026-02-13,2026-03-15,none
Kapoor & Co,,,,
,INV-3,2026-03-06,2026-04-05,700.00
"""
AMBIGUOUS = "Customer,Invoice No,Due Date,Sum to pay\nMehta,INV-1,05/04/2026,10\nKapoor,INV-2,06/04/2026,20\n"


def write(collect: Collect, text: str, name: str = "list.csv") -> Path:
    path = collect.book.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(collect: Collect, path: Path, *options: object, code: int = 0) -> dict[str, Any]:
    run = collect("import", "ledger", path, "--format", "json", *options)
    assert run.code == code, run.stderr
    found: dict[str, Any] = run.json
    return found


def test_rows_set_aside_go_to_a_workbook_and_come_back_corrected(collect: Collect) -> None:
    collect("book", "init").check()
    path, aside = write(collect, LIST), collect.book.parent / "aside.xlsx"
    facts = imported(collect, path, "--partial", "--rejects", aside, code=1)
    assert (facts["imported"], facts["rejected"], facts["rejects_file"]) == (2, 1, str(aside))
    book = load_workbook(aside)
    sheet = book["set aside"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][0] == "Outstanding as on 31-Mar-2026"
    header = rows.index(["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", None, None, None, None])
    line = sheet[header + 2]
    assert [cell.value for cell in line][:2] == ["Mehta Hardware", "INV-2"]
    assert [cell.value for cell in line][6:] == ["row 6 of csv", "Amount: not an amount", "write it like 1234.50"]
    assert [cell.fill.fgColor.rgb[-6:] for cell in line if cell.fill.patternType] == ["FFC7CE"]
    line[4].value = 1250
    book.save(aside)
    facts = imported(collect, aside)
    assert (facts["imported"], facts["as_of"], facts["vanished"]) == (1, "2026-03-31", 0)
    shown = collect("item", "show", "INV-2", "--format", "json").check().json["items"]["rows"]
    assert [(row["due_on"], row["open"]) for row in shown] == [("2026-03-15", "1250.00")]
    collect("import", "ledger", aside, "--full").check(code=2, stderr="no complete list")


def test_a_row_below_its_party_comes_back_with_the_party_in_it(collect: Collect) -> None:
    collect("book", "init").check()
    aside = collect.book.parent / "aside.xlsx"
    imported(collect, write(collect, GROUPED), "--partial", "--rejects", aside, code=1)
    book = load_workbook(aside)
    sheet = book.active
    assert sheet is not None
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row}
    cells["none"].value = 250
    book.save(aside)
    facts = imported(collect, aside)
    assert (facts["imported"], facts["accounts"]) == (1, 0)
    rows = collect("aging", "--by", "item", "--format", "json").check().json["rows"]
    assert ("Mehta Hardware", "INV-2", "250.00") in [(row["name"], row["number"], row["open"]) for row in rows]


def test_nothing_is_written_where_no_row_is_set_aside_or_nobody_asked(collect: Collect) -> None:
    collect("book", "init").check()
    aside = collect.book.parent / "aside.xlsx"
    good = write(collect, LIST.replace("12x0", "1200"))
    assert imported(collect, good, "--rejects", aside)["rejects_file"] is None
    assert not aside.exists()
    run = collect("import", "ledger", write(collect, LIST, "bad.csv")).check(code=6)
    assert "--rejects FILE.xlsx" in run.stderr
    collect("import", "ledger", good, "--rejects", "aside.csv").check(code=2, stderr="ends in .xlsx")


def test_what_was_said_of_a_layout_is_used_again(collect: Collect) -> None:
    collect("book", "init").check()
    path = write(collect, AMBIGUOUS)
    collect("import", "ledger", path).check(code=6, stderr="--map")
    said = ("--map", "amount=Sum to pay", "--dates", "dmy", "--profile", "shop list")
    facts = imported(collect, path, *said)
    assert (facts["imported"], facts["remembered"]) == (2, "")
    collect("import", "ledger", path, *said).check(stdout="nothing new in list.csv")
    facts = imported(collect, write(collect, AMBIGUOUS.replace("INV-2", "INV-9"), "next.csv"))
    told = "read as before, by the profile 'shop list': --dates dmy --map amount=\"Sum to pay\""
    assert (facts["imported"], facts["unchanged"], facts["remembered"]) == (1, 1, told)
    rows = collect("import", "profiles", "--format", "json").check().json["rows"]
    assert [(row["profile"], row["said"], row["file"]) for row in rows] == [
        ("shop list", '--dates dmy --map amount="Sum to pay"', "next.csv")
    ]


def test_what_is_said_now_stands_over_what_was_said_before(collect: Collect) -> None:
    collect("book", "init").check()
    path = write(collect, AMBIGUOUS.replace("Sum to pay", "Amount"))
    imported(collect, path, "--dates", "dmy")
    collect("item", "show", "INV-1", "--format", "json").check(stdout="2026-04-05")
    facts = imported(collect, path, "--dates", "mdy")
    assert facts["remembered"] == ""
    collect("item", "show", "INV-1", "--format", "json").check(stdout="2026-05-04")


def test_a_profile_is_forgotten(collect: Collect) -> None:
    collect("book", "init").check()
    path = write(collect, AMBIGUOUS.replace("Sum to pay", "Amount"))
    imported(collect, path, "--dates", "dmy", "--profile", "shop list")
    collect("import", "profiles", "--forget", "shop", "--dry-run").check(code=4, stderr="no such profile: shop")
    collect("import", "profiles", "--forget", "shop list").check(stdout="forgot the profile 'shop list'")
    collect("import", "profiles").check(stdout="no file was imported yet")
    collect("import", "ledger", path).check(code=6, stderr="--dates")
    collect("book", "check").check()


def test_one_name_stands_for_one_layout(collect: Collect) -> None:
    collect("book", "init").check()
    imported(collect, write(collect, AMBIGUOUS.replace("Sum to pay", "Amount")), "--dates", "dmy", "--profile", "a")
    other = write(collect, LIST.replace("12x0", "1200"), "other.csv")
    collect("import", "ledger", other, "--profile", "a").check(code=2, stderr="another layout has that name: a")


@pytest.mark.parametrize(
    ("option", "value"), [("--dates", "ymd"), ("--decimal", ";"), ("--layout", "pivot"), ("--type", "doc")]
)
def test_an_option_knows_its_values(collect: Collect, option: str, value: str) -> None:
    collect("book", "init").check()
    collect("import", "ledger", write(collect, LIST), option, value).check(code=2, stderr=value)


@pytest.mark.parametrize("width", ["80", "140"])
def test_the_preview_shows_mapping_totals_and_changes_at_any_width(collect: Collect, width: str) -> None:
    collect("book", "init").check()
    good = write(collect, LIST.replace("12x0", "1200"))
    imported(collect, good)
    path = write(collect, LIST.replace("12x0", "1200").replace("700.00", "650.00").replace("INV-1", "INV-8"))
    run = collect("import", "ledger", path, "--dry-run", env={"COLUMNS": width}).check()
    for told in ("3 read: 1 new, 1 updated, 1 unchanged", "2,850.00", "Invoice Date", "05/01/2026", "INV-1"):
        assert told in run.stdout, told
    assert "dry run: nothing was changed" in run.stdout
    assert run.stdout.startswith("would import list.csv\n")
    assert all(len(line) <= int(width) for line in run.stdout.splitlines())


def test_cells_of_every_kind_stand_in_the_workbook_as_they_were(collect: Collect) -> None:
    """A day with its time, a long number, a yes or no, and more rows than the screen shows."""
    collect("book", "init").check()
    source = Workbook()
    sheet = source.active
    assert sheet is not None
    sheet.append(["Customer", "Invoice No", "Invoice Date", "Amount", "Paid on account", "Ref", "Checked"])
    sheet.append(["Mehta", "INV-0", datetime(2026, 3, 1), 100, None, 1, True])  # noqa: DTZ001 - Excel has no zones
    for number in range(1, 26):
        sheet.append(["Mehta", f"INV-{number}", datetime(2026, 3, 1, 12), "soon", None, 12345678901234567, False])  # noqa: DTZ001 - Excel has no zones
    path, aside = collect.book.parent / "list.xlsx", collect.book.parent / "aside.xlsx"
    source.save(path)
    run = collect("import", "ledger", path, "--partial", "--rejects", aside).check(code=1)
    assert "5 more cells of rows set aside: --format json lists them all" in run.stdout
    found = load_workbook(aside)["set aside"]
    assert found.max_row == 26
    line = [cell.value for cell in found[2]]
    assert line[2:4] == [datetime(2026, 3, 1, 12), "soon"]  # noqa: DTZ001 - Excel has no zones
    assert (str(line[5])[:15], line[6]) == ("123456789012345", False)


def test_a_large_list_makes_its_indexes_after_the_load(collect: Collect) -> None:
    collect("book", "init").check()
    lines = [f"Shop {number % 400},INV-{number},2026-01-05,2026-02-04,{number}.50" for number in range(1, 1502)]
    facts = imported(collect, write(collect, "Customer,Invoice No,Invoice Date,Due Date,Amount\n" + "\n".join(lines)))
    assert (facts["imported"], facts["accounts"]) == (1501, 400)
    assert facts["control"][0]["open"] == f"{sum(range(1, 1502)) + 1501 // 2}.50"
    collect("book", "check").check()
    shown = collect("item", "show", "INV-1500", "--format", "json").check().json["postings"]["rows"]
    assert [(one["kind"], one["amount"], one["effective_on"]) for one in shown] == [
        ("invoice", "1500.50", "2026-01-05")
    ]


def test_a_blank_customer_that_no_sum_proves_says_how_to_fill_down(collect: Collect) -> None:
    """Were bill 2 Mehta's, the sum below would be 300.00."""
    rows = ["Party,Bill No,Bill Date,Amount", "Mehta,1,2026-01-25,100", ",2,2026-01-26,200", ",,,301"]
    rows += ["Patel,3,2026-01-26,50", ",,,50"]
    Path("bills.csv").write_text("\n".join(rows), encoding="utf-8")
    collect("book", "init").check()
    found = collect("import", "ledger", "bills.csv", "--format", "json").check(code=6).json["rejects"]["rows"]
    assert (found[0]["row"], found[0]["reason"]) == (3, "no customer")
    assert "Go To Special, Blanks" in found[0]["suggestion"]
