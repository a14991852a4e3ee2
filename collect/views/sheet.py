"""What every report ends as: a `Sheet`, from which screen, csv, json and xlsx all start; a `Page` holds several."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

Kind = Literal["text", "money", "int", "number", "date", "instant", "percent", "flag", "list"]

_NOTHING: Mapping[str, Any] = {}


class Column(NamedTuple):
    """One column: `key` for machines, `title` for people, `kind` of its cells.

    Cells by kind: text `str`; money `int` in minor units of the row's `currency` column; int `int`; number a
    decimal written as `str`; date `datetime.date` or ISO `str`; instant ISO `str`; percent `int` (basis points);
    flag `bool`; list a value made of lists, dicts and scalars, shown in json only. `None` is an empty cell.
    """

    key: str
    title: str
    kind: Kind = "text"
    rank: int = 0
    """0 is always on the screen; columns of the highest rank leave first where the screen is narrow."""
    machine: bool = False
    """Only for json, csv and xlsx: never on the screen."""
    late: bool = False
    """Anything above zero in this column is overdue: red where there is colour."""
    wraps: bool = False
    """Text that is too long for the column goes on in the next line: nothing of it is left out."""


class Sheet(NamedTuple):
    """One report: rows are tuples in the order of `columns`; a column with key `currency` says what money is in."""

    report: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    totals: Sequence[Mapping[str, Any]] = ()
    """One mapping per currency, keyed by column key and in the same cell kinds; other keys are for json."""
    totals_columns: Sequence[Column] = ()
    """Columns for keys of `totals` that no row has (such as counts), so that json can write them in their kind."""
    notes: Sequence[str] = ()
    proof: Mapping[str, Any] | None = None
    """Per currency: {"postings": minor, "report": minor, "ok": bool}; None where nothing is to be proved."""
    params: Mapping[str, Any] = _NOTHING
    more: int = 0
    """Rows left out by a limit; said below the table."""


class Fact(NamedTuple):
    """One line of a page's head: `key` for machines, `label` for people; value as a cell of `kind`."""

    key: str
    label: str
    value: Any
    kind: Kind = "text"
    currency: str = ""
    machine: bool = False
    """Only for json, csv and xlsx: never on the screen."""


class Page(NamedTuple):
    """One thing on one screen: facts first, then sheets by name; json is one object with a key per sheet."""

    report: str
    title: str
    facts: Sequence[Fact]
    sheets: Mapping[str, Sheet] = _NOTHING
    notes: Sequence[str] = ()


class Done(NamedTuple):
    """What a change did: one sentence a line for people, one object for machines."""

    report: str
    lines: Sequence[str]
    facts: Sequence[Fact]
    dry_run: bool = False
