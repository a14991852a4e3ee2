"""One sheet in memory: blocks of rows, each kept column by column, packed small once there are many."""

import itertools
import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from collect.errors import InputRefused
from collect.files.cells import Cell
from collect.files.sharing import Shared

LIVE_CELLS = 1_500_000
"""Cells kept as they are, about 60 bytes each; further blocks are packed to about 8."""
BLOCK_ROWS = 4_096
FIRST_ROWS = 128
"""The first block is small: the head of a sheet is looked at often."""
_TEXT = frozenset((str, type(None)))
_PLAIN = frozenset((str, float, int, bool, type(None)))


@dataclass(slots=True)
class Block:
    """Rows `first` up to `first + count`, column by column from `offset`; a column is values or packed bytes."""

    first: int
    count: int
    offset: int
    columns: list[Any]


class Grid:
    """The cells of one sheet; positions are the file's own, from 0."""

    def __init__(self, name: str) -> None:
        """Start an empty sheet called `name`."""
        self.name = name
        self.height = 0
        self.width = 0
        self._blocks: list[Block] = []
        self._live = 0

    def add(
        self,
        rows: Sequence[Sequence[Any]],
        first_row: int | None = None,
        first_column: int = 0,
        resolve: Callable[[Sequence[Any]], Sequence[Any]] | None = None,
    ) -> None:
        """Put `rows` below what is there, or at `first_row`; rows may differ in length, what is missing is blank.

        `resolve` makes the cells of a column out of what was read for it.
        """
        at = self.height if first_row is None else first_row
        cut = max(FIRST_ROWS - at, 0)
        starts = [0, *range(cut or BLOCK_ROWS, len(rows), BLOCK_ROWS)]
        for start, end in itertools.pairwise([*starts, len(rows)]):
            columns: Iterable[Sequence[Any]] = itertools.zip_longest(*rows[start:end])
            if resolve is not None:
                columns = map(resolve, columns)
            self._add_block(list(columns), end - start, at + start, first_column)

    def _add_block(self, columns: list[Any], count: int, first: int, offset: int) -> None:
        self._live += len(columns) * count
        if self._live > LIVE_CELLS:
            columns = [pack(self._tidy(values, first, offset + at)) for at, values in enumerate(columns)]
        self._blocks.append(Block(first, count, offset, columns))
        self.height = max(self.height, first + count)
        self.width = max(self.width, offset + len(columns))

    def column_parts(self, indexes: Sequence[int], first_row: int) -> Iterator[list[list[Cell]]]:
        """The asked columns from `first_row` on, some rows at a time, gaps filled with None."""
        at = first_row
        shared = [Shared() for _ in indexes]
        for block in self._blocks:
            end = block.first + block.count
            if end <= at:
                continue
            if block.first > at:
                yield [[None] * (block.first - at) for _ in indexes]
                at = block.first
            parts = [self._values(block, index, known) for index, known in zip(indexes, shared, strict=True)]
            yield [values[at - block.first :] for values in parts] if at > block.first else parts
            at = end

    def rows(self, numbers: Iterable[int]) -> dict[int, list[Cell]]:
        """Whole rows by number; a number outside the sheet is left out."""
        wanted = sorted({number for number in numbers if 0 <= number < self.height})
        found: dict[int, list[Cell]] = {number: [None] * self.width for number in wanted}
        for block in self._blocks:
            inside = [number for number in wanted if block.first <= number < block.first + block.count]
            if not inside:
                continue
            for index in range(block.offset, block.offset + len(block.columns)):
                values = self._values(block, index, Shared())
                for number in inside:
                    found[number][index] = values[number - block.first]
        return found

    def _values(self, block: Block, index: int, shared: Shared) -> list[Cell]:
        at = index - block.offset
        if not 0 <= at < len(block.columns):
            return [None] * block.count
        values = block.columns[at]
        return unpack(values, shared) if isinstance(values, bytes) else self._tidy(values, block.first, index)

    def _tidy(self, values: Sequence[Any], first_row: int, column: int) -> list[Cell]:
        """Blank texts become None, times of day become text; refuses what is no number (NaN, infinity)."""
        kinds = set(map(type, values))
        if float in kinds:
            total = sum(value for value in values if type(value) is float) if len(kinds) > 1 else sum(values)
            if total - total != 0.0:
                self._refuse_endless(values, first_row, column)
        if not kinds <= _PLAIN:
            values = [_kept(value) for value in values]
        if str in kinds and "" in values:
            return [None if value == "" else value for value in values]
        return list(values)

    def _refuse_endless(self, values: Sequence[Any], first_row: int, column: int) -> None:
        for at, value in enumerate(values):
            if type(value) is float and value - value != 0.0:
                place = f"{self.name}!{letters(column)}{first_row + at + 1}"
                raise InputRefused(f"a number that is not finite: {place}", "correct that cell and save the file again")


def letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name, column = "", column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def _kept(value: Any) -> Any:
    """`value` where a Cell can hold it, else its text."""
    if value is None or isinstance(value, str | int | float | date):
        return value
    return str(value)


def pack(values: Sequence[Cell]) -> bytes:
    """Tidy cells of one column as bytes: days as their ordinals, days among others as a tuple of their ISO text."""
    kinds = set(map(type, values))
    packed: Any = values
    if kinds <= _PLAIN:
        return marshal.dumps(("text" if kinds <= _TEXT else "plain", packed))
    if kinds == {date}:
        return marshal.dumps(("days", list(map(date.toordinal, packed))))
    texts: dict[Any, Any] = {value: (value.isoformat(),) for value in set(values) if isinstance(value, date)}
    return marshal.dumps(("dated", list(map(texts.get, values, values))))


def unpack(packed: bytes, shared: Shared) -> list[Cell]:
    """What pack() made bytes of. Equal texts and days become one object, also with those `shared` has seen."""
    how, values = marshal.loads(packed)  # noqa: S302 - made by pack(), here or in a process of ours
    if how == "text":
        return shared.of(values)
    if how == "days":
        each = {value: date.fromordinal(value) for value in set(values)}
        return list(map(each.__getitem__, values))
    if how == "dated":
        days = {value: _day(*value) for value in set(values) if type(value) is tuple}
        return list(map(days.get, values, values))
    return list(values)


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
