"""What the two streams can take: width, colour, letters beyond ASCII; and a bar for work that takes long."""

import os
import time
from collections.abc import Mapping
from typing import Self, TextIO

_BAR = 24
_FRAME_SECONDS = 0.15


def never_fails(stream: TextIO) -> None:
    """Make a character that the stream's encoding lacks come out as `?` instead of ending the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def holds_every_letter(stream: TextIO) -> None:
    """Make a pipe or file UTF-8 whatever the locale says: a name with `?` in it would be data lost."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and not stream.isatty() and not is_unicode(stream):
        reconfigure(encoding="utf-8")


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
    if not stream.isatty() or is_dumb(environ) or environ.get("CLICOLOR") == "0":
        return False
    return os.name != "nt" or "WT_SESSION" in environ  # the older console of Windows shows the codes as letters


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


class Bar:
    """A bar that appears after `delay` seconds, drawn by a thread so that work which never reports shows one too."""

    def __init__(self, stream: TextIO, label: str, total: int, delay: float) -> None:
        """Prepare a bar for `total` steps; 0 where nobody knows how many there are."""
        import threading

        self._stream = stream
        self._label = label
        self._total = total
        self._delay = delay
        self._done = 0
        self._drawn = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)

    def __enter__(self) -> Self:
        """Start waiting."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the bar."""
        self._ended.set()
        self._thread.join()
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def advance(self, done: int) -> None:
        """Say how many steps are done; costs next to nothing."""
        self._done = done

    def line(self, seconds: float) -> str:
        """The bar as text: `importing [######----]  60%  12,000 of 20,000`; without a total, count and seconds."""
        if not self._total:
            count = f"  {self._done:,}" if self._done else ""
            return f"{self._label}{count}  {seconds:.0f} s"
        part = min(1.0, self._done / self._total)
        filled = round(part * _BAR)
        bar = "#" * filled + "-" * (_BAR - filled)
        return f"{self._label} [{bar}] {part:4.0%}  {self._done:,} of {self._total:,}"

    def _draw(self) -> None:
        started = time.monotonic()
        pause = self._delay
        while not self._ended.wait(pause):
            pause = _FRAME_SECONDS
            self._drawn = True
            self._stream.write(f"\r{self.line(time.monotonic() - started)}\x1b[K")
            self._stream.flush()
