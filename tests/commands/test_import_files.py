"""Importing real and hostile files from the command line: their control figures, or a reason and an unchanged book."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Collect
from tests.files import make

DOCUMENTED = {0, 1, 4, 6}


def imported(collect: Collect, path: Path, *options: str, code: int = 0, today: str = "2026-11-22") -> dict[str, Any]:
    run = collect("import", "ledger", path, "--format", "json", *options, today=today)
    assert run.code == code, run.stderr
    found: dict[str, Any] = run.json
    return found


@pytest.mark.parametrize(
    ("file", "currency", "options", "rows", "amount", "left"),
    [
        ("ledgers/ibm_receivables.csv", "USD", (), 2466, "147703.18", None),
        ("ledgers/highradius_open.csv", "USD", (), 9681, "310427858.75", "310427858.75"),
        ("ledgers/tally_daybook_sales.xlsx", "INR", ("--credit-days", "30"), 28, "5727783.30", "5727783.30"),
        ("ledgers/ar_aging_report_tieout.xlsx", "ILS", (), 26, "7670150.00", "7670150.00"),
        ("ledgers/receivables_with_parameter_block.xlsx", "INR", (), 45, "192630.35", "192630.35"),
        ("ledgers/partial_payments.csv", "INR", (), 8752, "20313076.67", "739076.92"),
        ("ledgers/partial_payments.csv", "INR", ("--keep-duplicates",), 8753, "20314878.65", "739976.92"),
        ("ledgers/retailer_ledgers.xlsx", "INR", ("--layout", "statement"), 43, "11000.00", "11000.00"),
        ("third-party/tally_bills_receivable_dr.csv", "INR", (), 1, "128500.00", "128500.00"),
        ("third-party/zoho_books_invoices_total_row.csv", "INR", (), 2, "192500.00", "128500.00"),
        ("third-party/qbo_ar_aging_detail.csv", "USD", (), 4, "1600.00", "1400.00"),
        ("third-party/amount_minus_paid_credit_days.csv", "INR", ("--dates", "dmy"), 1, "10000.00", "6000.00"),
    ],
)
def test_a_shared_ledger_imports_with_its_control_figures(
    collect: Collect,
    shared_data: Path,
    file: str,
    currency: str,
    options: tuple[str, ...],
    rows: int,
    amount: str,
    left: str | None,
) -> None:
    collect("book", "init", "--currency", currency).check()
    facts = imported(collect, shared_data / file, *options)
    (control,) = facts["control"]
    assert (facts["imported"], control["amount"], control["currency"]) == (rows, amount, currency)
    assert left is None or control["open"] == left
    counted = sum(facts[key] for key in ("imported", "updated", "unchanged", "skipped", "rejected", "summed"))
    assert facts["rows_read"] == counted
    again = imported(collect, shared_data / file, *options, "--full", today="2026-11-23")
    assert (again["imported"], again["updated"], again["unchanged"], again["vanished"]) == (0, 0, rows, 0)
    collect("book", "check").check()


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("ledgers/retailer_ledgers.xlsx", "--layout statement"),
        ("third-party/amount_minus_paid_credit_days.csv", "--dates dmy or --dates mdy"),
        ("ledgers/o2c/Invoices.csv", "--partial"),
    ],
)
def test_a_ledger_that_needs_one_option_says_which(collect: Collect, shared_data: Path, file: str, hint: str) -> None:
    collect("book", "init").check()
    path = shared_data / file
    collect("import", "ledger", path).check(code=6, stderr=hint).check(code=6, stderr=path.name)


def test_the_order_to_cash_files_with_their_planted_dirt(collect: Collect, shared_data: Path) -> None:
    """8,000 invoices without the five duplicates; six of them have no amount. 500 customers, three of them twice."""
    folder = shared_data / "ledgers" / "o2c"
    collect("book", "init").check()
    facts = imported(collect, folder / "Invoices.csv", "--partial", code=1)
    assert (facts["rows_read"], facts["imported"], facts["rejected"], facts["duplicates"]) == (8005, 7994, 6, 5)
    assert facts["control"][0]["amount"] == "202203215.00"
    master, limited = folder / "Customer_Master.csv", folder / "Credit_Limits.csv"
    known = collect("import", "accounts", master, "--format", "json", today="2026-11-22").check().json
    assert (known["rows_read"], known["duplicates"], known["accounts"], known["updated"]) == (503, 3, 0, 500)
    limits = collect("import", "accounts", limited, "--format", "json", today="2026-11-22").check().json
    assert (limits["rows_read"], limits["unchanged"]) == (500, 500)


def test_bills_of_tally_are_due_when_it_says(collect: Collect, shared_data: Path) -> None:
    collect("book", "init").check()
    imported(collect, shared_data / "third-party" / "tally_bills_receivable_dr.csv")
    run = collect("aging", "--by", "item", "--format", "json", today="2026-09-27").check().json
    (row,) = run["rows"]
    assert (row["due_on"], row["days_overdue"], row["open"]) == ("2026-09-11", 16, "128500.00")


def test_an_aging_detail_stands_as_of_its_own_day(collect: Collect, shared_data: Path) -> None:
    """Two invoices are dated after the list: they take effect on the list's day, so that its total is met."""
    collect("book", "init", "--currency", "USD").check()
    imported(collect, shared_data / "third-party" / "qbo_ar_aging_detail.csv")
    total = collect("aging", "--as-of", "2026-07-25", "--format", "json").check().json["totals"][0]
    assert (total["total"], total["not_due"], total["unapplied"]) == ("1400.00", "700.00", "-100.00")


def hostile_files() -> list[str]:
    import os

    folder = Path(os.environ.get("COLLECT_SHARED_DATA") or ".") / "hostile"
    return sorted(path.name for path in folder.glob("*")) or ["any"]


@pytest.mark.parametrize("name", hostile_files())
def test_a_hostile_file_ends_with_a_reason_and_an_unchanged_book(
    collect: Collect, shared_data: Path, name: str
) -> None:
    collect("book", "init").check()
    before = collect.book.read_bytes()
    began = time.monotonic()
    run = collect("import", "ledger", "--dry-run", shared_data / "hostile" / name)
    assert time.monotonic() - began < 10
    assert run.code in DOCUMENTED
    assert "Traceback" not in run.stdout + run.stderr
    if run.code:
        error, *hint = run.stderr.splitlines()
        assert error.startswith("error: ")
        assert name in error
        assert len(hint) <= 1
    assert collect.book.read_bytes() == before


ROWS = (("Customer", "Invoice No", "Due Date", "Amount"), ("Mehta Hardware", "INV-1", "2026-03-01", "1250.50"))


def sheets() -> dict[str, bytes]:
    """The same ledger of one bill in four kinds of file."""
    cells = "".join(
        make.row(y, *(make.text(f"{'ABCD'[x]}{y}", text) for x, text in enumerate(line)))
        for y, line in enumerate(ROWS, 1)
    )
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in line
        )
        + "</table:table-row>"
        for line in ROWS
    )
    page = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in ROWS)
    return {
        "xlsx": make.xlsx(cells),
        "ods": make.ods(lines),
        "xls": f"<html><body><table>{page}</table></body></html>".encode(),
        "csv": "\n".join(",".join(line) for line in ROWS).encode(),
        "tsv": "\n".join("\t".join(line) for line in ROWS).encode("utf-16"),
    }


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv", "tsv"])
def test_the_kind_of_file_does_not_matter(collect: Collect, kind: str) -> None:
    collect("book", "init").check()
    path = collect.book.parent / f"list.{kind}"
    path.write_bytes(sheets()[kind])
    facts = imported(collect, path)
    assert (facts["imported"], facts["control"]) == (1, [{"currency": "INR", "amount": "1250.50", "open": "1250.50"}])


def test_a_file_on_standard_input_needs_its_type(collect: Collect) -> None:
    collect("book", "init").check()
    text = sheets()["csv"].decode()
    collect("import", "ledger", "-", stdin=text).check(code=2, stderr="--type csv")
    run = collect("import", "ledger", "-", "--type", "csv", stdin=text).check()
    assert run.stdout.startswith("imported stdin\n")
    collect("import", "ledger", "-", "--type", "doc", stdin=text).check(code=2, stderr="no such type of file")


def test_a_total_that_counts_only_the_rows_that_are_seen_is_explained(collect: Collect) -> None:
    lines = [("Customer", "Invoice No", "Due Date", "Amount")]
    lines += [(f"Shop {number}", f"INV-{number}", "2026-03-01", str(number * 100)) for number in range(1, 5)]
    lines += [("Total", "", "", "300")]
    cells = ""
    for y, line in enumerate(lines, 1):
        texts = [make.text(f"{'ABC'[x]}{y}", text) for x, text in enumerate(line[:3]) if text]
        amount = make.text(f"D{y}", line[3]) if y == 1 else make.number(f"D{y}", line[3])
        cells += make.row(y, *texts, amount, also=' hidden="1"' if y in {4, 5} else "")
    collect("book", "init").check()
    path = collect.book.parent / "filtered.xlsx"
    path.write_bytes(make.xlsx(cells))
    facts = imported(collect, path)
    assert (facts["hidden_rows"], facts["control"][0]["open"]) == (2, "1000.00")
    (total,) = facts["file_total"]
    assert (total["stated"], total["read"], total["delta"]) == ("300.00", "1000.00", "700.00")
    assert any("it counts the 2 visible rows; all 4 rows sum to 1,000.00" in line for line in facts["warnings"])
