"""Text from outside made fit to show: nothing in a name, a note or a message can drive a terminal or hide itself."""

import re
from functools import cache

# Controls (C0, DEL, C1), marks that turn or hide text (bidirectional controls, zero-width space, soft hyphen, byte
# order mark, tags), line and paragraph separators, lone surrogates, non-characters. The joiners U+200C and U+200D
# stay: Devanagari and emoji need them. A tag is allowed only inside a flag (England, Scotland, Wales).
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f"
_BAD = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)


def safe(text: str) -> str:
    """The text on one line: line breaks and tabs become a space, every other character of control U+FFFD."""
    return text if text.isprintable() else _unsafe().sub(_replaced, text)


def escaped(text: str) -> str:
    r"""The same characters written as \uXXXX, as json can: nothing is lost and nothing reaches a terminal."""
    return text if text.isprintable() else _unsafe().sub(_escape, text)


@cache
def _unsafe() -> re.Pattern[str]:
    """Compiled when the first text needs it: most runs meet none."""
    return re.compile(f"{_FLAG}|\r?\n|\t|[{_BAD}]")


def _replaced(match: re.Match[str]) -> str:
    found = match[0]
    if found in {"\n", "\r\n", "\t"}:
        return " "
    return found if len(found) > 1 else "\ufffd"


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 2:
        return found
    units = found.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
