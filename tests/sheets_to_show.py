"""Sheets that several tests show: an aged report, a queue, an account's page."""

from datetime import date
from typing import Any

from collect.views.sheet import Column, Done, Fact, Page, Sheet

TODAY = date(2026, 11, 22)
BUCKETS = {"not_due": "Not due", "d1_30": "1-30", "d31_60": "31-60", "d61_90": "61-90", "d91_up": "91+"}
COLUMNS = (
    Column("account", "Account"),
    Column("name", "Name"),
    Column("currency", "Currency"),
    *(Column(key, title, "money", rank=2, late=key != "not_due") for key, title in BUCKETS.items()),
    Column("unapplied", "Unapplied", "money", rank=1),
    Column("total", "Total", "money"),
)
RUPEES = (
    ("A-101", "Asha Traders", "INR", 2254257, 0, 0, 0, 12345678, -12302, 14587633),
    ("A-102", "Mehta Hardware & Sons [Pune]", "INR", 0, 7260626, 35333, 0, 0, 0, 7295959),
    ("A-103", "श्री गणेश ट्रेडर्स", "INR", 1, 0, 0, 0, 0, 0, 1),
)
DOLLARS = (("B-7", "Tiny Co", "USD", 0, 0, 0, 0, 10000000, -5, 9999995),)
YEN = (("C-1", "Kyoto Lamp", "JPY", 500, 0, 0, 0, 0, 0, 500),)


def aging(*groups: tuple[tuple[Any, ...], ...]) -> Sheet:
    """Aged debts, rupees unless other groups of rows are given, with totals and a proof that holds."""
    totals, proof = [], {}
    for rows in groups or (RUPEES,):
        sums = {column.key: sum(row[at] for row in rows) for at, column in enumerate(COLUMNS) if column.kind == "money"}
        code = rows[0][2]
        totals.append({"currency": code, **sums, "items": len(rows)})
        proof[code] = {"postings": sums["total"], "report": sums["total"], "ok": True}
    return Sheet(
        "aging",
        "Aged debts on 2026-11-22",
        COLUMNS,
        [row for rows in groups or (RUPEES,) for row in rows],
        totals=totals,
        totals_columns=(Column("items", "Items", "int"),),
        proof=proof,
        notes=("1 item without a due date: aged by its document date",),
        params={"by": "account", "as_of": TODAY},
    )


def queue() -> Sheet:
    """A list in an order of its own, in two currencies, with a cell of every kind."""
    columns = (
        Column("rank", "#", "int"),
        Column("account", "Account"),
        Column("name", "Name"),
        Column("currency", "Cur"),
        Column("overdue", "Overdue", "money"),
        Column("days_overdue", "Days overdue", "int", late=True),
        Column("score", "Score", "number", rank=1),
        Column("share", "Share", "percent", rank=4),
        Column("reasons", "Reasons", "list"),
        Column("action", "Do"),
        Column("allowed", "May", "flag", rank=2),
        Column("next_allowed_at", "From", "instant", rank=5),
        Column("promise_on", "Promised", "date", rank=3),
        Column("item_id", "Id", "int", machine=True),
    )
    why = [{"term": "amount", "points": "3.5", "since": date(2026, 10, 1)}]
    later = "2026-11-23T08:00:00+05:30"
    rows: tuple[tuple[Any, ...], ...] = (
        (1, "A-101", "Asha Traders", "INR", 12345678, 92, "71.5", 1234, why, "call", True, None, TODAY, 11),
        (2, "B-7", "Tiny Co", "USD", 10000000, 3, "12", 5, [], "write to the office again", False, later, None, 12),
    )
    return Sheet("queue", "Work queue", columns, rows, more=114)


def page() -> Page:
    """One account: facts, a sheet, a note."""
    facts = (
        Fact("account", "Account", "A-101"),
        Fact("open", "Open", 14587633, "money", "INR"),
        Fact("oldest_on", "Oldest due", date(2026, 8, 1), "date"),
        Fact("hold", "On hold", value=False, kind="flag"),
        Fact("phone", "Phone", None),
        Fact("tags", "Tags", ["vip"], "list"),
    )
    return Page("account", "Asha Traders (A-101)", facts, {"items": aging()}, ("next: collect log A-101 call spoke",))


def paid(*, dry_run: bool = False) -> Done:
    """A payment that was taken."""
    facts = (Fact("receipt", "Receipt", "12"), Fact("amount", "Amount", 500000, "money", "INR"))
    return Done("pay", ("receipt 12: INR 5,000.00 from Asha Traders",), facts, dry_run=dry_run)
