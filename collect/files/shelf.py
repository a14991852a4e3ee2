"""The sheets of one file, read into this process."""

from collections.abc import Iterator, Sequence

from collect.files.cells import Cell, Findings, SheetInfo
from collect.files.grid import Grid


class LocalShelf:
    """Every sheet of one file with its findings, and what was worth a warning."""

    def __init__(self, kind: str) -> None:
        """Start an empty shelf for a file of `kind`, such as xlsx or csv."""
        self.kind = kind
        self.sheets: list[SheetInfo] = []
        self.warnings: list[str] = []
        self._grids: dict[str, Grid] = {}
        self._findings: dict[str, Findings] = {}

    def add(self, grid: Grid, findings: Findings | None = None, *, visible: bool = True) -> None:
        """Put a sheet beside the others; a name that is there already gets a number."""
        while grid.name in self._grids:
            grid.name += " (2)"
        self.sheets.append(SheetInfo(grid.name, visible, grid.height, grid.width))
        self._grids[grid.name] = grid
        self._findings[grid.name] = findings or Findings()

    def column_parts(self, sheet: str, indexes: Sequence[int], first_row: int) -> Iterator[list[list[Cell]]]:
        """The asked columns from `first_row` on, some rows at a time."""
        return self._grids[sheet].column_parts(indexes, first_row)

    def rows(self, sheet: str, numbers: Sequence[int]) -> dict[int, list[Cell]]:
        """Whole rows by number; a number outside the sheet is left out."""
        return self._grids[sheet].rows(numbers)

    def findings(self, sheet: str) -> Findings:
        """What the values do not say."""
        return self._findings[sheet]

    def close(self) -> None:
        """Let go of all cells."""
        self._grids.clear()
