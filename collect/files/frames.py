"""How two processes of ours talk: a frame is a length of four bytes and a marshalled tuple of plain values."""

import marshal
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<I")


def send(sink: Any, message: tuple[Any, ...]) -> None:
    """Write one frame."""
    packed = marshal.dumps(message)
    sink.write(_LENGTH.pack(len(packed)))
    sink.write(packed)
    sink.flush()


def receive(source: BinaryIO | Any) -> tuple[Any, ...]:
    """Read one frame; () when the other side has gone."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return ()
    size = _LENGTH.unpack(head)[0]
    packed = source.read(size)
    if len(packed) < size:
        return ()
    return tuple(marshal.loads(packed))  # noqa: S302 - from a process of ours, which made it of plain values
