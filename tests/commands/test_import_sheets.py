"""Workbooks with several ledgers: sheets of one kind are read together, others are named."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.conftest import Collect

Rows = Sequence[Sequence[str | float]]

HEAD = ("Customer", "Invoice", "Date", "Due date", "Amount")
NORTH = [("Mehta", "A-1", "2026-01-05", "2026-02-04", 1180.0), ("Mehta", "A-2", "2026-03-05", "2026-04-04", 500.0)]
SOUTH = [("Mehta", "B-1", "2026-03-21", "2026-04-20", 2360.25), ("Total", "", "", "", 2360.25)]


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook of sheets by name."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
    made.save(path)
    return path


def test_sheets_with_the_same_columns_are_one_ledger(collect: Collect, tmp_path: Path) -> None:
    """1,680.00 in the north and 2,360.25 in the south are 4,040.25; a bill corrected in the south is one update."""
    collect("book", "init").check()
    cover = [("Prepared for the bank",)]
    path = workbook(tmp_path / "areas.xlsx", {"Cover": cover, "North": [HEAD, *NORTH], "South": [HEAD, *SOUTH]})
    collect("import", "ledger", path, "--dry-run").check(stdout="North").check(stdout="South")
    facts = collect("import", "ledger", path, "--format", "json").check().json
    assert [tuple(one.values()) for one in facts["sheets"]["rows"]] == [("North", 2, "yes"), ("South", 1, "yes")]
    assert [one["amount"] for one in facts["control"]] == ["4040.25"]
    assert [one["place"] for one in facts["file_total"]] == ["South!E3 (Amount)"]
    collect("aging").check(stdout="4,040.25")
    less = [("Mehta", "B-1", "2026-03-21", "2026-04-20", 2000.0)]
    path = workbook(tmp_path / "areas.xlsx", {"North": [HEAD, *NORTH], "South": [HEAD, *less]})
    again = collect("import", "ledger", path, "--full", "--format", "json").check().json
    assert [again[key] for key in ("rows_read", "imported", "updated", "unchanged", "vanished")] == [3, 0, 1, 2, 0]
    collect("aging").check(stdout="3,680.00")


def test_a_ledger_with_other_columns_is_named_with_its_rows(collect: Collect, tmp_path: Path) -> None:
    collect("book", "init").check()
    other: Rows = [("Party", "Pending"), ("Zed", 75.0), ("Yak", 25.0)]
    path = workbook(tmp_path / "mixed.xlsx", {"Bills": [HEAD, *NORTH], "Cash sales": other})
    said = "sheet 'Cash sales' was not read: 2 rows below its header (--sheet)"
    run = collect("import", "ledger", path, "--format", "json").check()
    assert said in run.json["warnings"]
    left = "no: --sheet reads it alone"
    rows = [tuple(one.values()) for one in run.json["sheets"]["rows"]]
    assert rows == [("Bills", 2, "yes"), ("Cash sales", 2, left)]
    collect("import", "ledger", path, "--sheet", "Cash sales").check()
    collect("aging").check(stdout="1,780.00")


def test_two_lists_of_different_days_are_not_added_up(collect: Collect, tmp_path: Path) -> None:
    collect("book", "init").check()
    sheets: dict[str, Rows] = {day: [("Outstanding as on", day), HEAD, *NORTH] for day in ("2026-03-31", "2026-04-01")}
    path = workbook(tmp_path / "months.xlsx", sheets)
    hint = "choose the newest with --sheet"
    collect("import", "ledger", path).check(code=6, stderr="different days").check(code=6, stderr=hint)
    collect("import", "ledger", path, "--sheet", "2026-04-01").check()
    collect("aging").check(stdout="1,680.00")


def test_a_copy_of_a_sheet_is_not_added_up(collect: Collect, tmp_path: Path) -> None:
    collect("book", "init").check()
    path = workbook(tmp_path / "copy.xlsx", {"Bills": [HEAD, *NORTH], "Bills (2)": [HEAD, *NORTH]})
    said = "the same item on two sheets, Bills and Bills (2), in copy.xlsx: A-1 of Mehta"
    collect("import", "ledger", path).check(code=6, stderr=said)


def test_rows_set_aside_on_two_sheets_are_corrected_in_one_workbook(collect: Collect, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    collect("book", "init").check()
    bad: Rows = [("Mehta", name, "2026-01-05", "2026-02-04", "soon") for name in ("N-9", "S-9")]
    sheets: dict[str, Rows] = {"North": [HEAD, *NORTH, bad[0]], "South": [HEAD, *SOUTH[:1], bad[1]]}
    path, aside = workbook(tmp_path / "areas.xlsx", sheets), tmp_path / "aside.xlsx"
    facts = collect("import", "ledger", path, "--partial", "--rejects", aside, "--format", "json").check(code=1).json
    assert [(one["sheet"], one["row"]) for one in facts["rejects"]["rows"]] == [("North", 4), ("South", 3)]
    made = load_workbook(aside)
    for cell in [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.value == "soon"]:
        cell.value = 10
    made.save(aside)
    collect("import", "ledger", aside).check()
    collect("aging").check(stdout="4,060.25")
