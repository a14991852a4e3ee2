"""`collect import ledger`: a file from outside becomes items, credits and accounts of the book."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from collect import grids, intake, listing, money, options
from collect.book import Book
from collect.desk import Desk
from collect.errors import InputRefused, WrongUsage
from collect.files import source
from collect.store import imports
from collect.views import imports as view

File = Annotated[str, typer.Argument(metavar="FILE", help="Workbook (xlsx, xls, xlsb, ods) or csv; - is stdin.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=HEADER", help='What a column is, such as due_on="Due on"; may be repeated.'),
]
Dates = Annotated[str, typer.Option("--dates", metavar="dmy|mdy", help="How 5/4/2026 is to be read in this file.")]
Decimal = Annotated[str, typer.Option("--decimal", metavar=".|,", help="The decimal mark of this file's amounts.")]
Currency = Annotated[str, typer.Option("--currency", metavar="CUR", help="Currency of amounts that name none.")]
CreditDays = Annotated[
    int | None, typer.Option(metavar="N", min=0, max=3650, help="Days to pay where the file states no due date.")
]
ListDay = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The list's day, if it does not say so.")]
SheetName = Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet to read.")]
LayoutName = Annotated[
    str, typer.Option("--layout", metavar="list|statement", help="One list, or a running ledger per sheet.")
]
Kind = Annotated[str, typer.Option("--type", metavar="KIND", help="What stdin is: xlsx, csv ...")]
Full = Annotated[bool, typer.Option("--full", help="The list is complete: close what it no longer has.")]
Partial = Annotated[bool, typer.Option("--partial", help="Take the good rows though others are set aside.")]
KeepDuplicates = Annotated[bool, typer.Option("--keep-duplicates", help="Take rows that repeat another in full.")]


@options.writes
def ledger(
    ctx: typer.Context,
    file: File,
    mapping: Map = None,
    dates: Dates = "",
    decimal: Decimal = "",
    currency: Currency = "",
    credit_days: CreditDays = None,
    as_of: ListDay = None,
    sheet: SheetName = "",
    layout: LayoutName = "",
    kind: Kind = "",
    full: Full = False,
    partial: Partial = False,
    keep_duplicates: KeepDuplicates = False,
) -> None:
    """Import the open items of a ledger: new, changed and settled ones; the same file twice changes nothing.

    Without --partial nothing is stored while a row has to be set aside. The report shows how each column was read and
    the control totals: compare them with the ledger.

    Examples: collect import ledger outstanding.xlsx --dry-run; collect import ledger aging.csv --dates dmy
    """
    desk: Desk = ctx.obj
    book = desk.open()
    given = grids.Options(
        mapping=_mapped(mapping or []),
        dates=dates,
        decimal=decimal,
        currency=money.currency_code(currency) if currency else "",
        book_currency=book.currency,
        credit_days=credit_days,
        as_of=str(desk.day(as_of, past=True) or ""),
        sheet=sheet,
        layout="" if layout == "list" else layout,
        keep_duplicates=keep_duplicates,
    )
    asked = json.dumps([asdict(given), full, partial], ensure_ascii=False, default=dict)
    with source.open_source(file, type=kind or None) as opened:
        before = imports.again(book, opened.digest, asked)
        if before is not None:
            desk.show(view.result(view.unchanged(before), f"nothing new in {Path(file).name}", [], desk.dry_run))
            return
        taken = _read(opened, given)
        digest = opened.digest
    named = (Path(file).name, digest, asked)
    _finish(desk, _store(book, taken, named, full=full, keep=partial or not taken.rejects), taken, partial=partial)


def _mapped(typed: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in typed]
    wrong = [text for text, (field, sign, _) in zip(typed, pairs, strict=True) if not (field and sign)]
    if wrong:
        raise WrongUsage(f"not a mapping: {wrong[0]}", 'write it like --map due_on="Due on"')
    return {field.strip(): header.strip() for field, _, header in pairs}


def _read(opened: source.Source, given: grids.Options) -> grids.Intake:
    """Find the ledger in the file and read it: only the columns it needs leave the file."""
    tops = [(sheet, opened.top(sheet.name)) for sheet in opened.sheets]
    parts = []
    for layout in intake.find_layouts(tops, given):
        columns = dict(zip(layout.needed, opened.columns(layout.sheet, layout.needed, layout.first), strict=True))
        parts.append(intake.read(layout, columns, opened.findings(layout.sheet), given))
    taken = parts[0]
    taken.warnings.extend(opened.warnings)
    return taken


def _store(book: Book, taken: grids.Intake, named: tuple[str, str, str], *, full: bool, keep: bool) -> dict[str, Any]:
    """Compare with the book and write what changed; without `keep` the same, taken back: "would be"."""
    when = listing.When(taken.as_of, book.today.isoformat())
    rows = listing.keyed(taken.rows)
    terms = listing.Terms(
        imports.credit_days(book),
        int(book.setting("account.credit_days")),
        states_disputes="disputed" in taken.layout.mapping,
    )
    kept, book.dry_run = book.dry_run, book.dry_run or not keep
    try:
        with book.change("import.ledger", named[0]):
            profile = imports.profile(book, taken.layout)
            if taken.as_of and taken.as_of < imports.last_as_of(book, profile):
                raise InputRefused(
                    f"the list is older than the last one imported: {taken.as_of}", "import the newest list"
                )
            held = imports.held(book, [key for _, key in rows])
            compared = listing.compare(rows, held, when=when, profile_id=profile, terms=terms)
            fresh = imports.take(book, compared, taken, when, profile)
            closes = full and not taken.rejects
            if closes:
                imports.close_vanished(book, compared.vanished, when.day)
            facts = view.facts(taken, compared, named[0], fresh, closed=closes)
            imports.record(book, profile, named, taken.as_of, facts)
    finally:
        book.dry_run = kept
    return facts


def _finish(desk: Desk, facts: dict[str, Any], taken: grids.Intake, *, partial: bool) -> None:
    one = taken.rejected == 1
    aside = f"{taken.rejected} {'row' if one else 'rows'} of {facts['file']} {'has' if one else 'have'} to be set aside"
    if not taken.rejects:
        outcome = f"imported {facts['file']}"
    else:
        outcome = f"imported {facts['file']} in part: {aside}" if partial else f"nothing was stored: {aside}"
    desk.show(view.result(facts, outcome, taken.rejects, desk.dry_run))
    if taken.rejects and not partial:
        raise InputRefused(f"{aside}, nothing was stored", "correct them, or take the others with --partial")
    if taken.rejects:
        raise typer.Exit(1)
