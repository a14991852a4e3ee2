"""Every column of a ledger read, its rows sorted by what they are, and every cell that cannot be read noted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from collect import daycells, headers, idcells, intake_money, rowfacts, rowkinds, terms, titles
from collect.errors import InputRefused
from collect.grids import WIDE, Cell, FindingsLike, Layout, Options

Problem = tuple[int, int, str]
"""Row below the header from 0, column, reason."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A ledger with every mapped column read; all lists run by row below the header."""

    layout: Layout
    options: Options
    cells: dict[int, Sequence[Cell]]
    purse: intake_money.Purse
    days: daycells.Days
    number: list[str]
    kinds: rowfacts.Kinds
    problems: list[Problem]
    hidden: frozenset[int]
    """Rows Excel does not show."""

    @property
    def size(self) -> int:
        """How many rows there are below the header, blank ones too."""
        return len(self.number)


def parse(layout: Layout, columns: Mapping[int, Sequence[Cell]], findings: FindingsLike, options: Options) -> Parsed:
    """Read the columns; raises InputRefused where the order of days or the decimal mark is not decided."""
    cells = _even(layout, columns)
    size = max(map(len, cells.values()), default=0)
    mapped = {field: cells[column.at] for field, column in layout.mapping.items()}
    purse = intake_money.read(layout, cells, findings, options)
    _add_up_ages(layout, purse)
    dates: dict[str, Sequence[Cell]] = {field: mapped[field] for field in headers.DATES if field in mapped}
    days = _days(layout, dates, options, _evidence(layout, cells, options))
    blank = idcells.Texts([""] * size, {})
    number, account = (idcells.ids(mapped[field]) if field in mapped else blank for field in ("number", "account"))
    problems = list(_broken(layout, set(purse.minor), findings, size))
    problems += purse.problems
    for field, bad in (*days.bad.items(), ("number", number.bad), ("account", account.bad)):
        problems += [(i, layout.mapping[field].at, reason) for i, reason in bad.items()]
    plain = {column.at for field, column in layout.mapping.items() if field == "currency"}
    body = rowfacts.Body(
        cells={at: column for at, column in cells.items() if at not in plain},
        headers=layout.headers,
        account=account.text,
        name=idcells.names(mapped["name"]) if "name" in mapped else blank.text,
        number=number.text,
        dated=_dated(days, size),
        valued=_valued(purse, problems, size),
        minor=purse.minor,
        merged=_merged(layout, findings),
        party=titles.labelled(layout.titles) or ("", ""),
        lines=frozenset(map(titles.bare, layout.titles)),
    )
    hidden = frozenset(row - layout.first for row in findings.hidden_rows)
    return Parsed(layout, options, cells, purse, days, number.text, rowkinds.sort(body), problems, hidden)


def _even(layout: Layout, columns: Mapping[int, Sequence[Cell]]) -> dict[int, Sequence[Cell]]:
    """The columns the layout needs, all as long as the longest."""
    size = max(map(len, columns.values()), default=0)
    found: dict[int, Sequence[Cell]] = {}
    for at in layout.needed:
        cells = columns.get(at, ())
        found[at] = cells if len(cells) == size else [*cells, *[None] * (size - len(cells))]
    return found


def _add_up_ages(layout: Layout, purse: intake_money.Purse) -> None:
    """Let a row whose own amount is blank beside columns by age have the sum of these."""
    at = next((layout.mapping[field].at for field in ("open", "amount") if field in layout.mapping), None)
    if at is None or not layout.buckets:
        return
    ages = [purse.minor[bucket.at] for bucket in layout.buckets]
    for i, own in enumerate(purse.minor[at]):
        if own is None and any(age[i] is not None for age in ages):
            purse.minor[at][i] = sum(age[i] or 0 for age in ages)


def _days(
    layout: Layout, dates: Mapping[str, Sequence[Cell]], options: Options, evidence: daycells.Evidence
) -> daycells.Days:
    """The days of all date columns; a refusal says where the first doubtful one stands."""
    try:
        return daycells.read(dates, options.dates, evidence)
    except daycells.UndecidedError as error:
        what, colon, day = error.message.partition(": ")
        place = f"in row {error.at + layout.first + 1}, column {layout.mapping[error.field].header}"
        raise InputRefused(f"{what}, {place}{colon}{day}", error.hint) from error


def _evidence(layout: Layout, cells: Mapping[int, Sequence[Cell]], options: Options) -> daycells.Evidence:
    terms_at = layout.mapping.get("credit_days")
    days = list(map(terms.days, cells[terms_at.at])) if terms_at else []
    until = titles.day(layout.period_text[1], options.dates) if layout.period_text else ""
    read = {column.at for column in layout.mapping.values()}
    return daycells.Evidence(until, days, [column for at, column in cells.items() if at not in read])


def _broken(layout: Layout, money: set[int], findings: FindingsLike, size: int) -> Iterator[Problem]:
    """Formula errors and formulas without a value in columns that are read."""
    read = money | {column.at for column in layout.mapping.values()}
    for (row, at), text in findings.errors.items():
        if at in read and 0 <= row - layout.first < size:
            yield row - layout.first, at, text if text == WIDE else f"a formula error: {text}"
    for row, at in findings.uncalculated:
        if at in read and 0 <= row - layout.first < size:
            yield row - layout.first, at, "a formula that was never calculated"


def _dated(days: daycells.Days, size: int) -> list[bool]:
    dated = [False] * size
    for field in ("document_on", "due_on"):
        if field in days.iso:
            dated = [was or day != "" for was, day in zip(dated, days.iso[field], strict=True)]
    return dated


def _valued(purse: intake_money.Purse, problems: Sequence[Problem], size: int) -> list[bool]:
    """Whether something stands in a money column, an amount or what should be one."""
    valued = [False] * size
    for values in purse.minor.values():
        valued = [was or value is not None for was, value in zip(valued, values, strict=True)]
    for i, at, _ in problems:
        valued[i] = valued[i] or at in purse.minor
    return valued


def _merged(layout: Layout, findings: FindingsLike) -> set[int]:
    """Rows whose party cell continues a merged one above."""
    party = {layout.mapping[field].at for field in ("account", "name") if field in layout.mapping}
    return {
        row - layout.first
        for top, left, bottom, right in findings.merged
        if any(left <= at <= right for at in party)
        for row in range(top + 1, bottom + 1)
    }
