"""The container of old Office files (OLE compound file): its streams by name.

Layout after [MS-CFB]: sectors chained by a table, small streams packed into the first one.
"""

import struct

from collect.errors import InputRefused

_END = 0xFFFFFFFC
"""Sector numbers from here on are marks, not sectors."""
_SMALL = 64
_DAMAGED = ("the file is cut off or damaged", "send or download it again")


class Container:
    """The streams of a compound file; raises InputRefused where its chains make no sense."""

    def __init__(self, content: bytes) -> None:
        """Read the header, the sector tables and the directory of `content`."""
        self._content = content
        try:
            self._sector = 1 << struct.unpack_from("<H", content, 30)[0]
            if self._sector not in (512, 4096):
                raise InputRefused(*_DAMAGED)
            directory, self._limit, small_table = struct.unpack_from("<I4xII", content, 48)
            self._table = self._read_table()
            self._small_table = _numbers(self._chain(small_table)) if small_table < _END else ()
            self._entries = self._read_directory(self._chain(directory))
        except struct.error as error:
            raise InputRefused(*_DAMAGED) from error

    @property
    def names(self) -> list[str]:
        """Names of the streams and folders."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """A whole stream."""
        start, size, _ = self._entries[name]
        if size >= self._limit:
            return self._chain(start)[:size]
        root = next((entry for entry in self._entries.values() if entry[2] == 5), (_END, 0, 5))
        packed = self._chain(root[0])
        pieces, seen = [], 0
        while start < _END and seen * _SMALL < size:
            if start >= len(self._small_table):
                raise InputRefused(*_DAMAGED)
            pieces.append(packed[start * _SMALL : (start + 1) * _SMALL])
            start, seen = self._small_table[start], seen + 1
        return b"".join(pieces)[:size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._content[start : start + self._sector]

    def _read_table(self) -> tuple[int, ...]:
        more, count = struct.unpack_from("<II", self._content, 68)
        listed = list(struct.unpack_from("<109I", self._content, 76))
        for _ in range(min(count, len(self._content) // self._sector)):
            if more >= _END:
                break
            numbers = _numbers(self._at(more))
            listed += numbers[:-1]
            more = numbers[-1] if numbers else _END
        return _numbers(b"".join(self._at(sector) for sector in listed if sector < _END))

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            if sector >= len(self._table) or len(pieces) > len(self._content) // self._sector + 1:
                raise InputRefused(*_DAMAGED)
            pieces.append(self._at(sector))
            sector = self._table[sector]
        return b"".join(pieces)

    def _read_directory(self, raw: bytes) -> dict[str, tuple[int, int, int]]:
        entries: dict[str, tuple[int, int, int]] = {}
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = raw[at : at + length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", raw, at + 116)
                entries[name] = (start, size, kind)
        return entries


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
