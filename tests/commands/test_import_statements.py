"""Running ledgers from the command line: what each party owes in the end, and what is said where they contradict."""

from pathlib import Path

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
    collect("import", "ledger", path).check(code=6, stderr="--layout statement")
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
