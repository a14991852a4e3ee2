"""What every import of a file does on the way: options about the file, the profile that fits, rows set aside."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from collect import choices, grids, profiles
from collect.book import Book
from collect.desk import Desk
from collect.errors import InputRefused, WrongUsage
from collect.files import rejects_out, source
from collect.views import imports as view
from collect.views.sheet import Page

File = Annotated[str, typer.Argument(metavar="FILE", help="Workbook (xlsx, xls, xlsb, ods) or csv; - is stdin.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=HEADER", help='What a column is, such as due_on="Due on"; may be repeated.'),
]
Dates = Annotated[str, typer.Option("--dates", metavar="dmy|mdy", help="How 5/4/2026 is to be read in this file.")]
Decimal = Annotated[str, typer.Option("--decimal", metavar=".|,", help="The decimal mark of this file's amounts.")]
Currency = Annotated[str, typer.Option("--currency", metavar="CUR", help="Currency of amounts that name none.")]
SheetName = Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet to read.")]
Kind = Annotated[str, typer.Option("--type", metavar="KIND", help="What stdin is: xlsx, csv ...")]
Partial = Annotated[bool, typer.Option("--partial", help="Take the good rows though others are set aside.")]
RejectsFile = Annotated[
    str, typer.Option("--rejects", metavar="FILE", help="Write the rows set aside to FILE.xlsx, to correct and import.")
]
ProfileName = Annotated[
    str, typer.Option("--profile", metavar="NAME", help="Name what is remembered of this layout, or read by that name.")
]


class Job(NamedTuple):
    """The file at hand: what to call it, its digest, what was asked, as json, and the reason kept with the change."""

    name: str
    digest: str
    asked: str
    why: str


def mapped(typed: Sequence[str] | None) -> dict[str, str]:
    """Field -> header, as typed with `--map`."""
    texts = typed or []
    pairs = [text.partition("=") for text in texts]
    wrong = [text for text, (field, sign, _) in zip(texts, pairs, strict=True) if not (field and sign)]
    if wrong:
        raise WrongUsage(f"not a mapping: {wrong[0]}", 'write it like --map due_on="Due on"')
    found: dict[str, str] = {}
    for field, _, header in pairs:
        if field.strip() in found:
            raise WrongUsage(f"one field from two columns: {field.strip()}", "give each field once with --map")
        found[field.strip()] = header.strip()
    return found


def called(file: str) -> str:
    """What a file is called in results."""
    return "stdin" if file == "-" else Path(file).name


def as_json(*asked: Any) -> str:
    """What was asked, in a form to compare with what was asked before."""
    return json.dumps(asked, ensure_ascii=False, default=dict)


def rejects_path(typed: str) -> Path | None:
    """Where to write the rows set aside; None where that was not asked for."""
    if not typed:
        return None
    path = Path(typed).expanduser()
    if path.suffix.lower() != ".xlsx":
        raise WrongUsage(f"rows set aside go to a workbook: {typed}", "name a file that ends in .xlsx")
    return path


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Let a refusal name the file it is about."""
    try:
        yield
    except InputRefused as error:
        if name in error.message:
            raise
        what, colon, value = error.message.partition(": ")
        raise InputRefused(
            f"{what} of {name}{colon}{value}" if " in row " in what else f"{what}, in {name}{colon}{value}", error.hint
        ) from error


def write_rejects(path: Path | None, opened: source.Source, parts: Sequence[rejects_out.Part]) -> str | None:
    """Write the rows set aside, if that was asked for and there are any; the file's name."""
    found = [part for part in parts if part.rejects]
    if path is None or not found:
        return None
    sheets = [
        rejects_out.gathered(part, opened.rows(part.layout.sheet, sorted({one.row - 1 for one in part.rejects})))
        for part in found
    ]
    rejects_out.write(path, sheets)
    return str(path)


def one_of(flag: str, value: str, allowed: Sequence[str]) -> str:
    """The value of an option that knows only a few; empty stays empty."""
    return choices.one_of(value, f"value of {flag}", allowed) if value else ""


@contextmanager
def would_be(book: Book, *, keep: bool) -> Iterator[None]:
    """Take back what a change inside does, unless it is to be kept: the same counts, as they would be."""
    before, book.dry_run = book.dry_run, book.dry_run or not keep
    try:
        yield
    finally:
        book.dry_run = before


def finish(
    desk: Desk,
    facts: dict[str, Any],
    rejects: Sequence[grids.Reject],
    *,
    partial: bool,
    show: Callable[[Mapping[str, Any], str, Sequence[grids.Reject], bool, int | None], Page] = view.result,
) -> None:
    """Show what an import did and end: 0, or with rows set aside 6 (nothing was stored) or 1 (the others were)."""
    count, name, written = facts["rejected"], facts["file"], facts["rejects_file"]
    aside = f"{count} {'row' if count == 1 else 'rows'} of {name} {'has' if count == 1 else 'have'} to be set aside"
    said = f"{'would import' if desk.dry_run else 'imported'} {name}" if not count else f"nothing was stored: {aside}"
    if count and partial:
        said = f"imported {name} in part: {aside}"
    desk.show(show(facts, said, rejects, desk.dry_run, view.SHOWN if desk.format == "table" else None))
    if count and not partial:
        hint = "correct them, or take the others with --partial; --rejects FILE.xlsx writes these to a workbook"
        if written:
            hint = f"take the others with --partial, then correct {written} and import that"
        raise InputRefused(f"{aside}, nothing was stored", hint)
    if count:
        raise typer.Exit(1)


def remembered(profile: profiles.Profile | None) -> str:
    """What was used again from an earlier import, in words; '' for nothing."""
    if profile is None:
        return ""
    return f"read as before, by the profile '{profile.name}': {profiles.flags(profile.options)}"
