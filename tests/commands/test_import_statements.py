"""Running ledgers from the command line: what each party owes in the end, and what is said where they contradict."""

from pathlib import Path

import pytest

from tests.commands.test_import_sheets import Rows, workbook
from tests.conftest import Collect

FLAT = """Party,Voucher No,Date,Debit,Credit,Balance
Ram,1,2026-03-01,500.00,,500.00
Ram,2,2026-03-02,,200.00,300.00
Sita,3,2026-03-03,700.00,,700.00
"""
STACKED = """Shree Traders
Ledger: Ram Traders,,,,,1-Mar-26 to 31-Mar-26
Date,Particulars,,Vch Type,Vch No.,Debit,Credit
1-Mar-26,To,Opening Balance,,,500.00,
2-Mar-26,To,Sales,Sales,12,700.00,
5-Mar-26,By,HDFC Bank,Receipt,4,,300.00
,By,Closing Balance,,,,900.00
,,,,,1200.00,1200.00
Ledger: Sita Stores,,,,,1-Mar-26 to 31-Mar-26
Date,Particulars,,Vch Type,Vch No.,Debit,Credit
1-Mar-26,By,Opening Balance,,,,50.00
3-Mar-26,To,Sales,Sales,13,70.00,
,By,Closing Balance,,,,20.00
"""


def owed(collect: Collect) -> dict[str, str]:
    """What each account owes in all, what it paid in advance taken off."""
    return {row["account"]: row["total"] for row in collect("aging", "--format", "json").check().json["rows"]}


def test_each_party_of_one_sheet_owes_its_own_balance(collect: Collect, tmp_path: Path) -> None:
    """Ram: 500 - 200 = 300; Sita: 700. Both closing balances, 1,000, are what the rows sum to."""
    collect("book", "init").check()
    path = tmp_path / "ledger.csv"
    path.write_text(FLAT, encoding="utf-8")
    facts = collect("import", "ledger", path, "--layout", "statement", "--format", "json").check().json
    assert (facts["imported"], facts["control"][0]["amount"]) == (3, "1000.00")
    assert (facts["file_total"][0]["stated"], facts["file_total"][0]["delta"]) == ("1000.00", "0.00")
    assert owed(collect) == {"Ram": "300.00", "Sita": "700.00"}
    again = collect("import", "ledger", path, "--layout", "statement", "--full", "--format", "json").check().json
    assert (again["imported"], again["updated"], again["vanished"]) == (0, 0, 0)


def test_ledgers_one_under_another(collect: Collect, tmp_path: Path) -> None:
    """Ram: 500 + 700 - 300 = 900; Sita: 70 - 50 = 20."""
    collect("book", "init").check()
    path = tmp_path / "ledgers.csv"
    path.write_text(STACKED, encoding="utf-8")
    collect("import", "ledger", path, "--layout", "list").check(code=6, stderr="--layout statement")
    collect("import", "ledger", path, "--layout", "statement").check(stdout="920.00")
    assert owed(collect) == {"Ram Traders": "900.00", "Sita Stores": "20.00"}
    (opening,) = [
        row
        for row in collect("item", "list", "Ram Traders", "--format", "json").check().json["rows"]
        if not row["number"]
    ]
    assert (opening["document_on"], opening["amount"]) == ("2026-03-01", "500.00")


def test_a_balance_that_contradicts_stores_nothing_and_says_where(collect: Collect, tmp_path: Path) -> None:
    collect("book", "init").check()
    path = tmp_path / "ledger.csv"
    path.write_text(FLAT.replace(",200.00,300.00", ",200.00,350.00"), encoding="utf-8")
    run = collect("import", "ledger", path, "--layout", "statement", env={"COLUMNS": "140"})
    run.check(code=6, stderr="1 row of ledger.csv").check(code=6, stdout="the balance moves by -150.00, not -200.00")
    assert owed(collect) == {}
    path.write_text(STACKED.replace("900.00", "950.00"), encoding="utf-8")
    said = collect("import", "ledger", path, "--layout", "statement").check().stdout
    assert "says 950.00, the rows of Ram Traders sum to 900.00" in " ".join(said.split())


def test_a_running_ledger_that_proves_itself_needs_no_option(collect: Collect, tmp_path: Path) -> None:
    """Ram: 500 + 700 - 300 = 900; Sita: 70 - 50 = 20. Nothing is remembered: the next file must prove itself, too."""
    collect("book", "init").check()
    path = tmp_path / "ledgers.csv"
    path.write_text(STACKED, encoding="utf-8")
    found = collect("import", "ledger", path, "--format", "json").check().json
    said = "read as a running ledger of 2 customers (--layout statement): its balances prove what was read"
    assert said in found["warnings"]
    assert owed(collect) == {"Ram Traders": "900.00", "Sita Stores": "20.00"}
    again = collect("import", "ledger", path, "--full", "--format", "json").check().json
    assert (again["imported"], again["updated"], again["vanished"], again["remembered"]) == (0, 0, 0, "")


@pytest.mark.parametrize(
    ("title", "closing"), [("Ledger: Asha Traders", "1200.00"), ("Statement", "1180.00")], ids=["balance", "party"]
)
def test_what_does_not_prove_or_is_nobodys_is_refused(
    collect: Collect, tmp_path: Path, title: str, closing: str
) -> None:
    """1,180.00 was sold: another closing balance is wrong, and a file named sales.csv says nothing of whom it is."""
    collect("book", "init").check()
    rows = [title, "Date,Particulars,Vch No,Debit,Credit", "2026-01-05,Sales,12,1180.00,"]
    path = tmp_path / "sales.csv"
    path.write_text("\n".join([*rows, f"2026-01-31,Closing Balance,,,{closing}"]), encoding="utf-8")
    collect("import", "ledger", path).check(code=6, stderr="read it with --layout statement")


def test_each_sheet_a_ledger_that_proves_itself(collect: Collect, tmp_path: Path) -> None:
    """Mehta: 5,000 + 1,000 - 2,500 = 3,500; Patel: 700."""
    head = ("Date", "Particulars", "Vch No", "Debit", "Credit", "Balance")
    mehta: list[tuple[str | float, ...]] = [
        ("", "Opening Balance", "", "", "", 5000.0),
        ("2026-01-05", "Sales", "12", 1000.0, "", 6000.0),
    ]
    mehta += [("2026-02-05", "Receipt", "R1", "", 2500.0, 3500.0)]
    patel = [("2026-01-05", "Sales", "13", 700.0, "", 700.0)]
    sheets: dict[str, Rows] = {"A": [("Ledger: Mehta",), head, *mehta], "B": [("Ledger: Patel",), head, *patel]}
    collect("book", "init").check()
    collect("import", "ledger", workbook(tmp_path / "ledgers.xlsx", sheets)).check(stdout="4,200.00")
    assert owed(collect) == {"Mehta": "3500.00", "Patel": "700.00"}
