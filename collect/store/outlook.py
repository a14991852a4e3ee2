"""What the history of accounts says of what comes: how likely they are to slip, and their next step on the ladder.

It is dear, so the queue asks for it only where it may decide who comes first (`collect.shortcut`).
"""

from collections.abc import Collection

from collect import queue
from collect.book import Book
from collect.queue import Term, Weights
from collect.store.postings import AsOf


class Outlook:
    """The dear terms of accounts on a day; what was asked once is remembered."""

    def __init__(self, book: Book, as_of: AsOf, weights: Weights) -> None:
        """Ask nothing yet."""
        self._book = book
        self._as_of = as_of
        self._weights = weights
        self._known: dict[int, tuple[Term, ...]] = {}

    @property
    def most(self) -> float:
        """The most points it can add to a score."""
        return max(self._weights.risk, 0.0) + max(self._weights.stage, 0.0)

    def terms(self, accounts: Collection[int]) -> dict[int, tuple[Term, ...]]:
        """Stage and risk of these accounts, by account; () where neither has something to say."""
        asked = sorted(one for one in accounts if one not in self._known)
        if asked:
            self._known |= self._looked_up(asked)
        return {one: self._known[one] for one in accounts}

    def _looked_up(self, accounts: list[int]) -> dict[int, tuple[Term, ...]]:
        from collect.store import deadlines, risk

        steps = queue.called(deadlines.stages(self._book, self._as_of, accounts), self._weights)
        scores = risk.scores(self._book, self._as_of, accounts) if self._weights.risk else {}
        found = {}
        for one in accounts:
            slips = queue.slipping(scores.get(one, 0.0), self._weights)
            found[one] = (*steps.get(one, ()), *((slips,) if slips else ()))
        return found
