"""Who can still be among the first of the queue: a shortcut past most accounts that never changes the order.

Some terms are dear: they need the history of an account. They are asked for only where they may decide, which can be
told because all of them together add no more than so many points.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from collect.money import exponent
from collect.queue import OLDEST_COUNTED, Facts, Known, Term, Weights, age_and_new, judged

_ROUNDING = 0.2
"""Points that rounding each term to one decimal may add up to."""
_LARGEST_MINOR = 2**63 - 1
"""No amount in a book is larger."""
_MOST_DIGITS = 19
"""It has so many digits."""


class Look(Protocol):
    """A closer look at accounts: their dear terms, and the most that these can add to a score."""

    @property
    def most(self) -> float:
        """Points; zero or more."""

    def terms(self, accounts: Collection[int]) -> Mapping[int, Sequence[Term]]:
        """Further terms by account id."""


class Floor(NamedTuple):
    """How much an account must owe to count if its oldest item is due by a day, and not by the next older floor's."""

    due_by: str
    tenfold: float
    """The amount as a multiple of `amount_from`; 0 where any amount will do."""
    amount_from: int

    def least(self, currency: str) -> int:
        """The least amount, in minor units."""
        return min(int(self.amount_from * 10 ** exponent(currency) * self.tenfold), _LARGEST_MINOR)


def closely(
    all_facts: Iterable[Facts], today: date, weights: Weights, limit: int, known: Known, look: Look
) -> tuple[list[Facts], Known]:
    """Return the facts of those who may be among the first `limit` (0: of all), and what is known of them in full."""
    found = sorted(judged(all_facts, today, weights, known))
    contenders = found
    if limit < len(found) and limit:
        # What the last place has among twice as many, looked at closely, it has at least among all.
        some = [facts for *_, facts in found[: 2 * limit]]
        sharper = known.with_terms(look.terms({facts[0] for facts in some}))
        last_place = -sorted(judged(some, today, weights, sharper))[limit - 1][0]
        contenders = [one for one in found if -one[0] + look.most + _ROUNDING >= last_place]
    chosen = [facts for *_, facts in contenders]
    return chosen, known.with_terms(look.terms({facts[0] for facts in chosen}))


def floors(
    sample: Iterable[Facts], today: date, weights: Weights, limit: int, known: Known, *, most: float = 0.0
) -> list[Floor]:
    """Return what an account must owe, by age, to reach the first `limit` places; [] where anyone may.

    The score of the last place among a sample, known in full, is a score that the last place among all has at least;
    accounts outside of it may get `most` points more than their facts give. Floors come oldest first, ten days each,
    so that a query can leave out who is below them (and is not called for otherwise).
    """
    found = sorted(judged(sample, today, weights, known))
    if len(found) < limit or weights.amount <= 0 or weights.age < 0:
        return []
    last_place = -found[limit - 1][0]
    floors_ = []
    for youngest in range(OLDEST_COUNTED, -1, -10):
        best = max(
            age_and_new(days, weights, at_most=True) for days in range(youngest, min(youngest + 10, OLDEST_COUNTED) + 1)
        )
        # One point is left for rounding.
        missing = last_place - best - max(weights.disputed, 0.0) - most - 1
        tenfold = 10 ** min(missing / weights.amount, _MOST_DIGITS) if missing > 0 else 0.0
        due_by = (today - timedelta(days=youngest)).isoformat()
        floors_.append(Floor(due_by, tenfold, weights.amount_from))
    return floors_
