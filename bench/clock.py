"""Run one command, on a pipe or on a terminal, and say how long it took and how much memory it held."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_LINES, _COLUMNS = 50, 120
# getrusage counts in KB, on macOS in bytes.
_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


class FailedError(Exception):
    """A command that did not end with exit code 0; the message is the first thing it said."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, where its output goes, and what is done before it, outside the measured time."""

    argv: tuple[str, ...]
    terminal: bool = False
    before: Callable[[], None] | None = None
    turns: Iterator[str] = field(default_factory=lambda: repeat(""))
    """What stands for `{}` in `argv`, another one each time it is run."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One run: seconds from start to end, and the peak of its largest process in MB."""

    seconds: float
    peak_mb: float


def take(command: Command, env: Mapping[str, str], folder: Path) -> Taken:
    """Run the command once in `folder`; raises FailedError."""
    if command.before:
        command.before()
    turn = next(command.turns)
    argv = [word.replace("{}", turn) for word in command.argv]
    with TemporaryFile() as said:
        start = _start_on_terminal if command.terminal else _start_on_pipe
        began = time.perf_counter()
        process, output = start(argv, env, folder, said)
        _drain(output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        os.close(output)
        # It was waited for here, for its memory: Popen must not wait again.
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip() or "it said nothing"
            raise FailedError(f"exit {process.returncode}: {words.splitlines()[0]}")
    return Taken(seconds, usage.ru_maxrss / _MB)


def _start_on_pipe(
    argv: Sequence[str], env: Mapping[str, str], folder: Path, said: IO[bytes]
) -> tuple["subprocess.Popen[bytes]", int]:
    ours, theirs = os.pipe()
    # argv is a fixed command of this benchmark
    process = subprocess.Popen(  # noqa: S603 - a command written in this folder
        argv, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=said
    )
    os.close(theirs)
    return process, ours


def _start_on_terminal(
    argv: Sequence[str], env: Mapping[str, str], folder: Path, said: IO[bytes]
) -> tuple["subprocess.Popen[bytes]", int]:
    import termios

    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (_LINES, _COLUMNS))
    process = subprocess.Popen(  # noqa: S603 - a command written in this folder
        argv, env=env, cwd=folder, stdin=theirs, stdout=theirs, stderr=said, start_new_session=True
    )
    os.close(theirs)
    return process, ours


def _drain(output: int) -> None:
    """Read until the other end is closed; a terminal says so with an error."""
    with contextlib.suppress(OSError):
        while os.read(output, 65_536):
            pass
