"""What is known of the rows of a ledger when they are sorted, and the words by which some are known."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from collect.grids import Cell

TOTAL = re.compile(
    r"(?:grand|sub|net|overall|report|page|party|customer|group|final|gross)?[\s-]*totals?\b|.*\btotals?$"
    r"|summe\b|gesamt\w*\b|zwischensumme|sous[- ]total|suma\b|subtotal|कुल|योग"
    r"|\*+$|closing bal(?:ance)?\b|(?:amount )?(?:carried|brought) (?:forward|over|down)\b|[cb]/[fod]\b",
    re.IGNORECASE,
)
GRAND = re.compile(
    r"(?:(?:grand|gr?\.?|net|overall|report|final|gross)[\s-]*)?totals?\b[^a-z]*(?:\d+ \w+)?"
    r"|summe|gesamt\w*|total g[ée]n[ée]ral|suma|कुल|योग",
    re.IGNORECASE,
)
LOOSE = re.compile(
    r"(?:on[- ]account|advances?(?: (?:payment|receipt|received|paid))?|(?:unadjusted|unallocated|unapplied|unmatched)"
    r"(?: \w+)?|suspense|opening(?: balance.*)?|balance b/?f|new ref|prepayments?|credit balance)\W*",
    re.IGNORECASE,
)
SHARE = re.compile(r"(?:percentage|percent|share|%)\s*(?:of|to)\b.*", re.IGNORECASE)
STREET = re.compile(
    r".+,.*\b[1-9]\d{2} ?\d{3}\.?|(?:(?:shop|plot|flat|house|door)\s*(?:no\b\.?)?\s*)?\d+[\w/-]*,? .*"
    r"\b(?:road|rd|street|st|lane|marg|nagar|colony|bazaa?r|floor|avenue|ave|market|chowk)\b.*",
    re.IGNORECASE,
)
"""An address below the name of a party."""
BOOKED_TO = frozenset(("account", "account name", "a c", "ledger", "ledger name"))
"""Headers of a column that may name the account booked to as well as the customer."""
ADDRESS = re.compile(
    r"(?:ph(?:one)?|mob(?:ile)?|tel|email|e-mail|gstin?|pan|address|contact)\b.*[:.]|.+@.+\..+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below the header in parallel lists; `minor` and `cells` by column."""

    cells: Mapping[int, Sequence[Cell]]
    headers: Mapping[int, str]
    account: list[str]
    name: list[str]
    number: list[str]
    dated: list[bool]
    valued: list[bool]
    """Something stands where an amount belongs."""
    minor: Mapping[int, Sequence[int | None]]
    merged: Collection[int]
    """Rows whose party cell continues a merged cell above."""
    party: tuple[str, str] = ("", "")
    """Number and name of whose all rows are until one says otherwise, as the lines above the header have it."""
    lines: Collection[str] = ()
    """These lines, for they may stand on every page."""


class Total(NamedTuple):
    """A row that states sums: of the rows from `start` on, or of all above when `start` is 0."""

    at: int
    start: int
    label: str
    stated: dict[int, int]
    grand: bool
    heads: int | None = None
    """Where a party row states the sum of the rows below it: the row they end before."""


@dataclass(slots=True)
class Kinds:
    """What every row turned out to be."""

    items: Sequence[int] = ()
    account: list[str] = field(default_factory=list)
    """By row, the party rows' and merged cells' share filled in."""
    name: list[str] = field(default_factory=list)
    bucket: dict[int, str] = field(default_factory=dict)
    """Age bucket of the section an item stands in."""
    loose: set[int] = field(default_factory=set)
    """Items whose number cell holds words such as "On Account"."""
    skipped: Counter[str] = field(default_factory=Counter)
    no_party: list[int] = field(default_factory=list)
    no_amount: list[int] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)
    """Rows with an amount and nothing that says whose or what it is."""
    totals: list[Total] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    """Rows with an amount below the proven total of the file."""
    other_table: int | None = None
    """Row of a header over other columns than those that are read."""
    filled_down: int = 0
    grouped: bool = False
