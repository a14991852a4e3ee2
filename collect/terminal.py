"""What the two streams can take: width, colour, letters beyond ASCII."""

import os
from collections.abc import Mapping
from typing import TextIO


def never_fails(stream: TextIO) -> None:
    """Make a character that the stream's encoding lacks come out as `?` instead of ending the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def is_unicode(stream: TextIO) -> bool:
    """Whether the stream writes UTF-8; one that does not say is taken to."""
    return (stream.encoding or "utf-8").lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig"}


def is_dumb(environ: Mapping[str, str]) -> bool:
    """Whether the terminal says that it cannot move its cursor."""
    return environ.get("TERM", "").lower() in {"dumb", "unknown"}


def is_coloured(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to use colour: NO_COLOR wins, then CLICOLOR_FORCE and FORCE_COLOR (not 0), then the terminal."""
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("CLICOLOR_FORCE", "FORCE_COLOR")):
        return True
    return stream.isatty() and not is_dumb(environ) and environ.get("CLICOLOR") != "0"


def columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Width to keep to: COLUMNS, else the terminal's, else 0, which is no limit."""
    told = environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    if not stream.isatty():
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
