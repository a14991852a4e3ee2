"""A receipt: money that came in with what was deducted from it, where each part goes, and how it is taken back.

All amounts are whole minor units of the receipt's currency. Records here are named tuples: `collect pay` is typed all
day, and dataclasses would cost it two milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from collect import allocation, money
from collect.allocation import OpenItem
from collect.errors import NotFound, Refused, WrongUsage

MODES = ("cash", "upi", "bank", "cheque", "card", "other")
AT_ONCE = frozenset(("upi", "bank", "card"))
"""Modes whose money is deposited and cleared on the day it is received."""

# Kinds of deduction, under the words people type for them; any other reason is a deduction of that name.
_KINDS = {
    "tds": "tds",
    "bank charge": "bank charge",
    "bank charges": "bank charge",
    "discount": "discount",
    "cash discount": "discount",
}
SMALL = "small difference"

REASONS: Mapping[str, bool] = {
    "mistake": False,
    "duplicate": False,
    "wrong-account": False,
    "bounced": True,
    "chargeback": True,
    "stopped": True,
}
"""Why a receipt is taken back, and whether the money had really come: then that counts until its day, else never."""


class Line(NamedTuple):
    """One line of a receipt: the money itself (kind `money`), or what was deducted, with its reason."""

    kind: str
    amount_minor: int
    reason: str = ""


class Asked(NamedTuple):
    """A payment as it is reported: the money received, the deductions beside it, and what the payer says it is for."""

    currency: str
    amount_minor: int
    received_on: date
    mode: str = "other"
    reference: str = ""
    payer: str = ""
    deductions: tuple[Line, ...] = ()
    named: tuple[str, ...] = ()
    closing: str = ""
    """Reason for writing off the small differences it leaves; empty: they stay open."""


class Terms(NamedTuple):
    """How the book allocates: components by rank, which way, and the largest difference written off in one receipt."""

    order: tuple[str, ...] = allocation.COMPONENTS
    direction: allocation.Direction = "vertical"
    small_minor: int = 0


class Part(NamedTuple):
    """What one item gets: money, a share of each deduction (in their order), and a small difference closed."""

    item: OpenItem
    money_minor: int
    deducted: tuple[int, ...] = ()
    closed_minor: int = 0

    @property
    def amount_minor(self) -> int:
        """All that is taken off the item."""
        return self.money_minor + sum(self.deducted) + self.closed_minor

    @property
    def left_minor(self) -> int:
        """What stays open on the item."""
        return self.item.open_minor - self.amount_minor


class Proposal(NamedTuple):
    """Where a payment goes, before anything is written."""

    asked: Asked
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    unapplied_minor: int


class Receipt(NamedTuple):
    """A receipt in the book, as it stands now; `open_minor` is what of the money is not applied to an item."""

    id: int
    number: str
    account_id: int
    credit_id: int
    currency: str
    amount_minor: int
    mode: str
    reference: str
    payer: str
    received_on: date
    agent: str
    change_id: int
    open_minor: int
    deposited_on: date | None = None
    cleared_on: date | None = None
    reversed_on: date | None = None
    reversed_for: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def state(self) -> str:
        """One word for a list: reversed, cleared, deposited, or received."""
        if self.reversed_on:
            return "reversed"
        return "cleared" if self.cleared_on else "deposited" if self.deposited_on else "received"


def as_of(receipt: Receipt, day: date, open_minor: int) -> Receipt:
    """A receipt as it stood at the end of a day: nothing of what became of it later, and what was unapplied then.

    Where the money never came (a mistake) that holds from its first day, whenever it was found.
    """
    deposited, cleared, reverted = (
        on if on and on <= day else None for on in (receipt.deposited_on, receipt.cleared_on, receipt.reversed_on)
    )
    if not REASONS.get(receipt.reversed_for, True):
        reverted = receipt.reversed_on
    return receipt._replace(
        open_minor=open_minor,
        deposited_on=deposited,
        cleared_on=cleared,
        reversed_on=reverted,
        reversed_for=receipt.reversed_for if reverted else "",
    )


class Place(NamedTuple):
    """What a receipt takes off one item: money, and deductions beside it."""

    item_id: int
    number: str
    component: str
    due_on: date
    money_minor: int
    deducted_minor: int

    @property
    def amount_minor(self) -> int:
        """Both together."""
        return self.money_minor + self.deducted_minor


def deduction(text: str, currency: str) -> Line:
    """The deduction that `--deduct REASON=AMOUNT` names; WrongUsage where it is not one."""
    reason, sign, amount = text.rpartition("=")
    words = " ".join(reason.replace("-", " ").replace("_", " ").split())
    if not sign or not words:
        raise WrongUsage(f"not a deduction: {text}", "write it like --deduct discount=100 or --deduct bank-charge=25")
    minor = money.typed(amount, currency)
    if minor <= 0:
        raise WrongUsage(f"not a deduction above zero: {text}", "type what was deducted, without a sign")
    return Line(_KINDS.get(words.casefold(), "deduction"), minor, words)


def numbered(series: str, no: int) -> str:
    """The number people quote: R-00012."""
    return f"{series}-{no:05d}"


def taken_apart(number: str, series: str) -> tuple[str, int]:
    """Series and count of a number as it is typed: `R-00012`, `R-12`, or `12` in the book's `series`; NotFound else."""
    own, _, count = number.strip().rpartition("-")
    if not (count.isascii() and count.isdigit() and len(count) < 15):
        raise NotFound(f"no such receipt: {number}", "see 'collect payment list'")
    return own or series, int(count)


def key(reference: str) -> str:
    """A reference as it is compared: letters and digits only, capitals."""
    return "".join(letter for letter in reference.upper() if letter.isalnum())


def propose(
    asked: Asked, items: Iterable[OpenItem], terms: Terms, instalments: Iterable[allocation.PlanDue] = ()
) -> Proposal:
    """Spread a payment over an account's items of its currency: the money and, in proportion, what was deducted.

    Deductions need items to be deducted from: Refused where they are more than what is open. NotFound for a named
    item that is not open.
    """
    by_id = {item.id: item for item in items}
    deducted_minor = sum(line.amount_minor for line in asked.deductions)
    spread = allocation.allocate(
        asked.amount_minor + deducted_minor,
        by_id.values(),
        named=asked.named,
        instalments=instalments,
        order=terms.order,
        direction=terms.direction,
        today=asked.received_on,
    )
    if deducted_minor > spread.applied_minor:
        open_money, lacking = (money.Money(minor, asked.currency) for minor in (spread.applied_minor, deducted_minor))
        raise Refused(f"more is deducted than is open: {lacking}", f"open and payable is {open_money}")
    shares = _shares([amount for _, amount in spread.lines], [line.amount_minor for line in asked.deductions])
    parts = [
        Part(by_id[item_id], amount - sum(deducted), deducted)
        for (item_id, amount), deducted in zip(spread.lines, shares, strict=True)
    ]
    lines = (Line("money", asked.amount_minor), *asked.deductions)
    if asked.closing:
        parts, closed_minor = _closed(parts, asked.currency, terms.small_minor)
        lines += (Line(SMALL, closed_minor, asked.closing),) if closed_minor else ()
    return Proposal(asked, lines, tuple(parts), spread.unapplied_minor)


def terms_of(order: str, by_territory: str, territory: str, small_minor: int) -> Terms:
    """Terms from the settings: `payment.order`, or what `payment.orders` says of the account's territory."""
    chosen = order
    for entry in by_territory.split(";"):
        name, sign, own = entry.partition("=")
        if sign and name.strip().casefold() == territory.strip().casefold():
            chosen = own
    components, direction = parsed_order(chosen)
    return Terms(components, direction, small_minor)


def parsed_order(text: str) -> tuple[tuple[str, ...], allocation.Direction]:
    """Components by rank and the direction, from `penalty,fee,interest,principal horizontal`; WrongUsage otherwise."""
    names, _, way = text.strip().lower().partition(" ")
    order = tuple(names.split(","))
    direction = way.strip() or "vertical"
    if sorted(order) != sorted(allocation.COMPONENTS) or direction not in {"vertical", "horizontal"}:
        raise WrongUsage(
            f"not an order of payment: {text}",
            f"name each of {','.join(allocation.COMPONENTS)} once, then vertical or horizontal",
        )
    return order, "horizontal" if direction == "horizontal" else "vertical"


def _shares(amounts: Sequence[int], deductions: Sequence[int]) -> list[tuple[int, ...]]:
    """For each amount its share of each deduction, in proportion; shares of a deduction sum to it exactly."""
    left = list(amounts)
    found: list[list[int]] = [[] for _ in amounts]
    for deduction_minor in deductions:
        total, passed, given = sum(left), 0, 0
        for at, amount in enumerate(left):
            passed += amount
            share = deduction_minor * passed // total - given if total else 0
            given += share
            found[at].append(share)
        left = [amount - own[-1] for amount, own in zip(left, found, strict=True)]
    return [tuple(own) for own in found]


def _closed(parts: Sequence[Part], currency: str, limit_minor: int) -> tuple[list[Part], int]:
    """The parts with what they leave open closed; Refused beyond the limit."""
    rest = sum(part.left_minor for part in parts)
    if rest > limit_minor:
        left, limit = money.Money(rest, currency), money.Money(limit_minor, currency)
        raise Refused(f"more than a small difference: {left}", f"the limit is {limit} (payment.small_difference)")
    return [part._replace(closed_minor=part.left_minor) for part in parts], rest
