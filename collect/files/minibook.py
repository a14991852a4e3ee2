"""Pieces of a sheet read by calamine, each in a small workbook made of it and the styles.

The shared strings are read once: calamine is told that a reference to one is a text, and its number is resolved here.
So strings cost the same however many pieces there are, and equal texts are one object.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from collect.files.layout import Layout
from collect.files.sharedstrings import Texts, as_rows, plain_texts, refuse_below_zero

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARK = "\ue000\uf8ff"
"""Two letters of private use, which together begin no text of a ledger."""
_OTHER_TEXTS = (b't="str"', b"inlineStr", b't="d"', b"t='")
"""What announces a text that is no reference to a shared string, or may."""
Resolve = Callable[[Sequence[Any]], Sequence[Any]]


class MiniBook:
    """What all sheets of a workbook share: styles, strings, and how days are counted."""

    def __init__(self, layout: Layout) -> None:
        """Read the strings, if they are laid out as usual."""
        self._date1904 = layout.date1904
        self._styles = layout.styles
        self._strings = layout.strings
        self._texts = self._all_texts(layout.strings) if layout.strings else None

    def table(self, sheet: bytes, prefix: bytes = b"") -> tuple[Any, Resolve | None]:
        """A sheet as calamine's table, and what resolves the references in its cells; raises what calamine raises."""
        if self._strings is None:
            return self._read(sheet, None), None
        if self._texts is not None:
            # Where all texts are references their numbers need no mark.
            mark = _MARK if any(kind in sheet for kind in _OTHER_TEXTS) else ""
            value = b"><%sv>" % prefix if mark else b""
            texts = sheet.replace(b' t="s"' + value, b' t="str"' + value + mark.encode())
            try:
                return self._read(texts, None), Texts(self._texts, mark).resolved
            except Exception:  # references that were not found, laid out otherwise
                if b'"s"' not in sheet and b"'s'" not in sheet:
                    raise
        refuse_below_zero(sheet)
        return self._read(sheet, self._strings), None

    def _all_texts(self, xml: bytes) -> list[str] | None:
        """The shared strings; None where their XML is laid out unusually."""
        texts = plain_texts(xml)
        if texts is not None:
            return texts
        rows, count = as_rows(xml)
        if not rows:
            return None
        sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (_MAIN.encode(), rows)
        found = [row[0] for row in self._read(sheet, None).to_python(skip_empty_area=False)]
        return found + [""] * (count - len(found))

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
