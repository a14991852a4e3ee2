"""What a file is, by its first bytes; its name is never asked."""

import codecs
import re

from collect.errors import InputRefused

HEAD = 8192
_EXPORT = "export it as xlsx or csv"
# First bytes, what the file is, and what to do with it.
_NOT_A_SHEET = (
    (b"%PDF", "a PDF", _EXPORT),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file", "unpack it first"),
    (b"\xff\xd8\xff", "a picture", _EXPORT),
    (b"\x89PNG", "a picture", _EXPORT),
    (b"GIF8", "a picture", _EXPORT),
    (b"{\\rtf", "a text document (RTF)", _EXPORT),
    (b"SQLite format 3\0", "a database", "a book is opened with --book"),
    (b"PAR1", "a Parquet file", _EXPORT),
    # BIFF 2, 3 and 4, which have no OLE container around them.
    (b"\x09\x00\x04\x00", "a workbook older than Excel 5", "save it again as .xlsx"),
    (b"\x09\x02\x06\x00", "a workbook older than Excel 5", "save it again as .xlsx"),
    (b"\x09\x04\x06\x00", "a workbook older than Excel 5", "save it again as .xlsx"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div|tr)\b", re.IGNORECASE)
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def sniff(content: bytes) -> str:
    """`zip`, `ole`, `html`, `xml2003` or `text`; raises InputRefused for what is no sheet at all."""
    if not content:
        raise InputRefused("the file is empty", "export it again")
    if content.startswith(b"PK"):
        return "zip"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    for magic, what, hint in _NOT_A_SHEET:
        if content.startswith(magic):
            raise InputRefused(f"this is {what}, not a workbook or csv file", hint)
    return _text_kind(content)


def unicode_encoding(content: bytes) -> str:
    """The encoding its byte order mark or its zero bytes tell, '' where nothing does; `utf-16-le` without a mark."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    head = content[:HEAD]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if len(head) >= 4 and odd > len(head) // 5 and not even:
        return "utf-16-le"
    if len(head) >= 4 and even > len(head) // 5 and not odd:
        return "utf-16-be"
    return ""


def _text_kind(content: bytes) -> str:
    encoding = unicode_encoding(content)
    head = content[:HEAD].decode(encoding or "latin-1", "ignore").lstrip()
    if not encoding and "\0" in head:
        raise InputRefused("this is no workbook or csv file of a known kind", _EXPORT)
    if not head:
        raise InputRefused("the file is empty", "export it again")
    if head.startswith("<"):
        return _markup_kind(head)
    if head[:13].lower() == "mime-version:":
        raise InputRefused("this is a web archive (MHT), not a workbook", "open it in Excel and save it as .xlsx")
    if head.startswith(("{", "[{")):
        raise InputRefused("this is JSON, not a workbook or csv file", _EXPORT)
    return "text"


def _markup_kind(head: str) -> str:
    if _XML_2003 in head or 'progid="Excel.Sheet"' in head:
        return "xml2003"
    if _HTML.search(head):
        return "html"
    if "<ENVELOPE" in head or "TALLYMESSAGE" in head:
        raise InputRefused("this is Tally's XML, not a workbook", "export the report from Tally as Excel")
    if head.startswith(("<?xml", "<office:")):
        raise InputRefused("this is XML, but no Excel sheet", _EXPORT)
    return "text"
