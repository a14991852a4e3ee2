"""The demo ledger as a workbook, looking like one that an Indian office sends."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collect.demo import COMPANY, ledger
from collect.files.atomic import replacing

if TYPE_CHECKING:
    from collect.demo import Row

# Heading and width, in characters.
_COLUMNS = (
    ("Customer Code", 14),
    ("Customer Name", 30),
    ("Bill No", 15),
    ("Bill Date", 12),
    ("Due Date", 12),
    ("Bill Amount", 16),
    ("Pending Amount", 16),
    ("Disputed", 9),
    ("Salesperson", 17),
    ("City", 13),
    ("Mobile", 13),
)
HEADER = tuple(heading for heading, _ in _COLUMNS)
HEADER_ROW = 5
"""Row of the headings, as a spreadsheet counts."""

# A format takes two conditions, so debts and credits have one each: 1,23,45,678.00 and -1,23,45,678.00.
_LAKHS = r"[>=10000000]##\,##\,##\,##0.00;[>=100000]##\,##\,##0.00;##,##0.00"
_LAKHS_BELOW_ZERO = r"[<=-10000000]-##\,##\,##\,##0.00;[<=-100000]-##\,##\,##0.00;##,##0.00"


def write(path: Path, today: date) -> None:
    """Write the demo ledger as of `today` to the workbook `path`, readable for its owner only.

    Raises DiskTrouble where it cannot be written.
    """
    from xlsxwriter import Workbook

    with replacing(path) as file:
        book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "Bills receivable", "company": COMPANY, "created": _midnight(today)})
        sheet = book.add_worksheet("Bills Receivable")
        _title(book, sheet, today)
        formats = _Formats(book)
        for place, row in enumerate(ledger(today)):
            _line(sheet, HEADER_ROW + place, row, formats)
        book.close()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


class _Formats:
    """The cell formats of the lines; a workbook wants each made once."""

    def __init__(self, book: Any) -> None:
        line = {"font_name": "Calibri", "font_size": 10, "border": 4, "border_color": "#BFBFBF"}
        self.text = book.add_format(line)
        self.centred = book.add_format({**line, "align": "center"})
        self.day = book.add_format({**line, "num_format": "dd-mm-yyyy", "align": "center"})
        self.debt = book.add_format({**line, "num_format": _LAKHS})
        self.credit = book.add_format({**line, "num_format": _LAKHS_BELOW_ZERO, "font_color": "#9C0006"})


def _title(book: Any, sheet: Any, today: date) -> None:
    """The rows above the lines, the widths, and how it prints."""
    last = len(_COLUMNS) - 1
    centred = {"font_name": "Calibri", "align": "center"}
    sheet.merge_range(0, 0, 0, last, COMPANY, book.add_format({**centred, "bold": True, "font_size": 14}))
    sheet.merge_range(1, 0, 1, last, f"Bills receivable as at {today:%d-%b-%Y}", book.add_format(centred))
    sheet.merge_range(2, 0, 2, last, "Amounts in INR", book.add_format({**centred, "italic": True}))
    heading = book.add_format(
        {**centred, "bold": True, "font_size": 10, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True}
    )
    for place, (text, width) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(HEADER_ROW - 1, place, text, heading)
    sheet.freeze_panes(HEADER_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)


def _line(sheet: Any, place: int, row: "Row", formats: _Formats) -> None:
    money = formats.debt if row.amount_minor > 0 else formats.credit
    sheet.write_string(place, 0, row.customer.number, formats.text)
    sheet.write_string(place, 1, row.customer.name, formats.text)
    sheet.write_string(place, 2, row.number, formats.text)
    sheet.write_datetime(place, 3, _midnight(row.document_on), formats.day)
    if row.due_on is None:
        sheet.write_blank(place, 4, None, formats.day)
    else:
        sheet.write_datetime(place, 4, _midnight(row.due_on), formats.day)
    sheet.write_number(place, 5, Decimal(row.amount_minor).scaleb(-2), money)
    sheet.write_number(place, 6, Decimal(row.open_minor).scaleb(-2), money)
    sheet.write_string(place, 7, "Yes" if row.disputed else "No", formats.centred)
    sheet.write_string(place, 8, row.customer.salesperson, formats.text)
    sheet.write_string(place, 9, row.customer.city, formats.text)
    sheet.write_string(place, 10, row.customer.mobile, formats.text)
