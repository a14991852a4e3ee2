"""The statement of one account, and what was handed over."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet

_COLUMNS = (
    Column("date", "Date", "date"),
    Column("document", "Document"),
    Column("what", "What"),
    Column("currency", "Cur"),
    Column("debit", "Debit", "money"),
    Column("credit", "Credit", "money"),
    Column("balance", "Balance", "money"),
)


def statement(account: Account, movements: Sequence[Sequence[Any]], balances: Mapping[str, int], day: date) -> Sheet:
    """Every movement of (day, kind, document, currency, minor units) with its running balance, and the proof."""
    running: dict[str, int] = {}
    rows = []
    for on, kind, document, currency, minor in movements:
        running[currency] = running.get(currency, 0) + minor
        debit, credit = (minor, None) if minor > 0 else (None, -minor)
        rows.append((on, document, kind, currency, debit, credit, running[currency]))
    codes = sorted(running.keys() | balances.keys())
    proof = {
        code: {
            "postings": running.get(code, 0),
            "report": balances.get(code, 0),
            "ok": running.get(code, 0) == balances.get(code, 0),
        }
        for code in codes
    }
    totals = [{"currency": code, "balance": running.get(code, 0)} for code in codes]
    title = f"Statement of {account.number} {account.name} on {day}"
    return Sheet("statement", title, _COLUMNS, rows, totals=totals, proof=proof, params={"as_of": day.isoformat()})


def done(account: Account, folder: str, hashes: Mapping[str, str]) -> Done:
    """What was written where."""
    facts = (
        Fact("account", "Account", account.number),
        Fact("folder", "Folder", folder),
        Fact("files", "Files", len(hashes), "int"),
    )
    line = f"handed {account.number} {account.name} over in {folder}: {len(hashes)} files, listed in contents.txt"
    return Done("stage hand-over", [line], facts)
