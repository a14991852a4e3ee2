"""What accounting programs export, as workbooks and from the command line: what each customer owes, and since when."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import Collect
from tests.intake_sheets import table
from tests.test_intake_systems import BUSY, ERPNEXT, ODOO, QUICKBOOKS_ONLINE, SAP_LIST, XERO


def workbook(path: Path, text: str) -> Path:
    """Rows of texts as a workbook with real numbers and days."""
    from openpyxl import Workbook

    made = Workbook()
    for row in table(text):
        made.worksheets[0].append([_cell(cell) if isinstance(cell, str) else cell for cell in row])
    made.save(path)
    return path


def _cell(text: str) -> str | float | datetime:
    if re.fullmatch(r"-?\d+\.\d\d", text):
        return float(text)
    return datetime.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        (ODOO, {"Azure Interior": "300.00", "Deco Addict": "350.00"}),
        (QUICKBOOKS_ONLINE, {"Ram Traders": "700.00", "Sita Stores": "70.00"}),
        (XERO, {"Ram Traders": "700.00", "Sita Stores": "90.00"}),
        (SAP_LIST, {"100234": "400.00", "100300": "70.00"}),
        (ERPNEXT, {"Ram Traders": "500.00", "Sita Stores": "600.00"}),
        (BUSY, {"RAM TRADERS": "700.00", "SITA STORES": "70.00"}),
    ],
    ids=["odoo", "quickbooks", "xero", "sap", "erpnext", "busy"],
)
def test_each_customer_owes_what_the_program_says(
    collect: Collect, tmp_path: Path, text: str, owed: dict[str, str]
) -> None:
    collect("book", "init").check()
    path = workbook(tmp_path / "export.xlsx", text)
    collect("import", "ledger", path).check()
    rows = collect("aging", "--format", "json").check().json["rows"]
    assert {row["account"]: row["total"] for row in rows} == owed
    again = collect("import", "ledger", path, "--full", "--format", "json").check().json
    assert (again["imported"], again["updated"], again["vanished"]) == (0, 0, 0)


def test_the_documents_of_odoo_are_aged_by_their_own_due_dates(collect: Collect, tmp_path: Path) -> None:
    """On 2026-03-31: 100 is due that day, 200 is 30 days late, 400 is 303 days late; 50 was paid on account."""
    collect("book", "init").check()
    collect("import", "ledger", workbook(tmp_path / "aged.xlsx", ODOO)).check()
    rows = collect("aging", "--format", "json", "--as-of", "2026-03-31").check().json["rows"]
    azure, deco = sorted(rows, key=lambda row: str(row["account"]))
    assert (azure["not_due"], azure["d1_30"]) == ("100.00", "200.00")
    assert (deco["d91_up"], deco["unapplied"]) == ("400.00", "-50.00")
    items = collect("item", "list", "Deco Addict", "--format", "json").check().json["rows"]
    assert "INV/2025/00007" in {row["number"] for row in items}


def test_a_second_table_is_refused(collect: Collect, tmp_path: Path) -> None:
    collect("book", "init").check()
    path = tmp_path / "two.csv"
    path.write_text(
        "Party,Bill No,Date,Amount\nRam,1,2026-02-20,500.00\n"
        "Credit notes\nDate,Party,Amount,CN No\n2026-02-22,Ram,50.00,9\n",
        encoding="utf-8",
    )
    collect("import", "ledger", path).check(code=6, stderr="a second table with other columns, in row 4")
