"""The file's own totals beside what its rows sum to, and why they differ where that can be told."""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from collect import headers
from collect.amountcolumns import Minor
from collect.grids import FileTotal, Layout
from collect.money import shown
from collect.rowfacts import Total


class Sums:
    """What the item rows of each money column sum to, over any stretch of rows, in the file's one currency."""

    def __init__(self, minor: Mapping[int, Minor], items: Sequence[int], currency: str) -> None:
        """Keep the columns and the rows that count."""
        self.minor, self.items, self.currency = minor, items, currency
        self._running: dict[int, list[int]] = {}
        self._begun: dict[int, set[int]] = {}

    def of(self, at: int, start: int, end: int) -> int:
        """The sum of a column from row `start` to before `end`."""
        if at not in self._running:
            values = self.minor[at]
            own: list[int] = [0] * len(values)
            for i in self.items:
                own[i] = values[i] or 0
            self._running[at] = list(accumulate(own, initial=0))
        running = self._running[at]
        return running[end] - running[start]

    def begin(self, at: int, start: int) -> None:
        """Note where a stretch of rows began that some total summed: a total of totals begins at one of them."""
        self._begun.setdefault(at, set()).add(self.of(at, 0, start))

    def nested(self, at: int, end: int, stated: int) -> bool:
        """Whether a column sums to `stated` from one of the noted starts to before row `end`."""
        return self.of(at, 0, end) - stated in self._begun.get(at, ())

    def among(self, at: int, rows: Collection[int]) -> int:
        """The sum of a column over some rows."""
        values = self.minor[at]
        return sum(values[i] or 0 for i in rows)


def compare(
    layout: Layout, totals: Sequence[Total], sums: Sums, visible: Collection[int] | None, left_out: Collection[int]
) -> tuple[list[FileTotal], list[str]]:
    """The grand totals, stated and read, and a warning for every total that its rows do not sum to.

    `visible` are the rows that Excel shows (None: all of them), `left_out` duplicates and rejected rows.
    """
    found: list[FileTotal] = []
    warnings: list[str] = []
    off: list[tuple[Total, int, int, int]] = []
    for total in totals:
        for at, stated in total.stated.items():
            part, whole = sums.of(at, total.start, total.heads or total.at), sums.of(at, 0, total.at)
            if total.grand:
                found.append(FileTotal(sums.currency, stated, whole, _place(layout, total, at)))
                if stated not in {whole, part}:
                    warnings.append(_why(layout, total, at, stated, sums, visible, left_out))
            elif stated not in {part, whole} and not sums.nested(at, total.at, stated):
                off.append((total, at, stated, part))
            sums.begin(at, total.start)
    if off:
        total, at, stated, part = off[0]
        warnings.append(
            f"{len(off)} subtotals differ from their rows, the first in {_place(layout, total, at)}: it says "
            f"{shown(stated, sums.currency)}, its rows sum to {shown(part, sums.currency)}"
        )
    return found, warnings


def _place(layout: Layout, total: Total, at: int) -> str:
    return f"{headers.letter(at)}{total.at + layout.first + 1} ({layout.headers.get(at, '')})"


def _why(
    layout: Layout,
    total: Total,
    at: int,
    stated: int,
    sums: Sums,
    visible: Collection[int] | None,
    left_out: Collection[int],
) -> str:
    """What a total says that its rows do not, and the reason where one fits to the cent."""
    read = sums.of(at, 0, total.at)
    currency = sums.currency
    text = f"the file's total in {_place(layout, total, at)} is {shown(stated, currency)}"
    if visible is not None and stated == sums.among(at, seen := [i for i in sums.items if i in visible]):
        return (
            f"{text}: it counts the {len(seen)} visible rows; all {len(sums.items)} rows sum to {shown(read, currency)}"
        )
    missing = sums.among(at, left_out)
    if missing and stated == read + missing:
        return f"{text}: it counts {len(left_out)} rows left out here; the rows taken sum to {shown(read, currency)}"
    for other in sums.minor:
        if other != at and stated == sums.of(other, 0, total.at):
            header = layout.headers.get(other, "")
            return f"{text}: it is the sum of column '{header}'; its own sums to {shown(read, currency)}"
    return f"{text}, its rows sum to {shown(read, currency)}"
