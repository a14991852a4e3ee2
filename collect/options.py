"""Options that several commands share, and the decorators that give a command those it does not declare itself.

`everywhere` stands on every command and group, so that `--book` works before or after the command. `@report`, `@page`
and `@writes` mark a command; `lazy` then grafts their options onto it. Their values land on the desk, not in the
command's signature, and a command without the mark refuses the option.
"""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperOption

from collect.choices import one_of
from collect.errors import WrongUsage

if TYPE_CHECKING:
    from collect.desk import Desk

FORMATS = ("table", "csv", "json")

Command = TypeVar("Command", bound=Callable[..., None])
_reports: set[Callable[..., None]] = set()
_pages: set[Callable[..., None]] = set()
_writers: set[Callable[..., None]] = set()


def report(command: Command) -> Command:
    """Mark a command that shows a list: it gets --format, --output, --limit and --sort."""
    _reports.add(command)
    return command


def page(command: Command) -> Command:
    """Mark a command that shows one thing: it gets --format and --output."""
    _pages.add(command)
    return command


def writes(command: Command) -> Command:
    """Mark a command that changes the book: it gets --dry-run, --why, and --format for what it did."""
    _writers.add(command)
    return command


def grafted(command: Callable[..., None]) -> list[TyperOption]:
    """Options that the marks of `command` give it."""
    found = []
    if command in _writers:
        found += [
            _kept("dry_run", "--dry-run", "Do it all, then take it back: nothing is kept."),
            _kept("why", "--why", "The reason, kept with the change.", "TEXT"),
        ]
    if command in _reports | _pages | _writers:
        found.append(_kept("format", "--format", "How to print it.", "|".join(FORMATS), _format, completion=_formats))
        found.append(_kept("raw", "--raw", "In csv, phone numbers without the apostrophe that guards spreadsheets."))
    if command in _reports | _pages:
        found.append(_kept("output", "--output", "Write it to FILE (.xlsx, .csv, .json; - is stdout).", "FILE"))
    if command in _reports:
        found += [
            _kept("limit", "--limit", "Show the first N rows; 0 is all.", "N", _rows),
            _kept("sort", "--sort", "Text from A, dates from the first, numbers from the largest.", "[-]COLUMN"),
        ]
    return found


@cache
def everywhere(*, environment: bool = False) -> tuple[TyperOption, ...]:
    """Options of every command and group; only the root reads the environment, so that what is typed wins."""
    found = [
        _kept("book_path", "--book", "The book to work in.", "PATH", _path),
        _kept("today", "--today", "Work as if it were DATE.", "DATE"),
        _kept("now", "--now", "Work as if it were that moment.", "DATETIME"),
        _kept("agent", "--agent", "Who you are.", "NAME"),
        _kept("quiet", "--quiet", "Print only data and errors."),
    ]
    for option in found[:4]:
        if environment:
            option.envvar = "COLLECT" + option.opts[0].upper().replace("--", "_")
            option.show_envvar = True
    return tuple(found)


def _kept(
    name: str,
    flag: str,
    meaning: str,
    metavar: str | None = None,
    convert: Callable[[str], Any] = str,
    *,
    completion: Callable[..., list[str]] | None = None,
) -> TyperOption:
    """An option kept on the desk as `name`; without a metavar it is a flag."""

    def keep(ctx: typer.Context, _option: typer.CallbackParam, value: str | bool | None) -> None:
        if value is not None:
            setattr(ctx.obj, name, convert(value) if isinstance(value, str) else value)

    return TyperOption(
        param_decls=[name, flag],
        metavar=metavar,
        is_flag=metavar is None,
        help=meaning,
        callback=keep,
        expose_value=False,
        autocompletion=completion,
    )


def _format(text: str) -> str:
    return one_of(text, "format", FORMATS)


def _formats(_ctx: object, _args: object, incomplete: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(incomplete)]


def _rows(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise WrongUsage(f"not a number of rows: {text}", "use a whole number such as 25; 0 is all")
    return int(text)


def _path(text: str) -> Path:
    if not text:
        raise WrongUsage("no file named with --book", "name one, or leave --book out")
    return Path(text).expanduser()


def account_numbers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete an account number from the book; silent whatever happens, for it runs inside the user's prompt.

    Numbers a shell would take apart or run (blanks, quotes, `$`) are left out: completion output is evaluated by zsh.
    """
    desk: Desk = ctx.obj
    with suppress(Exception), closing(desk):
        from collect.store import accounts

        found = accounts.numbers_like(desk.open(), incomplete, limit=50)
        return [number for number, _ in found if number.translate(_HARMLESS).isalnum()]
    return []


def completing(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what completes one of those words."""
    known = tuple(words)

    def complete(incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    return complete


_HARMLESS = dict.fromkeys(map(ord, "-_./@%+,="), "0")

Account = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT",
        help="Account number, or a part of number or name that only one account has.",
        autocompletion=account_numbers,
    ),
]
OnlyAccount = Annotated[
    str | None,
    typer.Argument(metavar="[ACCOUNT]", help="Only this account's.", autocompletion=account_numbers),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="As things stood at the end of DATE.", show_default="today"),
]
KnownOn = Annotated[
    str | None,
    typer.Option("--known-on", metavar="DATE", help="Leave out what was recorded after DATE.", show_default="today"),
]
Currency = Annotated[
    str | None,
    typer.Option("--currency", metavar="CUR", help="Three-letter code.", show_default="the book's"),
]
