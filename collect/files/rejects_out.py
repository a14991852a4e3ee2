"""The workbook of rows that were set aside: as they stand in the file, the bad cells in colour, why, and what to do.

Corrected, it imports like the file it came from: the lines above the header, which state the list's day, and the
header itself stand in it as they were; the columns of our own have no header.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from collect import titles
from collect.errors import WrongUsage
from collect.files.atomic import replacing
from collect.files.xlsx_cells import excel_text
from collect.grids import Cell, Layout, Reject
from collect.headers import DATES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SET_ASIDE = "set aside"
"""What its worksheets are called."""
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of Excel's has no zone
_EXACT = 10**15
_WIDEST = 60


class Part(Protocol):
    """One sheet that was read, a ledger or a list of customers."""

    @property
    def layout(self) -> Layout:
        """How it was read."""

    @property
    def rejects(self) -> Sequence[Reject]:
        """The cells that cannot be taken."""

    @property
    def date_order(self) -> str:
        """`dmy` or `mdy` where texts had to be read by one."""


class Aside(NamedTuple):
    """A row that was set aside: its number in the file, its cells, and what is wrong by column: reason, suggestion."""

    row: int
    cells: Sequence[Cell]
    wrong: Mapping[int, tuple[str, str]]


class Rejects(NamedTuple):
    """The rows set aside of one sheet, below the lines and the header they stood under."""

    sheet: str
    titles: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Aside]


def ours(sheet: str) -> bool:
    """Whether a worksheet holds rows that were set aside: those are never a whole list."""
    return sheet.startswith(SET_ASIDE)


def refuse_as_whole(sheet: str, name: str) -> None:
    """Refuse to take rows that were set aside for a complete list."""
    if ours(sheet):
        raise WrongUsage(f"rows that were set aside are no complete list: {name}", "leave --full out")


def write(path: Path, parts: Sequence[Rejects]) -> None:
    """Write the workbook, one worksheet a sheet, whole or not at all. Raises DiskTrouble as `replacing` does."""
    from xlsxwriter import Workbook

    with replacing(path) as file:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = Workbook(file, {"in_memory": True, **options})
        styles = _styles(book)
        for number, part in enumerate(parts, start=1):
            name = SET_ASIDE if len(parts) == 1 else f"{SET_ASIDE} {number}"
            _fill(book.add_worksheet(name), part, styles)
        book.close()


def _styles(book: "Workbook") -> dict[str, "Format"]:
    plain = {"num_format": "yyyy-mm-dd"}
    return {
        "header": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format(plain),
        "bad": book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}),
        "bad day": book.add_format({**plain, "bg_color": "#FFC7CE", "font_color": "#9C0006"}),
        "said": book.add_format({"italic": True, "font_color": "#7F7F7F"}),
    }


def _fill(sheet: "Worksheet", part: Rejects, styles: Mapping[str, "Format"]) -> None:
    top = len(part.titles)
    for row, line in enumerate(part.titles):
        sheet.write_string(row, 0, excel_text(line))
    for at, title in enumerate(part.header):
        if title:
            sheet.write_string(top, at, excel_text(title), styles["header"])
    said = max([len(part.header), *(len(row.cells) for row in part.rows)]) + 1
    widths = [len(title) for title in part.header]
    for row, aside in enumerate(part.rows, start=top + 1):
        for at, cell in enumerate(aside.cells):
            _cell(sheet, (row, at), cell, styles, bad=at in aside.wrong)
            if at < len(widths):
                widths[at] = max(widths[at], len(str(cell or "")))
        reasons = [f"{_header(part, at)}: {reason}" for at, (reason, _) in aside.wrong.items()]
        todo = dict.fromkeys(suggestion for _, suggestion in aside.wrong.values())
        for at, text in enumerate((f"row {aside.row} of {part.sheet}", "; ".join(reasons), "; ".join(todo))):
            sheet.write_string(row, said + at, excel_text(text), styles["said"])
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(_WIDEST, max(8, width + 1)))
    sheet.set_column(said, said + 2, 40)
    sheet.freeze_panes(top + 1, 0)


def _header(part: Rejects, at: int) -> str:
    return part.header[at] if at < len(part.header) and part.header[at] else f"column {at + 1}"


def _cell(sheet: "Worksheet", place: tuple[int, int], cell: Cell, styles: Mapping[str, "Format"], *, bad: bool) -> None:
    """One cell as it stood in the file; a number that Excel would round is written as text."""
    style = styles["bad"] if bad else None
    if isinstance(cell, date):
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - as above
        gone = moment.replace(tzinfo=None) - _DAY_ZERO
        days = gone.days + gone.seconds / 86_400
        sheet.write_number(*place, days, styles["bad day" if bad else "day"])
    elif isinstance(cell, bool):
        sheet.write_boolean(*place, cell, style)
    elif isinstance(cell, int | float) and abs(cell) < _EXACT:
        sheet.write_number(*place, cell, style)
    elif cell is not None and cell != "":
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        sheet.write_string(*place, excel_text(text), style)
    elif bad:
        sheet.write_blank(*place, None, style)


def gathered(part: Part, rows: Mapping[int, Sequence[Cell]]) -> Rejects:
    """What was set aside of one sheet; `rows` are the rows themselves, by index.

    A day that could be two is written as the date it was read as, and a customer who stands in another row of the
    file (a party row, a merged cell) is written into the row, so that it can be read without the others.
    """
    layout = part.layout
    header = [layout.headers.get(at, "") for at in range(max(layout.headers, default=-1) + 1)]
    owners = _owner_columns(part, header)
    wrong: dict[int, dict[int, tuple[str, str]]] = {}
    whose: dict[int, tuple[str, str]] = {}
    for reject in part.rejects:
        wrong.setdefault(reject.row, {})[reject.at] = reject.reason, reject.suggestion
        whose[reject.row] = reject.account, reject.name
    found = []
    for row, marks in sorted(wrong.items()):
        cells = [*rows.get(row - 1, ())]
        cells += [None] * (len(header) - len(cells))
        _settle_days(cells, part)
        for at, text in zip(owners, whose[row], strict=True):
            if at >= 0 and at not in marks and cells[at] in {None, ""}:
                cells[at] = text
        found.append(Aside(row, cells, marks))
    return Rejects(layout.sheet, layout.titles, header, found)


def _owner_columns(part: Part, header: list[str]) -> tuple[int, int]:
    """The columns of number and name, -1 for none; a header of its own where only other rows say whose a row is."""
    mapping = part.layout.mapping
    account, name = (mapping[field].at if field in mapping else -1 for field in ("account", "name"))
    if account < 0 and name < 0 and any(reject.name for reject in part.rejects):
        name = len(header)
        header.append("Customer Name")
    return account, name


def _settle_days(cells: list[Cell], part: Part) -> None:
    """Make dates of the texts that the whole file's order of day and month had to decide."""
    for field in DATES if part.date_order else ():
        at = part.layout.mapping[field].at if field in part.layout.mapping else -1
        cell = cells[at] if at >= 0 else None
        if isinstance(cell, str) and (day := titles.day(cell, part.date_order)):
            cells[at] = date.fromisoformat(day)
