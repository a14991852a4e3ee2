"""Results as a workbook: real numbers and days, text that stays text, a frozen and filtered header, totals below.

XlsxWriter in constant memory: a row is on disk before the next one is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from collect.blocks import proof_lines
from collect.cells import PEOPLE, chunks, currencies, exported, fact_text, notes
from collect.errors import WrongUsage
from collect.files.xlsx_cells import Styles, Written, column_cells, excel_text
from collect.safe import safe
from collect.views.sheet import Column, Done, Page, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_MAX_ROWS = 1_048_576
_MEASURED = 1000
"""Rows whose width is looked at."""
_NARROWEST, _WIDEST = 8, 60
_ARROW = 3
"""Characters the filter's arrow takes beside a title."""


def write(file: BinaryIO, result: Sheet | Page | Done, today: date) -> int:
    """Write a workbook: one worksheet per sheet, then one that says what this is; the number of rows in it.

    Raises WrongUsage where a sheet has more rows than a worksheet can hold.
    """
    import tempfile

    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # Rows wait in temporary files: a folder of our own is gone afterwards even when writing fails.
    with tempfile.TemporaryDirectory(prefix="collect-") as folder:
        book = Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        try:
            count = _fill(book, result, today)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for worksheet in book.worksheets():
                worksheet.row_data_fh.close()
    return count


def _fill(book: "Workbook", result: Sheet | Page | Done, today: date) -> int:
    """Every worksheet of the workbook; the number of rows in all."""
    title = result.report if isinstance(result, Done) else result.title
    created = datetime(today.year, today.month, today.day, tzinfo=UTC)
    book.set_properties({"title": safe(title), "comments": f"report {result.report}", "created": created})
    styles = Styles(book)
    sheets: Mapping[str, Sheet] = {}
    if isinstance(result, Sheet):
        sheets = {result.report: result}
    elif isinstance(result, Page):
        sheets = result.sheets
    names = _Names()
    count = sum(_worksheet(book.add_worksheet(names.free(name)), sheet, styles) for name, sheet in sheets.items())
    about = book.add_worksheet(names.free("about"))
    about.set_column(0, 0, 24)
    about.set_column(1, 1, _WIDEST)
    for row, (label, text) in enumerate(_about(result, sheets, today)):
        about.write_string(row, 0, excel_text(label), styles.bold)
        about.write_string(row, 1, excel_text(text))
    return count


def _worksheet(worksheet: "Worksheet", sheet: Sheet, styles: Styles) -> int:
    """One sheet: titles, rows, totals below an empty row; the number of rows."""
    kept = exported(sheet.columns)
    columns = [sheet.columns[at] for at in kept]
    for at, column in enumerate(columns):
        worksheet.write_string(0, at, excel_text(column.title), styles.header(column))
    widths = [max(_NARROWEST, len(column.title) + _ARROW) for column in columns]
    last = 0
    for count, cells in chunks(sheet):
        if last + count + len(sheet.totals) + 2 > _MAX_ROWS:
            raise WrongUsage(f"more rows than a worksheet holds: {_MAX_ROWS:,}", "write a .csv file, or use --limit")
        codes = currencies(sheet, cells, count)
        ready = [column_cells(sheet.columns[at], cells[at], codes, styles) for at in kept]
        if not last:
            widths = list(map(_width, widths, columns, [cells[at] for at in kept], [codes] * len(kept)))
        _rows(worksheet, last + 1, ready)
        last += count
    for at, total in enumerate(sheet.totals):
        _rows(worksheet, last + 2 + at, _total(columns, total, styles))
        widths = [
            _width(width, column, [total.get(column.key)], [total.get("currency") or ""])
            for width, column in zip(widths, columns, strict=True)
        ]
    for at, width in enumerate(widths):
        worksheet.set_column(at, at, width)
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, last, len(columns) - 1)
    worksheet.repeat_rows(0)
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    return last


def _rows(worksheet: "Worksheet", first: int, ready: Sequence[Sequence[Written]]) -> None:
    """Rows of cells, given column by column: text is a `str`, a figure comes with its format, None is empty."""
    put_text, put_number = worksheet.write_string, worksheet.write_number
    for row, cells in enumerate(zip(*ready, strict=True), first):
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            if cell[0] is None:
                put_text(row, at, cell[1], cell[2])
            else:
                put_number(row, at, cell[0], cell[2])


def _total(columns: Sequence[Column], total: Mapping[str, Any], styles: Styles) -> list[list[Written]]:
    """The cells of one row of totals; the word stands in the first text column without a value."""
    code = total.get("currency") or ""
    row = [column_cells(column, [total.get(column.key)], [code], styles, bold=True) for column in columns]
    for cells, column in zip(row, columns, strict=True):
        if cells[0] is None and column.kind == "text":
            cells[0] = (None, "Total", styles.bold)
            break
    return row


def _width(width: int, column: Column, values: Sequence[Any], codes: Sequence[str]) -> int:
    """The width of a column that shows these values, at least `width` and within bounds."""
    form = PEOPLE[column.kind]
    some = zip(values[:_MEASURED], codes[:_MEASURED], strict=True)
    longest = max((len(form(value, code)) for value, code in some if value is not None), default=0)
    return min(_WIDEST, max(width, longest + 1))


def _about(result: Sheet | Page | Done, sheets: Mapping[str, Sheet], today: date) -> Iterator[tuple[str, str]]:
    """What a reader must know beside the rows: report, day, facts, parameters, proofs and notes."""
    yield "Report", result.report if isinstance(result, Done) else result.title
    yield "Today", today.isoformat()
    if not isinstance(result, Sheet):
        for fact in result.facts:
            if fact.kind != "list" and fact.value is not None:
                text = fact_text(PEOPLE, fact)
                yield fact.label, f"{fact.currency} {text}" if fact.kind == "money" else text
    if isinstance(result, Done):
        yield from (("Done", line) for line in result.lines)
        if result.dry_run:
            yield "Dry run", "nothing was changed"
    for sheet in sheets.values():
        yield from ((key, str(value)) for key, value in sheet.params.items() if value is not None)
        yield from (("Proof", line) for line in proof_lines(sheet))
        yield from (("Note", note) for note in notes(sheet))
    if isinstance(result, Page):
        yield from (("Note", note) for note in result.notes)


class _Names:
    """Names of worksheets: at most 31 characters, none that Excel forbids, no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, wanted: str) -> str:
        """A name near to `wanted` that is allowed and not taken."""
        clean = "".join("_" if sign in "[]:*?/\\" else sign for sign in safe(wanted)).strip(" '")[:28] or "sheet"
        name, number = clean, 1
        while name.lower() in {*self._taken, "history"}:
            number += 1
            name = f"{clean} {number}"
        self._taken.add(name.lower())
        return name
