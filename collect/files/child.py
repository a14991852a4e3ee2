"""The process that reads a workbook: it gets the bytes on stdin, confines itself, and answers what it is asked.

It opens no file, knows no name and writes nothing but its answers.
"""

import gc
import sys
from collections.abc import Iterator
from typing import Any

from collect.files.frames import receive, send


def main() -> None:
    """Read the file from stdin, then answer until stdin ends."""
    # Nothing here is ever garbage in a circle, and looking for such costs a tenth of the time.
    gc.disable()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    kind, size, allowed = receive(source)
    from collect.files import limits

    limits.confine(allowed)
    content = source.read(size)
    shelf = None
    for answer in _guarded(_opened(kind, content)):
        if answer[0] == "shelf":
            shelf = answer[1]
            send(sink, ("value", (shelf.kind, [_fields(sheet) for sheet in shelf.sheets], shelf.warnings)))
        else:
            send(sink, answer)
    del content
    while shelf is not None and (request := receive(source)):
        for answer in _guarded(_answers(shelf, *request)):
            send(sink, answer)


def _opened(kind: str, content: bytes) -> Iterator[tuple[Any, ...]]:
    from collect.files.readers import read

    yield ("shelf", read(kind, content))


def _answers(shelf: Any, asked: str, sheet: str, *details: Any) -> Iterator[tuple[Any, ...]]:
    """Answers to one request: any number of parts, then a value."""
    from collect.files.grid import pack

    if asked == "columns":
        for part in shelf.column_parts(sheet, *details):
            yield ("part", [pack(values) for values in part])
        yield ("value", None)
    elif asked == "rows":
        yield ("value", {number: pack(cells) for number, cells in shelf.rows(sheet, *details).items()})
    else:
        yield ("value", shelf.findings(sheet).wire())


def _guarded(answers: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """`answers`, with a refusal in place of whatever goes wrong."""
    from collect.errors import InputRefused

    try:
        yield from answers
    except InputRefused as error:
        yield ("refused", error.message, error.hint)
    except MemoryError:
        yield ("refused", "the file needs too much memory", "save the sheet as csv, or in several files")


def _fields(sheet: Any) -> tuple[str, bool, int, int]:
    return (sheet.name, sheet.visible, sheet.rows, sheet.columns)


if __name__ == "__main__":
    main()
