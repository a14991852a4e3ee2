"""Disputes: what the debtor contests, who looks into it and by when, and how it ends.

The disputed part is neither chased nor paid unless the payer says so; the rest is. A dispute ends once: upheld (a
credit note over all of it), rejected (it is owed), or split (a credit note over a part). Taking it up again is a new
dispute that names the old one. Amounts are whole minor units of the dispute's one currency.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from collect.choices import one_of
from collect.errors import Refused, WrongUsage
from collect.money import Money

Outcome = Literal["upheld", "rejected", "split"]
State = Literal["open", "late", "upheld", "rejected", "split"]

OUTCOMES: tuple[Outcome, ...] = ("upheld", "rejected", "split")
REASONS: Mapping[str, str] = {
    "price": "another price was agreed",
    "quantity": "less came than was billed",
    "quality": "the goods or the work are not good",
    "damaged": "the goods came damaged",
    "not-delivered": "nothing came",
    "returned": "the goods were sent back",
    "discount": "a discount or scheme was left out",
    "tax": "tax is wrong, or the tax invoice is missing",
    "duplicate": "the same was billed twice",
    "paid": "it was paid already",
    "not-mine": "somebody else owes it",
    "document": "a document is missing",
    "other": "something else; the note says what",
}


class Part(NamedTuple):
    """How much of one item is disputed."""

    item_id: int
    amount_minor: int


class End(NamedTuple):
    """How a dispute ended, and the credit note given."""

    ended_on: date
    outcome: Outcome
    credited_minor: int = 0
    note: str = ""


class Dispute(NamedTuple):
    """One dispute; without parts it is about the account as a whole, whatever is open or comes to be."""

    id: int
    account_id: int
    currency: str
    reason: str
    owner: str
    opened_on: date
    promised_on: date | None = None
    note: str = ""
    parts: tuple[Part, ...] = ()
    documents: tuple[str, ...] = ()
    reopens_id: int | None = None
    end: End | None = None

    @property
    def amount_minor(self) -> int:
        """What was disputed when it was opened; 0 for the account as a whole."""
        return sum(part.amount_minor for part in self.parts)


def state(dispute: Dispute, as_of: date) -> State:
    """Where a dispute stands at the end of a day; late once the day promised for an answer is over."""
    if dispute.end is not None and dispute.end.ended_on <= as_of:
        return dispute.end.outcome
    if dispute.promised_on is not None and dispute.promised_on < as_of:
        return "late"
    return "open"


def reason(code: str) -> str:
    """Return a reason code as it is kept; WrongUsage for one there is not."""
    return one_of(code, "reason to dispute", REASONS)


def again(old: Sequence[Part], free: Sequence[Part]) -> tuple[Part, ...]:
    """Return what a dispute taken up again is about: what it was about before, as far as that is open and free."""
    before = {part.item_id: part.amount_minor for part in old}
    return tuple(Part(part.item_id, min(part.amount_minor, before.get(part.item_id, 0))) for part in free)


def parts(amount: Money | None, free: Sequence[Part]) -> tuple[Part, ...]:
    """Return what of each item is disputed; `free` is what is open and not disputed yet, oldest due first.

    Without an amount it is all of it. Refused for more than there is, or where nothing is left to dispute.
    """
    left = [part for part in free if part.amount_minor > 0]
    total = sum(part.amount_minor for part in left)
    if not total:
        raise Refused("nothing is open that is not disputed already", "see 'collect dispute list ACCOUNT'")
    if amount is None:
        return tuple(left)
    if amount.minor > total:
        hint = f"open and not disputed yet is {Money(total, amount.currency)}"
        raise Refused(f"more than can be disputed: {amount}", hint)
    return _spread(amount.minor, left)


def credited(dispute: Dispute, outcome: Outcome, amount: Money | None, standing: Sequence[Part]) -> tuple[Part, ...]:
    """Return what the credit note takes off each item when the dispute ends so.

    `standing` is what is still open of the disputed parts, oldest due first. Upheld is all of it, split the amount
    given, rejected nothing. WrongUsage for an amount that does not fit.
    """
    if outcome == "split" and amount is None:
        raise WrongUsage(f"a dispute that is split needs an amount to credit: {dispute.id}", "add --credit AMOUNT")
    if outcome != "split" and amount is not None:
        hint = "leave --credit out, or say split"
        raise WrongUsage(f"only a dispute that is split has an amount to credit: {outcome}", hint)
    if outcome == "rejected":
        return ()
    total = sum(part.amount_minor for part in standing)
    if amount is None:
        return tuple(part for part in standing if part.amount_minor)
    if not 0 < amount.minor < total:
        hint = f"still disputed is {Money(total, amount.currency)}; all of it is upheld"
        raise WrongUsage(f"not a part of what is disputed: {amount}", hint)
    return _spread(amount.minor, standing)


def standings(active: Iterable[Dispute], open_minor: Mapping[int, int]) -> dict[int, tuple[Part, ...]]:
    """What is still open of each of the disputes of one account and currency that are open, by their id.

    `open_minor` is what is open of each item, oldest due first. What is open stands in one dispute only: in the first
    that names its item, else in the one about the account as a whole. One that is over has nothing standing.
    """
    left = {item_id: minor for item_id, minor in open_minor.items() if minor > 0}
    found: dict[int, tuple[Part, ...]] = {}
    for one in sorted(active, key=lambda one: not one.parts):
        asked = {part.item_id: part.amount_minor for part in one.parts} if one.parts else left
        taken = {item_id: min(minor, asked.get(item_id, 0)) for item_id, minor in left.items()}
        left = {item_id: minor - taken[item_id] for item_id, minor in left.items()}
        found[one.id] = tuple(Part(item_id, minor) for item_id, minor in taken.items() if minor > 0)
    return found


def check_end(dispute: Dispute, ended_on: date, today: date) -> None:
    """Refused for a dispute that is over; WrongUsage for a day before it was opened, or one to come."""
    if dispute.end is not None:
        hint = f"take it up again with 'collect dispute open ACCOUNT --reopens {dispute.id}'"
        raise Refused(f"the dispute is over since {dispute.end.ended_on}: {dispute.id}", hint)
    if ended_on < dispute.opened_on:
        raise WrongUsage(f"before the dispute was opened: {ended_on}", f"it was opened on {dispute.opened_on}")
    if ended_on > today:
        raise WrongUsage(f"an end that is yet to come: {ended_on}", "end it on that day")


def past_their_day(disputes: Iterable[Dispute], today: date) -> list[Dispute]:
    """Disputes whose answer is late, the longest first."""
    late = [one for one in disputes if state(one, today) == "late"]
    return sorted(late, key=lambda one: (one.promised_on or today, one.id))


def _spread(minor: int, over: Iterable[Part]) -> tuple[Part, ...]:
    found = []
    for part in over:
        taken = min(minor, part.amount_minor)
        if taken:
            found.append(Part(part.item_id, taken))
        minor -= taken
    return tuple(found)
