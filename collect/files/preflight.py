"""A zip from outside, looked through before any reader sees it, and its parts, unpacked in small bites.

Limits and their reasons are in `limits`; a bomb, a part named twice or a name that points elsewhere is refused.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from collect.errors import InputRefused
from collect.files import limits

_BITE = 1 << 16
_ENTRY = b"PK\x01\x02"
_LOCAL = struct.Struct("<26xHH")
SAVE_AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx"


class Package:
    """The parts of a zipped workbook, checked; names use `/` and do not start with it."""

    def __init__(self, packed: bytes) -> None:
        """Look through the directory of `packed`; raises InputRefused for what no honest workbook has."""
        self.packed = packed
        if packed.count(_ENTRY) > 2 * limits.PARTS:
            raise InputRefused(f"the workbook has more than {limits.PARTS:,} parts", SAVE_AGAIN)
        try:
            entries = zipfile.ZipFile(io.BytesIO(packed)).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error) as error:
            raise InputRefused("the workbook is cut off or damaged", "send or download it again") from error
        files = [entry for entry in entries if not entry.filename.endswith("/")]
        self.names = [part_name(entry.filename) for entry in files]
        # Excel does not tell names apart by case, and some writers rely on it.
        self._parts = {name.lower(): entry for name, entry in zip(self.names, files, strict=True)}
        if len(self._parts) < len(files):
            raise InputRefused("the workbook holds two parts of one name", SAVE_AGAIN)
        self._check_sizes(entries)

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name.lower() in self._parts

    def size(self, name: str) -> int:
        """Unpacked bytes of a part; 0 where there is none."""
        return self._parts[name.lower()].file_size if name in self else 0

    def read(self, name: str) -> bytes:
        """A whole part, checked for document types and entities."""
        content = b"".join(self.bites(name))
        refuse_entities(content)
        return content

    def bites(self, name: str) -> Iterator[bytes]:
        """A part in pieces of up to a few megabytes; raises InputRefused where its bytes are damaged."""
        entry = self._parts[name.lower()]
        head = entry.header_offset
        try:
            start = head + 30 + sum(_LOCAL.unpack_from(self.packed, head))
        except struct.error as error:
            raise _damaged(name) from error
        raw = memoryview(self.packed)[start : start + entry.compress_size]
        unpacker = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
        total = crc = 0
        for at in range(0, len(raw), _BITE):
            try:
                bite = unpacker.decompress(raw[at : at + _BITE]) if unpacker else bytes(raw[at : at + _BITE])
            except zlib.error as error:
                raise _damaged(name) from error
            total += len(bite)
            crc = zlib.crc32(bite, crc)
            if total > entry.file_size:
                raise _damaged(name)
            if bite:
                yield bite
        if total != entry.file_size or crc != entry.CRC:
            raise _damaged(name)

    def _check_sizes(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > limits.PARTS:
            raise InputRefused(f"the workbook has more than {limits.PARTS:,} parts", SAVE_AGAIN)
        if sum(entry.file_size for entry in entries) > limits.TEXT_BYTES:
            raise InputRefused(
                f"the workbook unpacks to more than {limits.TEXT_BYTES // limits.MEGABYTE} MB",
                "save the sheet as csv, or in several files",
            )
        for entry in entries:
            if entry.flag_bits & 1:
                raise InputRefused("this workbook has a password", "open it, remove the password, and save it again")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise InputRefused(f"a part is packed in an unusual way: {shown(entry.filename)}", SAVE_AGAIN)
            if entry.file_size > limits.MEGABYTE and entry.file_size > limits.PART_RATIO * entry.compress_size:
                raise InputRefused(
                    f"a part unpacks to far more than a sheet would: {shown(entry.filename)}", SAVE_AGAIN
                )


def part_name(name: str) -> str:
    """`name` with forward slashes; refuses names that are absolute or climb out of the workbook."""
    name = name.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise InputRefused(f"a part of the workbook has a name that points elsewhere: {shown(name)}", SAVE_AGAIN)
    return name


def refuse_entities(content: bytes) -> None:
    """Refuse XML with a document type or entities of its own, or in an encoding that could hide them."""
    if b"\0" in content:
        raise InputRefused("the workbook's XML is not UTF-8", SAVE_AGAIN)
    if b"!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise InputRefused("the workbook's XML defines entities, which no spreadsheet program writes", SAVE_AGAIN)


def shown(name: str) -> str:
    """A name from the file, made short and printable."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in name)
    return printable if len(printable) <= 60 else printable[:57] + "..."


def _damaged(name: str) -> InputRefused:
    return InputRefused(f"a part of the workbook is damaged: {shown(name)}", "send or download it again")
