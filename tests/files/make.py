"""Small files of every kind, made byte by byte, so that a test can make a good one and then spoil it."""

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SPREADSHEET}.sharedStrings+xml"/>'
)


def packed(
    parts: Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip of `parts`; as pairs, one name may stand twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            package.writestr(name, content)
    return made.getvalue()


def parts(
    sheets: Mapping[str, str],
    *,
    styles: str = "",
    strings: Sequence[str] = (),
    settings: str = "",
    states: Mapping[str, str] | None = None,
) -> dict[str, str | bytes]:
    """The parts of an xlsx: `sheets` by name are the XML of a whole worksheet, see worksheet()."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="s{at}" state="{(states or {}).get(name, "visible")}"/>'
        for at, name in enumerate(sheets, 1)
    )
    related = [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
            for number in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{settings}<sheets>{listed}</sheets></workbook>'
        ),
    }
    if styles:
        made["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
        related.append(("r2", "styles", "styles.xml"))
    if strings:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
        related.append(("r3", "sharedStrings", "sharedStrings.xml"))
    made["xl/_rels/workbook.xml.rels"] = _relations(related)
    made |= {f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets.values(), 1)}
    return made


def xlsx(
    rows: str, *, head: str = "", tail: str = "", styles: str = "", strings: Sequence[str] = (), settings: str = ""
) -> bytes:
    """A workbook of one sheet called Ledger; `rows` is the XML of its rows."""
    sheet = worksheet(rows, head=head, tail=tail)
    return packed(parts({"Ledger": sheet}, styles=styles, strings=strings, settings=settings))


def worksheet(rows: str, *, head: str = "", tail: str = "") -> str:
    """The XML of a worksheet; `head` stands before the rows, `tail` after."""
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'


def row(number: int, *cells: str, also: str = "") -> str:
    """The XML of a row; `also` are further attributes."""
    return f'<row r="{number}"{also}>{"".join(cells)}</row>'


def text(ref: str, value: str) -> str:
    """The XML of a text cell."""
    return f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def string(ref: str, at: int) -> str:
    """The XML of a cell that refers to shared string number `at`."""
    return f'<c r="{ref}" t="s"><v>{at}</v></c>'


def number(ref: str, value: str, style: int = 0) -> str:
    """The XML of a number, a day or an amount by its style."""
    return f'<c r="{ref}" s="{style}"><v>{value}</v></c>'


def number_formats(*codes: str) -> str:
    """Styles: number 0 is General, the next ones have these format codes."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for at, code in enumerate(codes)
    )
    used = "".join(f'<xf numFmtId="{200 + at}" applyNumberFormat="1"/>' for at in range(len(codes)))
    return f'<numFmts count="{len(codes)}">{formats}</numFmts><cellXfs><xf numFmtId="0"/>{used}</cellXfs>'


def _relations(entries: Sequence[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for number, kind, target in entries
    )
    return f'<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container; every stream is filled up to 4,096 bytes, so that none is a small one."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for at, (name, content) in enumerate(streams.items(), 1):
        size = max(len(content), 4096)
        entries.append(_entry(name, 2, len(sectors), size, right=at + 1 if at < len(streams) else 0xFFFFFFFF))
        _put(sectors, table, content.ljust(size, b"\0"))
    directory = len(sectors)
    _put(sectors, table, b"".join(entries).ljust(512, b"\0"))
    table += [0xFFFFFFFD]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", len(sectors), *[0xFFFFFFFF] * 108)
    filled = table + [0xFFFFFFFF] * (128 - len(table))
    return head + b"".join(sectors) + struct.pack("<128I", *filled)


def ole_of_small(name: str, content: bytes) -> bytes:
    """An OLE container of one stream under 4,096 bytes, which lies in sectors of 64 bytes inside another."""
    sectors: list[bytes] = []
    table: list[int] = []
    _put(sectors, table, content)
    small_table, count = len(sectors), -(-len(content) // 64)
    _put(sectors, table, struct.pack(f"<{count}I", *range(1, count), 0xFFFFFFFE).ljust(512, b"\xff"))
    directory = len(sectors)
    root = _entry("Root Entry", 5, 0, len(content), child=1)
    _put(sectors, table, (root + _entry(name, 2, 0, len(content))).ljust(512, b"\0"))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, directory, 0, 4096, small_table, 1, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", len(sectors), *[0xFFFFFFFF] * 108)
    filled = [*table, 0xFFFFFFFD, *[0xFFFFFFFF] * (127 - len(table))]
    return head + b"".join(sectors) + struct.pack("<128I", *filled)


def _put(sectors: list[bytes], table: list[int], content: bytes) -> None:
    count = -(-len(content) // 512)
    table += [*range(len(sectors) + 1, len(sectors) + count), 0xFFFFFFFE]
    sectors += [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]


def _entry(name: str, kind: int, start: int, size: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    made = raw.ljust(64, b"\0") + struct.pack("<HBB3I", len(raw), kind, 1, 0xFFFFFFFF, right, child)
    return made + bytes(36) + struct.pack("<IQ", start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an xls stream."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(sheet: bytes, *, formats: Sequence[str] = (), also: bytes = b"") -> bytes:
    """An xls workbook (BIFF 8) of one sheet called Ledger with the given records; style 1 + n has format n."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + also
    for at, code in enumerate(formats):
        start += record(0x41E, struct.pack("<HHB", 164 + at, len(code), 0) + code.encode("latin-1"))
    for form in (0, *range(164, 164 + len(formats))):
        start += record(0xE0, struct.pack("<HH16x", 0, form))
    name = b"\x06\x00Ledger"
    at = len(start) + len(record(0x85, bytes(6) + name)) + 4
    stream = start + record(0x85, struct.pack("<IH", at, 0) + name) + record(0x0A)
    stream += record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + sheet + record(0x0A)
    return ole({"Workbook": stream})


def binary(kind: int, body: bytes = b"") -> bytes:
    """One record of an xlsb part."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
    return head + size + body


def wide(value: str) -> bytes:
    """A string of an xlsb record."""
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def xlsb(sheet: bytes, *, styles: bytes = b"") -> bytes:
    """An xlsb workbook of one sheet called Ledger with the given records."""
    listed = binary(156, struct.pack("<II", 0, 1) + wide("r1") + wide("Ledger"))
    related = [("r1", "worksheet", "worksheets/sheet1.bin")]
    made: dict[str, str | bytes] = {
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": binary(131) + binary(143) + listed + binary(144) + binary(132),
        "xl/worksheets/sheet1.bin": binary(129)
        + binary(148, struct.pack("<4I", 0, 2, 0, 2))
        + binary(145)
        + sheet
        + binary(146)
        + binary(130),
    }
    if styles:
        made["xl/styles.bin"] = styles
        related.append(("r2", "styles", "styles.bin"))
    made["xl/_rels/workbook.bin.rels"] = _relations(related)
    return packed(made)


def ods(table: str, *, manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet of one table called Ledger; `table` is the XML inside it."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="Ledger">'
        f"{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest or "<manifest/>"})
