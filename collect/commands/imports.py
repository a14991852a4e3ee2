"""`collect import ledger`: a file from outside becomes items, credits and accounts of the book."""

from contextlib import suppress
from dataclasses import asdict, replace
from typing import Annotated, Any, NamedTuple

import typer

from collect import grids, intake, intake_join, listing, money, options, profiles
from collect.book import Book
from collect.commands import importing
from collect.commands.importing import Job
from collect.desk import Desk
from collect.errors import InputRefused, RunningLedger
from collect.files import cells, rejects_out, source
from collect.store import imports, unshown
from collect.store import profiles as kept
from collect.views import imports as view

CreditDays = Annotated[
    int | None, typer.Option(metavar="N", min=0, max=3650, help="Days to pay where the file states no due date.")
]
ListDay = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The list's day, if it does not say so.")]
LayoutName = Annotated[
    str, typer.Option("--layout", metavar="list|statement", help="One list, or running ledgers, a party each.")
]
Full = Annotated[bool, typer.Option("--full", help="The list is complete: close what it no longer has.")]
KeepDuplicates = Annotated[bool, typer.Option("--keep-duplicates", help="Take rows that repeat another in full.")]


class Reading(NamedTuple):
    """A file, read: what was taken, sheet by sheet and as a whole, and how."""

    parts: list[grids.Intake]
    taken: grids.Intake
    fit: profiles.Fit


@options.writes
def ledger(
    ctx: typer.Context,
    file: importing.File,
    mapping: importing.Map = None,
    dates: importing.Dates = "",
    decimal: importing.Decimal = "",
    currency: importing.Currency = "",
    credit_days: CreditDays = None,
    as_of: ListDay = None,
    sheet: importing.SheetName = "",
    layout: LayoutName = "",
    kind: importing.Kind = "",
    full: Full = False,
    partial: importing.Partial = False,
    keep_duplicates: KeepDuplicates = False,
    rejects: importing.RejectsFile = "",
    profile: importing.ProfileName = "",
) -> None:
    """Import the open items of a ledger: new, changed and settled ones; the same file twice changes nothing.

    Without --partial nothing is stored while a row has to be set aside. The report shows how each column was read and
    the control totals: compare them with the ledger. What you say about a file is remembered for the next one with
    the same headers.

    Examples: collect import ledger outstanding.xlsx --dry-run; collect import ledger aging.csv --dates dmy
    """
    desk: Desk = ctx.obj
    book = desk.open()
    given = grids.Options(
        mapping=importing.mapped(mapping),
        dates=importing.one_of("--dates", dates, ("dmy", "mdy")),
        decimal=importing.one_of("--decimal", decimal, (".", ",")),
        currency=money.currency_code(currency) if currency else "",
        book_currency=book.currency,
        credit_days=credit_days,
        as_of=str(desk.happened_on(as_of)) if as_of else "",
        sheet=sheet,
        layout=importing.one_of("--layout", layout, ("list", "statement")),
        keep_duplicates=keep_duplicates,
    )
    aside, name = importing.rejects_path(rejects), importing.called(file)
    with importing.naming(name), source.open_source(file, type=kind or None) as opened:
        job = Job(name, opened.digest, importing.as_json(asdict(given), full, partial, profile), desk.why)
        before = None if aside else imports.again(book, job.digest, job.asked)
        if before is not None:
            desk.show(view.result(view.unchanged(before), f"nothing new in {name}", [], desk.dry_run))
            return
        found = _read(opened, given, kept.choice(book, profile))
        written = importing.write_rejects(aside, opened, found.parts)
    if full:
        rejects_out.refuse_as_whole(found.taken.layout.sheet, name)
    facts = _store(book, found, job, full=full, keep=partial or not found.taken.rejects, profile=profile)
    facts |= {"rejects_file": written, "remembered": importing.remembered(found.fit.profile)}
    importing.finish(desk, facts, found.taken.rejects, partial=partial)


def _read(opened: source.Source, given: grids.Options, known: list[profiles.Profile]) -> Reading:
    """Find the ledger in the file and read it; what turns out to be a running ledger is read as one if it proves."""
    try:
        return _read_as(opened, given, known)
    except RunningLedger as refusal:
        if given.layout:
            raise
        with suppress(InputRefused):
            found = _read_as(opened, replace(given, layout="statement"), known)
            if found.taken.proven:
                names = [one.name for one in found.taken.accounts.values()]
                whose = names[0] if len(names) == 1 else f"{len(names)} customers"
                said = f"read as a running ledger of {whose} (--layout statement): its balances prove what was read"
                taken = replace(found.taken, warnings=[said, *found.taken.warnings])
                options = replace(found.fit.options, layout="")
                return Reading(found.parts, taken, found.fit._replace(options=options))
        raise refusal from None


def _read_as(opened: source.Source, given: grids.Options, known: list[profiles.Profile]) -> Reading:
    """The file read as asked, or as a profile completes it: only the columns it needs leave the file."""
    tops = [(sheet, opened.top(sheet.name)) for sheet in opened.sheets]
    fit = profiles.fit(known, tops, given)
    parts = []
    for layout in fit.layouts:
        columns = dict(zip(layout.needed, opened.columns(layout.sheet, layout.needed, layout.first), strict=True))
        parts.append(intake.read(layout, columns, _findings(opened, layout), fit.options))
    taken = intake_join.join(parts)
    return Reading(parts, replace(taken, warnings=[*opened.warnings, *taken.warnings]), fit)


def _findings(opened: source.Source, layout: grids.Layout) -> cells.Findings:
    """What a scan of the sheet saw; in a text file also the rows that go on beyond the header, unless all do."""
    findings = opened.findings(layout.sheet)
    width = max(layout.headers, default=0) + 1
    most = next(sheet.columns for sheet in opened.sheets if sheet.name == layout.sheet)
    money = [layout.mapping[field].at for field in ("amount", "open", "debit", "credit") if field in layout.mapping]
    if opened.kind not in {"csv", "tsv"} or most <= width or not money:
        return findings
    paid, *beyond = opened.columns(layout.sheet, [money[0], *range(width, most)], layout.first)
    wide = {at for column in beyond for at, cell in enumerate(column) if cell is not None}
    if all(at in wide for at, cell in enumerate(paid) if cell is not None):
        return findings  # a column without a name
    errors = {**findings.errors, **{(layout.first + at, money[0]): grids.WIDE for at in wide}}
    return replace(findings, errors=errors)


def _store(book: Book, found: Reading, job: Job, *, full: bool, keep: bool, profile: str) -> dict[str, Any]:
    """Compare with the book and write what changed; without `keep` the same, taken back: "would be"."""
    taken = found.taken
    when = listing.When(taken.as_of, book.today.isoformat())
    terms = listing.Terms(
        imports.credit_days(book),
        int(book.setting("account.credit_days")),
        states_disputes="disputed" in taken.layout.mapping,
    )
    fills = imports.is_empty(book)
    with importing.would_be(book, keep=keep), book.change("import.ledger", job.name, job.why, fills=fills):
        profile_id = kept.keep(book, taken.layout, profiles.said(found.fit.options), profile)
        if taken.as_of and taken.as_of < imports.last_as_of(book, profile_id):
            raise InputRefused(
                f"the list is older than the last one imported, in {job.name}: {taken.as_of}", "import the newest list"
            )
        held = imports.held(book, (key for _, key in listing.keyed(taken.rows)))
        compared = listing.compare(listing.keyed(taken.rows), held, when=when, profile_id=profile_id, terms=terms)
        if rejects_out.ours(taken.layout.sheet):
            compared.vanished.clear()
        closes = full and not taken.rejects
        moves = unshown.meet(book, compared, closes=closes)
        facts = view.facts(taken, compared, job.name, closed=closes)
        facts["accounts"] = imports.take(book, compared, taken, when, profile_id)
        if closes:
            imports.close_vanished(book, compared.vanished, when.day)
        unshown.move(book, moves)
        imports.record(book, profile_id, job[:3], taken.as_of, facts)
    return facts
