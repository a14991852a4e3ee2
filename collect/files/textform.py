"""How a text file is written: its encoding, its delimiter, and what makes it no text at all."""

import codecs
import csv
import re
from collections import Counter

from collect.errors import InputRefused
from collect.files import limits
from collect.files.sniff import unicode_encoding

_SAMPLE = 1 << 16
# In order of preference where two fit equally: a comma is the one that also stands inside amounts.
_DELIMITERS = "\t;|,"
_GAP = re.compile(r"(?<=[^\s;|,]) {2,}(?=[^\s;|,])")
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*$", re.IGNORECASE)


def encoding_of(content: bytes) -> str:
    """`utf-8`, the encoding a byte order mark tells, or cp1252; raises InputRefused for none of these."""
    known = unicode_encoding(content)
    for name in (known,) if known else ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            for at in range(0, len(content), limits.MEGABYTE):
                decoder.decode(content[at : at + limits.MEGABYTE])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    if known:
        begins = known.removesuffix("-sig").upper()
        raise InputRefused(f"the text begins as {begins} and does not go on so", "export it again, as CSV UTF-8")
    raise InputRefused("the text is in an unknown encoding", "save it as CSV UTF-8")


def stated_delimiter(line: str) -> str:
    """The delimiter that a first line such as `sep=;` states, '' where it is no such line."""
    match = _SEPARATOR_LINE.match(line.rstrip("\r\n"))
    return match[1] if match else ""


def delimiter_of(content: bytes, encoding: str) -> str:
    """The delimiter that cuts most lines of the first 64 KB into most cells of equal number."""
    sample = content[:_SAMPLE].decode(encoding, "ignore").splitlines(keepends=True)
    lines = sample[:-1] if len(content) > _SAMPLE else sample

    def cells(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(lines[:200], delimiter=delimiter) if row)
        except csv.Error:
            return 0
        return max((rows * (width - 1) for width, rows in widths.items()), default=0)

    best = max(_DELIMITERS, key=cells)
    return best if cells(best) else ","


def refuse_fixed(content: bytes, encoding: str) -> None:
    """Refuse a report whose columns stand at fixed positions, with nothing between them but blanks."""
    lines = list(filter(str.strip, content[:_SAMPLE].decode(encoding, "ignore").splitlines()))
    gaps = [[gap.end() for gap in _GAP.finditer(line)] for line in lines]
    wide = [found for found in gaps if len(found) > 1]
    shared = Counter(place for found in wide for place in found)
    if len(wide) * 3 > len(lines) and sum(count * 2 > max(len(wide), 3) for count in shared.values()) > 1:
        raise InputRefused(
            "the columns of this text stand at fixed positions, with nothing between them",
            "open it in Excel (Data, From Text, Fixed width) and save it as .xlsx",
        )


def refuse_zeros(content: bytes, encoding: str) -> None:
    """Refuse text with a zero character, which the csv module would pass on."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    at = content.decode(encoding, "replace").find("\0") if wide else content.find(0)
    if at >= 0:
        place = "" if wide else f": line {content.count(10, 0, at) + 1:,}"
        raise InputRefused(f"the text holds zero bytes, so it is damaged or no text{place}", "export it again")
