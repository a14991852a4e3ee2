"""Results as csv (RFC 4180), one line per row: plain numbers, ISO days, and no text that runs as a formula."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from collect.cells import MACHINES, chunks, currencies, each, exported, fact_text, texts
from collect.safe import safe
from collect.views.sheet import Column, Done, Fact, Page, Sheet

_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001 - the full-width forms are meant
_QUOTED = frozenset('",\n\r')
_PHONE = re.compile(r"\+[0-9][0-9 ()-]*")
Harmless = Callable[[str], str]
"""Makes a text harmless to a spreadsheet."""


def lines(result: Sheet | Page | Done, *, raw: bool = False) -> Iterator[str]:
    """The lines without their ends; `raw` leaves phone numbers as they are dialled.

    A sheet is one table. What has facts is a table of one row, key by key; a page's sheets follow it, each after an
    empty line and under a line with its name.
    """
    harmless = _but_phones if raw else _harmless
    if isinstance(result, Sheet):
        yield from _table(result, harmless)
        return
    facts = [fact for fact in result.facts if fact.kind != "list"]
    yield _joined([fact.key for fact in facts])
    yield _joined([_fact(fact, harmless) for fact in facts])
    if isinstance(result, Page):
        for name, sheet in result.sheets.items():
            yield ""
            yield _quoted(harmless(name))
            yield from _table(sheet, harmless)


def write(file: BinaryIO, result: Sheet | Page | Done, *, raw: bool = False) -> int:
    """Write the lines, ended by CR LF and in UTF-8; the number of rows, headers not counted."""
    count = 0
    for line in lines(result, raw=raw):
        file.write(f"{line}\r\n".encode())
        count += 1
    if isinstance(result, Sheet):
        return count - 1
    return count - 2 - (3 * len(result.sheets) if isinstance(result, Page) else 0)


def left_out(result: Sheet | Page | Done) -> list[str]:
    """What csv has no place for and a person must know: rows cut off by a limit."""
    from collect.cells import notes

    sheets = [result] if isinstance(result, Sheet) else list(result.sheets.values()) if isinstance(result, Page) else []
    return [notes(sheet)[-1] for sheet in sheets if sheet.more]


def _table(sheet: Sheet, harmless: Harmless) -> Iterator[str]:
    kept = exported(sheet.columns)
    yield _joined([sheet.columns[at].key for at in kept])
    for count, cells in chunks(sheet):
        codes = currencies(sheet, cells, count)
        columns = [_column(sheet.columns[at], cells[at], codes, harmless) for at in kept]
        yield from map(",".join, zip(*columns, strict=True))


def _column(column: Column, values: Sequence[object], codes: Sequence[str], harmless: Harmless) -> list[str]:
    """The cells of one column, ready to be joined by commas."""
    if column.kind != "text":
        return texts(MACHINES, column, values, codes)
    return each(lambda value, _code: "" if value is None else _quoted(harmless(str(value))), values)


def _fact(fact: Fact, harmless: Harmless) -> str:
    return harmless(str(fact.value or "")) if fact.kind == "text" else fact_text(MACHINES, fact)


def _joined(cells: Sequence[str]) -> str:
    return ",".join(map(_quoted, cells))


def _harmless(text: str) -> str:
    """The text on one line; an apostrophe before what a spreadsheet would take for a formula."""
    shown = safe(text)
    return f"'{shown}" if text[:1] in _FORMULA or shown.lstrip()[:1] in _FORMULA else shown


def _but_phones(text: str) -> str:
    """The text made harmless, but for a phone number: to a spreadsheet that is a number at worst."""
    return text if _PHONE.fullmatch(text) else _harmless(text)


def _quoted(text: str) -> str:
    return text if _QUOTED.isdisjoint(text) else '"' + text.replace('"', '""') + '"'
