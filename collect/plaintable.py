"""Tables and cards as plain lines: for pipes, long tables and terminals without colour; pure and fast."""

from collections.abc import Iterator, Sequence

from collect.blocks import TOTAL, Block
from collect.cells import RIGHT
from collect.layout import GAP, Layout, Width, shortened, widest

BETWEEN = 2
"""Spaces between two figures on one line of a card."""


def table(block: Block, layout: Layout, width: Width, mark: str) -> list[str]:
    """The lines of a table: titles, a rule, the rows, and the totals below a second rule."""
    rights = [block.columns[at].kind in RIGHT for at in layout.shown]
    rule = (" " * layout.gap).join("-" * own for own in layout.widths)
    return [
        *_rows(_titles(layout), layout, rights, width),
        rule,
        *_rows(columns_cut(block, layout, width, mark), layout, rights, width),
        *([rule] if block.totals else []),
        *_rows(totals_cut(block, layout, width, mark), layout, rights, width),
    ]


def columns_cut(block: Block, layout: Layout, width: Width, mark: str) -> list[Sequence[str]]:
    """The cells of the columns that are shown, text shortened to its column's width."""
    return [
        block.cells[at] if natural <= own else [shortened(cell, own, width, mark) for cell in block.cells[at]]
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


def _rows(columns: Sequence[Sequence[str]], layout: Layout, rights: Sequence[bool], width: Width) -> list[str]:
    """One line per row; only columns that are not ASCII are measured cell by cell."""
    forms, cells = [], []
    for values, own, right in zip(columns, layout.widths, rights, strict=True):
        if "".join(values).isascii():
            forms.append(f"%{'' if right else '-'}{own}s")
            cells.append(values)
        else:
            forms.append("%s")
            fill = [" " * (own - (len(value) if value.isascii() else width(value))) for value in values]
            both = zip(values, fill, strict=True)
            cells.append([space + value if right else value + space for value, space in both])
    template = (" " * layout.gap).join(forms)
    return [(template % row).rstrip() for row in zip(*cells, strict=True)]
