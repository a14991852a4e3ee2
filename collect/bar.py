"""A bar for work that takes longer than a second."""

import threading
import time
from typing import Self, TextIO

_WIDTH = 24
_FRAME_SECONDS = 0.15


class Bar:
    """A bar that appears after `delay` seconds, drawn by a thread so that work which never reports shows one too."""

    def __init__(self, stream: TextIO, label: str, total: int, delay: float) -> None:
        """Prepare a bar for `total` steps; 0 where nobody knows how many there are."""
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
        filled = round(part * _WIDTH)
        bar = "#" * filled + "-" * (_WIDTH - filled)
        return f"{self._label} [{bar}] {part:4.0%}  {self._done:,} of {self._total:,}"

    def _draw(self) -> None:
        started = time.monotonic()
        pause = self._delay
        while not self._ended.wait(pause):
            pause = _FRAME_SECONDS
            self._drawn = True
            self._stream.write(f"\r{self.line(time.monotonic() - started)}\x1b[K")
            self._stream.flush()
