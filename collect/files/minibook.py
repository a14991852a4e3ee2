"""Pieces of a sheet read by calamine, each in a small workbook made of it and the styles.

The shared strings are read once: a cell that refers to one is marked, comes back as a text with its number, and is
resolved here. So strings cost no more than once, and equal texts are one object.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from collect.errors import InputRefused
from collect.files.layout import Layout
from collect.files.preflight import SAVE_AGAIN

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARK = "\ue000\uf8ff"
"""Two letters of private use, which together begin no text of a ledger."""
_MARKED = re.compile(rb' t="str">(<(?:[\w.-]+:)?v>)' + _MARK.encode())
_BELOW_ZERO = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>\s*-""")
Resolve = Callable[[Sequence[Any]], Sequence[Any]]
_STRING_TABLE = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sst\b[^>]*>(.*)</\1sst>\s*$", re.DOTALL)


def marked(sheet: bytes, prefix: bytes) -> bytes:
    """The XML of a sheet with its references to shared strings made texts that begin with a mark."""
    return sheet.replace(b' t="s"><%sv>' % prefix, b' t="str"><%sv>%s' % (prefix, _MARK.encode()))


def refuse_below_zero(sheet: bytes) -> None:
    """Refuse text number -1, which readers take for another one."""
    if _BELOW_ZERO.search(sheet):
        raise _no_text()


def _no_text() -> InputRefused:
    return InputRefused("the workbook is damaged: a cell refers to a text that is not there", SAVE_AGAIN)


class Texts(dict[Any, Any]):
    """Shared strings by marked number; whatever is no such number stands for itself."""

    def __init__(self, texts: list[str]) -> None:
        """Take all strings in their order; a reference is looked up when it is first met."""
        super().__init__()
        self._texts = texts

    def __missing__(self, key: Any) -> Any:
        """The string that `key` refers to; InputRefused for a number there is none of."""
        if type(key) is not str or not key.startswith(_MARK):
            return key
        number = key.removeprefix(_MARK).strip()
        if not number.isdecimal() or int(number) >= len(self._texts):
            raise _no_text()
        text = self[key] = self._texts[int(number)]
        return text

    def resolved(self, values: Sequence[Any]) -> Sequence[Any]:
        """Cells of a column with the references to strings replaced."""
        return list(map(self.__getitem__, values)) if str in set(map(type, values)) else values


class MiniBook:
    """What all sheets of a workbook share: styles, strings, and how days are counted."""

    def __init__(self, layout: Layout) -> None:
        """Read the strings, if they are laid out as usual."""
        self._date1904 = layout.date1904
        self._styles = layout.styles
        self._strings = layout.strings
        self._texts = self._all_texts(layout.strings) if layout.strings else None

    def table(self, sheet: bytes) -> tuple[Any, Resolve | None]:
        """A sheet as calamine's table, and what resolves the references in its cells; raises what calamine raises."""
        if self._strings is None:
            return self._read(sheet, None), None
        if self._texts is not None:
            try:
                return self._read(sheet, None), Texts(self._texts).resolved
            except Exception:  # references that could not be marked
                if b'"s"' not in sheet and b"'s'" not in sheet:
                    raise
        refuse_below_zero(sheet)
        return self._read(_MARKED.sub(rb' t="s">\1', sheet), self._strings), None

    def _all_texts(self, xml: bytes) -> list[str] | None:
        """The shared strings, read as a sheet of one column; None where their XML is laid out unusually."""
        match = _STRING_TABLE.search(xml)
        if match is None or b"<!" in xml:
            return None
        prefix = match[1]
        start, end, empty = b"<%ssi>" % prefix, b"</%ssi>" % prefix, b"<%ssi/>" % prefix
        count = xml.count(start) + xml.count(empty)
        if xml.count(b"<%ssi" % prefix) != count or xml.count(end) != xml.count(start):
            return None
        rows = match[2].replace(empty, start + end)
        rows = rows.replace(start, b'<row><c t="inlineStr"><is>').replace(end, b"</is></c></row>")
        sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (_MAIN.encode(), rows)
        table = self._read(sheet, None).to_python(skip_empty_area=False)
        texts = [row[0] for row in table]
        return texts + [""] * (count - len(texts))

    def _read(self, sheet: bytes, strings: bytes | None) -> Any:
        from python_calamine import CalamineWorkbook

        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            package.writestr("_rels/.rels", _TOP)
            package.writestr("xl/workbook.xml", _WORKBOOK % int(self._date1904))
            package.writestr("xl/_rels/workbook.xml.rels", _RELS)
            if self._styles is not None:
                package.writestr("xl/styles.xml", self._styles)
            if strings is not None:
                package.writestr("xl/sharedStrings.xml", strings)
            package.writestr("xl/worksheets/sheet1.xml", sheet)
        made.seek(0)
        return CalamineWorkbook.from_filelike(made).get_sheet_by_index(0)


_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><workbookPr date1904="%d"/>'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_TOP = _RELATIONS % f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'
_RELS = _RELATIONS % (
    f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATION}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
)
