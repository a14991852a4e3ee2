"""How a table fits a width: which columns stay, how wide they are, when it has to become cards; pure.

An amount, a number, a day or a code is never shortened: only text with words in it is, and never inside a figure.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from collect.blocks import Block

GAP = 2
"""Spaces between two columns; one, where it keeps a column on the screen."""
_SHORTEST = 8
"""Characters that are left of a shortened text, its mark included."""
_COMFORT = 20
"""A text this wide stays as it is for as long as another column can leave."""

_COMFORT_WRAPPED = 30
"""The same for a text that goes on in the next line: narrower, it would be all height."""

_DIGITS = frozenset("0123456789")
_FIGURE = _DIGITS | {".", ","}

Width = Callable[[str], int]
"""Cells of the terminal that a text takes."""


class Layout(NamedTuple):
    """The columns that are shown, by their place in the block; their widths; their titles as lines."""

    shown: Sequence[int]
    widths: Sequence[int]
    natural: Sequence[int]
    """Widths at which nothing in the column is shortened."""
    titles: Sequence[Sequence[str]]
    hidden: Sequence[str]
    gap: int


def cells_wide(text: str) -> int:
    """Cells of a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks and joiners."""
    return len(text) if text.isascii() else sum(map(_sign_wide, text))


@cache
def _sign_wide(sign: str) -> int:
    from unicodedata import category, east_asian_width

    if category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def widest(texts: Sequence[str], width: Width) -> int:
    """Cells that the widest of the texts takes."""
    if not texts:
        return 0
    if "".join(texts).isascii():
        return max(map(len, texts))
    return max(len(text) if text.isascii() else width(text) for text in texts)


def shortened(text: str, limit: int, width: Width, mark: str) -> str:
    """The beginning of a text and `mark`, within `limit` cells; it never ends inside a figure."""
    if width(text) <= limit:
        return text
    room = limit - width(mark)
    end = min(len(text), room)
    while width(text[:end]) > room:
        end -= 1
    head = text[:end].rstrip("\u200d")
    if text[end] in _FIGURE:
        head = head.rstrip("0123456789.,").rstrip("+-")
    return head.rstrip() + mark


def wrapped(text: str, limit: int, width: Width) -> list[str]:
    """The text over several lines, broken at blanks, each within `limit` cells or a single word."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}") <= limit:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def fit(block: Block, limit: int, width: Width) -> Layout | None:
    """The widest layout within `limit` cells (0: no limit); None where only cards can show every digit."""
    measure = _Measure(block, width)
    everything = list(range(len(block.columns)))
    if not limit:
        return measure.layout(everything, measure.natural, 0, broken=False, gap=GAP)
    shown = everything
    for shown in _choices(block, everything):
        for broken, gap in ((False, GAP), (True, GAP), (True, 1)):
            if found := measure.layout(shown, measure.comfort, limit, broken=broken, gap=gap):
                return found
    return measure.layout(shown, measure.least, limit, broken=True, gap=1)


def _choices(block: Block, shown: list[int]) -> Iterator[list[int]]:
    """Ever fewer columns: the highest rank leaves first, from the right; its money columns, parts of a sum, as one."""
    yield shown
    while rank := max((block.columns[at].rank for at in shown), default=0):
        last = [at for at in shown if block.columns[at].rank == rank]
        single = [at for at in last if block.columns[at].kind != "money"]
        gone = set(single[-1:] or last)
        shown = [at for at in shown if at not in gone]
        yield shown


class _Measure:
    """The widths that the columns of one block want."""

    def __init__(self, block: Block, width: Width) -> None:
        self.block = block
        self.width = width
        totals: list[list[str]] = [list(cells) for cells in zip(*block.totals, strict=True)]
        sums = totals or [[] for _ in block.columns]
        self.natural = [
            max(widest(cells, width), widest(total, width)) for cells, total in zip(block.cells, sums, strict=True)
        ]
        words = [
            column.kind == "text" and not all(map(_is_code, filter(None, cells)))
            for column, cells in zip(block.columns, block.cells, strict=True)
        ]
        # A word is never broken where text wraps.
        longest = [
            widest([word for cell in cells for word in cell.split()], width) if column.wraps else 0
            for column, cells in zip(block.columns, block.cells, strict=True)
        ]

        def floor(most: int, most_wrapped: int) -> list[int]:
            limits = [
                max(word, most_wrapped) if column.wraps else most
                for column, word in zip(block.columns, longest, strict=True)
            ]
            return [
                min(own, limit) if free else own for own, free, limit in zip(self.natural, words, limits, strict=True)
            ]

        self.comfort = floor(_COMFORT, _COMFORT_WRAPPED)
        self.least = floor(_SHORTEST, _SHORTEST)

    def layout(
        self, shown: Sequence[int], floor: Sequence[int], limit: int, *, broken: bool, gap: int
    ) -> Layout | None:
        """Columns at least `floor` wide, with the room that is left shared out; None where they need more room."""
        titles, widths, wants = [], [], []
        for at in shown:
            title = self.block.columns[at].title
            lines = wrapped(title, max(floor[at], 1), self.width) if broken else [title]
            own = max(floor[at], widest(lines, self.width))
            titles.append(lines)
            widths.append(own)
            wants.append(max(0, self.natural[at] - own))
        room = limit - sum(widths) - gap * (len(shown) - 1)
        if limit and room < 0:
            return None
        if limit:
            widths = _shared_out(widths, wants, room)
        hidden = [column.title for at, column in enumerate(self.block.columns) if at not in shown]
        return Layout(shown, widths, [self.natural[at] for at in shown], titles, hidden, gap)


def _is_code(cell: str) -> bool:
    """One word with a digit in it: a number people quote, useless in part."""
    return " " not in cell and not _DIGITS.isdisjoint(cell)


def _shared_out(widths: list[int], wants: Sequence[int], room: int) -> list[int]:
    """The widths after `room` cells went to the columns that want more, the most modest first."""
    result = list(widths)
    hungry = sorted((want, at) for at, want in enumerate(wants) if want)
    for place, (want, at) in enumerate(hungry):
        given = min(want, room // (len(hungry) - place))
        result[at] += given
        room -= given
    return result
