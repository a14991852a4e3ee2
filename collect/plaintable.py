"""Tables and cards as lines, painted where the terminal has colour; pure and fast."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from collect.blocks import TOTAL, Block
from collect.cells import RIGHT
from collect.layout import GAP, Layout, Width, shortened, widest, wrapped
from collect.views.sheet import Column

BETWEEN = 2
"""Spaces between two figures on one line of a card."""
Paint = Callable[[str, str], str]
"""A text in a style: one of those of `blocks.Line`, or `head`, `rule`, `late`, `zero`, `total`."""


def bare(text: str, _style: str) -> str:
    """Paint nothing."""
    return text


def table(block: Block, layout: Layout, width: Width, mark: str, paint: Paint = bare) -> list[str]:
    """The lines of a table: titles, a rule, the rows, and the totals below a second rule."""
    columns = [block.columns[at] for at in layout.shown]
    dash = "-" if mark.isascii() or paint is bare else "─"
    rule = paint((" " * layout.gap).join(dash * own for own in layout.widths), "rule")

    def lines(cells: Sequence[Sequence[str]], style: str = "") -> list[str]:
        return _rows(cells, columns, layout, width, paint, style)

    return [
        *lines(_titles(layout), "head"),
        rule,
        *lines(_unfolded(columns_cut(block, layout, width, mark))),
        *([rule] if block.totals else []),
        *lines(totals_cut(block, layout, width, mark), "total"),
    ]


def columns_cut(block: Block, layout: Layout, width: Width, mark: str) -> list[Sequence[str]]:
    """The cells of the columns that are shown, text shortened to its column's width, or with line breaks within it."""

    def cut(cell: str, at: int, own: int) -> str:
        if block.columns[at].wraps:
            return "\n".join(wrapped(cell, own, width))
        return shortened(cell, own, width, mark)

    return [
        block.cells[at] if natural <= own else [cut(cell, at, own) for cell in block.cells[at]]
        for at, own, natural in zip(layout.shown, layout.widths, layout.natural, strict=True)
    ]


def totals_cut(block: Block, layout: Layout, width: Width, mark: str) -> list[Sequence[str]]:
    """The totals in the same way, one sequence per column that is shown."""
    return [
        [shortened(total[at], own, width, mark) for total in block.totals]
        for at, own in zip(layout.shown, layout.widths, strict=True)
    ]


def cards(block: Block, limit: int, width: Width) -> Iterator[list[tuple[str, str]]]:
    """Every row as a few lines, nothing cut; a line is a list of pairs of title and cell, empty between two cards.

    Figures stand below each other, several to a line where the width `limit` has room; empty cells are left out.
    """
    titles = [column.title for column in block.columns]
    rights = [column.kind in RIGHT for column in block.columns]
    figures = [cells for right, cells in zip(rights, block.cells, strict=True) if right]
    figures += [[cell for right, cell in zip(rights, total, strict=True) if right] for total in block.totals]
    labels = label_width(titles, width)
    room = max((widest(cells, width) for cells in figures), default=0)
    if labels + room > limit:
        room = 0
    across = max(1, (limit + BETWEEN) // (labels + room + BETWEEN)) if room else 1
    for number, row in enumerate([*zip(*block.cells, strict=True), *block.totals]):
        if number:
            yield []
        line: list[tuple[str, str]] = []
        for title, right, cell in zip(titles, rights, row, strict=True):
            if line and cell and not (right and len(line) < across):
                yield line
                line = []
            if cell and right:
                line.append((padded(title, labels, width), cell.rjust(room)))
            elif cell:
                yield (
                    [(TOTAL, "")]
                    if number >= block.height and cell == TOTAL
                    else [(padded(title, labels, width), cell)]
                )
        if line:
            yield line


def label_width(labels: Sequence[str], width: Width) -> int:
    """Cells that the labels of a page or a card take, the gap after them included."""
    return widest(labels, width) + GAP


def padded(text: str, own: int, width: Width) -> str:
    """The text filled up to `own` cells."""
    return text + " " * (own - width(text))


def _titles(layout: Layout) -> list[Sequence[str]]:
    """The titles as cells, one sequence per column, the last line of each just above the rule."""
    height = max((len(lines) for lines in layout.titles), default=0)
    return [[""] * (height - len(lines)) + list(lines) for lines in layout.titles]


def _unfolded(columns: list[Sequence[str]]) -> list[Sequence[str]]:
    """The columns with every line of a cell that has several in a row of its own."""
    if not any("\n" in cell for cells in columns for cell in cells):
        return columns
    rows = [zip_longest(*(cell.split("\n") for cell in row), fillvalue="") for row in zip(*columns, strict=True)]
    return [list(cells) for cells in zip(*(line for row in rows for line in row), strict=True)]


def _rows(
    cells: Sequence[Sequence[str]],
    columns: Sequence[Column],
    layout: Layout,
    width: Width,
    paint: Paint,
    style: str,
) -> list[str]:
    """One line per row, in one style; without one each cell has its own."""
    filled = []
    for values, own, column in zip(cells, layout.widths, columns, strict=True):
        aligned = _aligned(values, own, width, right=column.kind in RIGHT)
        if paint is not bare:
            styles = [style or _style(text, column) for text in values]
            aligned = [paint(text, each) if each else text for text, each in zip(aligned, styles, strict=True)]
        filled.append(aligned)
    between = " " * layout.gap
    return [between.join(row).rstrip() for row in zip(*filled, strict=True)]


def _aligned(values: Sequence[str], own: int, width: Width, *, right: bool) -> list[str]:
    """The cells of a column filled up to its width; only what is not ASCII is measured cell by cell."""
    if "".join(values).isascii():
        return [value.rjust(own) for value in values] if right else [value.ljust(own) for value in values]
    fill = [" " * (own - (len(value) if value.isascii() else width(value))) for value in values]
    return [space + value if right else value + space for value, space in zip(values, fill, strict=True)]


def _style(text: str, column: Column) -> str:
    """How a cell is painted: `late` where it says that something is, `zero` for an amount of nothing."""
    zero = not text.strip("0.,-")
    if column.late and not zero and not text.startswith("-"):
        return "late"
    return "zero" if zero and column.kind == "money" else ""
