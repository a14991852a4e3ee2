"""The words of rows that state a balance: they open or close a running ledger, or carry it over a page."""

import re
from functools import cache

from collect import headers
from collect.errors import RunningLedger
from collect.intake_body import Parsed
from collect.rowfacts import BOOKED_TO, TOTAL

OPENING = re.compile(r".*\b(?:opening|op\.? bal\w*|brought down|b/d)\b.*", re.IGNORECASE)
EARLIER = re.compile(r".*\b(?:carried|brought|b/?f|previous|old balance|initial)\b.*", re.IGNORECASE)
CLOSING = re.compile(
    r".*\b(?:closing bal\w*|closing amount|balance c/?[dfo]|carried down|balance (?:due|as (?:on|at|of)))\b.*",
    re.IGNORECASE,
)
CARRIED = re.compile(r".*\b(?:(?:carried|brought) (?:forward|over)|[bc]/[fo])\b.*", re.IGNORECASE)
STATES = re.compile("|".join(part.pattern for part in (OPENING, CLOSING, CARRIED)), re.IGNORECASE)
OTHER_SIDE = frozenset(("particulars", "description", "narration"))
"""Headers of the column that says where each entry of a running ledger was booked."""


@cache
def stated_by(words: str) -> bool:
    """Whether these are the words of a balance or a total."""
    return bool(STATES.fullmatch(words) or TOTAL.match(words))


def refuse_running(parsed: Parsed) -> None:
    """Refuse a list with debit and credit in which rows open or close a balance: it is a running ledger.

    Raises RunningLedger with the first such row. Opening balances of a list that has a column of parties are items.
    """
    layout = parsed.layout
    if not {"debit", "credit"} <= layout.mapping.keys():
        return
    party = {headers.words(layout.mapping[name].header) for name in ("account", "name") if name in layout.mapping}
    words = STATES if party and party <= OTHER_SIDE | BOOKED_TO else CLOSING
    for at, cells in parsed.cells.items():
        known = {cell for cell in set(cells) if isinstance(cell, str) and words.fullmatch(cell)}
        for i, cell in enumerate(cells if known else ()):
            if cell in known and any(minor[i] is not None for minor in parsed.purse.minor.values()):
                column = layout.headers.get(at) or headers.letter(at)
                raise RunningLedger(
                    f"a running ledger, whose balance is stated in row {i + layout.first + 1}, column {column}: {cell}",
                    "read it with --layout statement",
                )


def opens(words: str, *, first: bool) -> bool:
    """Whether a row with these words opens a ledger; what was carried over does where no row stands before it."""
    return bool(OPENING.fullmatch(words) or (first and EARLIER.fullmatch(words)))
