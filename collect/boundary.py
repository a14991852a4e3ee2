"""Where every command ends: what stopped it becomes two lines on standard error and an exit code."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import typer
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError

from collect.errors import CollectError, DiskTrouble
from collect.safe import safe

BUG = 3
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


class Interrupted(BaseException):
    """A signal asked the program to end."""

    def __init__(self, exit_code: int) -> None:
        """Keep the exit code: 128 and the number of the signal."""
        super().__init__(exit_code)
        self.exit_code = exit_code


def ended(error: BaseException) -> int:
    """Say what stopped the command, where there is something to say, and return the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, OSError):
        _give_up_output()
    if isinstance(error, BrokenPipeError):
        return 0
    if isinstance(error, Interrupted | KeyboardInterrupt | typer.Abort):
        tell("interrupted", "what was not finished is not kept; run the command again")
        return error.exit_code if isinstance(error, Interrupted) else 130
    if isinstance(error, typer.TyperException):
        tell(*_usage(error))
        return error.exit_code
    known = _known(error)
    if known is None:
        return _bug(error)
    tell(known.message, known.hint)
    return known.exit_code


def flushed(code: int) -> int:
    """Write out what is still buffered; the exit code, or that of the trouble there is in writing."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as error:
        return ended(error)
    return code


def tell(message: str, hint: str | None) -> None:
    """Print an error: one line of what happened, one of what to do next."""
    from collect.screen import Screen

    with suppress(BrokenPipeError):
        Screen(stdout=sys.stdout, stderr=sys.stderr).error(message, hint)


def _known(error: BaseException) -> CollectError | None:
    """The error as one the user can act on; None where it is a bug."""
    if isinstance(error, CollectError):
        return error
    import sqlite3

    if isinstance(error, sqlite3.Error):
        from collect.db import translated

        found = translated(error)
        return found if isinstance(found, CollectError) else None
    if isinstance(error, OSError) and error.errno in _DISK:
        where = f": {error.filename}" if error.filename else ""
        return DiskTrouble(f"{(error.strerror or 'disk trouble').lower()}{where}", "nothing of this command was kept")
    return None


def _usage(error: typer.TyperException) -> tuple[str, str | None]:
    """Typer's complaint in the house's words: lower case, no full stop, the value after a colon."""
    hint = None
    if isinstance(error, UsageError) and error.ctx is not None:
        hint = f"see '{error.ctx.command_path} --help'"
    if isinstance(error, NoSuchOption):
        if error.option_name.removeprefix("-")[:1].isdigit():
            return f"no such option: {error.option_name}", "a number below zero goes to the end, after --"
        near = ", ".join(sorted(error.possibilities or ()))
        return f"no such option: {error.option_name}", f"did you mean: {near}" if near else hint
    if isinstance(error, BadOptionUsage):
        return f"no value for option: {error.option_name}", hint or "type one after it"
    if isinstance(error, MissingParameter) and error.param is not None:
        kind = error.param.param_type_name
        name = error.param.opts[0] if kind == "option" else error.param.human_readable_name.upper()
        return f"missing {kind}: {name}", hint
    message = error.format_message().rstrip(".")
    extra = message.removeprefix("Got unexpected extra argument(s) (")
    if extra != message:
        return f"unexpected argument: {extra.removesuffix(')')}", hint
    return message[:1].lower() + message[1:], hint


def _give_up_output() -> None:
    """Drop what cannot be written any more (the reader has gone, the disk is full), lest it fails again at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(error: BaseException) -> int:
    """Keep a record of a bug without anything personal in it, and name the file."""
    if os.environ.get("COLLECT_DEBUG"):
        import traceback

        traceback.print_exception(error)
    path = _logged("\n".join(_record(error)))
    where = f"what it was doing is in: {path}" if path else "its log could not be written"
    tell(f"a bug in collect ({type(error).__name__}); {where}", "the book keeps finished changes only; report the bug")
    return BUG


def _record(error: BaseException) -> Iterator[str]:
    """Types, places and masked messages; no values, no source, no paths of the user."""
    import re

    yield versions()
    each: BaseException | None = error
    told: set[int] = set()  # an error may be its own cause
    while each is not None and id(each) not in told:
        told.add(id(each))
        kind = type(each)
        masked = re.sub(r"\d", "9", re.sub(r"[^\W\d]", "x", str(each)))
        yield f"{kind.__module__}.{kind.__qualname__}: {safe(masked)}"
        place = each.__traceback__
        while place is not None:
            code = place.tb_frame.f_code
            yield f"  {place.tb_frame.f_globals.get('__name__', '?')} line {place.tb_lineno} in {code.co_qualname}"
            place = place.tb_next
        each = each.__cause__ or each.__context__


def versions() -> str:
    """What runs here: the program and what it stands on."""
    import sqlite3

    from collect import __version__
    from collect.db import SCHEMA_VERSION

    python = ".".join(map(str, sys.version_info[:3]))
    return f"collect {__version__} (schema {SCHEMA_VERSION}, SQLite {sqlite3.sqlite_version}, Python {python})"


def _logged(text: str) -> Path | None:
    from datetime import UTC, datetime

    from collect import folders

    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    path = folders.state() / f"bug-{stamp}-{os.getpid()}.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except OSError:
        return None
    return path
