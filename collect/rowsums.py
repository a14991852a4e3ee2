"""What rows of a ledger sum to while they are sorted, and what comes next below one."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

from collect.rowfacts import Body


class RowSums:
    """The sums of the plain rows by column, and of odd rows that turn out to be items after all."""

    def __init__(self, body: Body, plain: list[bool], odd: list[int]) -> None:
        """Sum up the plain rows."""
        self.body, self.plain, self.odd, self.size = body, plain, odd, len(plain)
        self.sums = {
            at: list(accumulate((m or 0 if p else 0 for m, p in zip(minor, plain, strict=True)), initial=0))
            for at, minor in body.minor.items()
        }
        self.extra: list[int] = []
        """Odd rows that are items after all."""

    def between(self, at: int, start: int, end: int) -> int:
        """What the items of a column sum to from row `start` to before row `end`."""
        low, high = bisect_left(self.extra, start), bisect_left(self.extra, end)
        minor = self.body.minor[at]
        return self.sums[at][end] - self.sums[at][start] + sum(minor[i] or 0 for i in self.extra[low:high])

    def adds_up(self, stated: Mapping[int, int], start: int, end: int) -> bool:
        """Whether a row states exactly what the rows from `start` to `end` sum to, and there are any."""
        found = any(stated.values()) and end > start
        return found and all(self.between(at, start, end) == value for at, value in stated.items())

    def next_odd(self, i: int) -> int:
        """The next odd row after `i` that holds an amount, or the end."""
        place = bisect_left(self.odd, i + 1)
        for j in self.odd[place:]:
            if self.states(j):
                return j
        return self.size

    def starts(self, i: int) -> bool:
        """Whether the next row that is not blank is a plain item."""
        for j in range(i + 1, self.size):
            if self.plain[j]:
                return True
            if any(cells[j] is not None and cells[j] != "" for cells in self.body.cells.values()):
                return False
        return False

    def heads(self, i: int, stated: Mapping[int, int]) -> bool:
        """Whether items follow that sum to what the row states: a party row above its own."""
        end = self.next_odd(i)
        return self.starts(i) and all(self.between(at, i + 1, end) == value for at, value in stated.items())

    def states(self, i: int) -> bool:
        """Whether a row holds an amount."""
        return any(minor[i] is not None for minor in self.body.minor.values())
