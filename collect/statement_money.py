"""What the money columns of a running ledger say: what each row moves, which way, and the balance after it."""

import re

from collect import headers, idcells, intake_rows
from collect.amountcolumns import Minor, balanced
from collect.intake_body import Parsed, Problem
from collect.running import Money

_BOOKED = frozenset(
    ("dr", "debit", "debits", "cr", "credit", "credits", "soll", "haben", "debe", "haber", "débit", "crédit")
)
_DEBIT = re.compile(
    r".*\b(?:sales?|invoices?|bills?|debit[ -]?(?:memo|note)|charges?|interest|opening)\b.*", re.IGNORECASE
)
# Of an account's entries, "To Sales" was debited and "By Bank" credited.
_TO, _BY = re.compile(r"to\b.*", re.IGNORECASE), re.compile(r"by\b.*", re.IGNORECASE)


def read(parsed: Parsed) -> tuple[Money, list[Problem]]:
    """What each row moves and the balance after it, and the rows that do not say which way they move it."""
    mapping = parsed.layout.mapping
    whole, plus, less, balance = (
        column(parsed, field) for field in ("amount", "debit", "credit" if "credit" in mapping else "paid", "open")
    )
    if "paid" in mapping and not {"debit", "credit"} & mapping.keys():
        plus = whole  # billed and paid at once
    moved = [
        amount if change is None else change
        for amount, change in zip(whole, balanced(plus, less, range(parsed.size)), strict=True)
    ]
    sides = [mapping[field].header for field in ("debit", "credit") if field in mapping]
    strict = not sides or any(_BOOKED & set(headers.words(side).split()) for side in sides)
    unsigned = not sides and not {"paid", "drcr"} & mapping.keys() and not parsed.purse.marked
    unsigned = unsigned and not any((value or 0) < 0 for value in moved)
    unsure = _turn(parsed, moved) if unsigned and "open" not in mapping else []
    return Money(moved, balance, strict, unsigned), unsure


def column(parsed: Parsed, field: str) -> Minor:
    """The minor units of a field's column, None by row where the file has none."""
    mapping = parsed.layout.mapping
    return parsed.purse.minor[mapping[field].at] if field in mapping else [None] * parsed.size


def _turn(parsed: Parsed, moved: Minor) -> list[Problem]:
    """Make amounts without a sign negative where words say so; the rows whose words do not say, if others' do."""
    mapping = parsed.layout.mapping
    marked = [idcells.names(cells) for at, cells in parsed.cells.items() if at not in parsed.purse.minor]
    kinds = idcells.names(parsed.cells[mapping["doc_type"].at]) if "doc_type" in mapping else [""] * parsed.size
    ways: dict[int, int] = {}
    for i, value in enumerate(moved):
        if value is not None:
            texts = [column[i] for column in marked]
            if any(map(_TO.fullmatch, texts)) or any(map(_BY.fullmatch, texts)):
                ways[i] = 1 if any(map(_TO.fullmatch, texts)) else -1
            elif intake_rows.CREDIT.fullmatch(kinds[i]) or _DEBIT.fullmatch(kinds[i]):
                ways[i] = -1 if intake_rows.CREDIT.fullmatch(kinds[i]) else 1
    if -1 not in ways.values():
        return []
    for i, way in ways.items():
        moved[i] = way * (moved[i] or 0)
    at = mapping["amount"].at
    return [(i, at, "debit or credit: no word says it") for i, value in enumerate(moved) if value and i not in ways]
