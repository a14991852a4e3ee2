"""Small XML parts read with expat: element by element, names without their namespace."""

import xml.parsers.expat
from collections.abc import Callable, Iterator
from typing import Any

from collect.errors import InputRefused

Attributes = dict[str, str]
UNREADABLE = "open it in Excel or LibreOffice and save it again as .xlsx"


def parser(start: Callable[[str, Attributes], None], end: Callable[[str], None] | None = None) -> Any:
    """An expat parser that refuses document types and calls `start` and `end` with names as written."""
    made = xml.parsers.expat.ParserCreate()
    made.StartElementHandler = start
    if end is not None:
        made.EndElementHandler = end
    made.StartDoctypeDeclHandler = _refuse
    made.EntityDeclHandler = _refuse
    made.buffer_text = True
    return made


def feed(made: Any, content: bytes, final: bool = False) -> None:
    """Parse more of a document; XML that is not well-formed raises InputRefused."""
    try:
        made.Parse(content, final)
    except xml.parsers.expat.ExpatError as error:
        raise InputRefused(f"the file's XML is damaged: line {error.lineno}", UNREADABLE) from error


def elements(content: bytes) -> Iterator[tuple[str, Attributes]]:
    """Every element of a small document in order: local name, and attributes by local name."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    feed(parser(start), content, final=True)
    return iter(found)


def local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]


def _refuse(*_details: object) -> None:
    raise InputRefused("the file's XML defines entities, which no spreadsheet program writes", UNREADABLE)
