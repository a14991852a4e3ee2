"""`collect import accounts` and `collect import profiles`: who the customers are, and how files are read."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from collect import grids, intake_report, money, options, parties, party_layout, phones
from collect import profiles as layouts
from collect.book import Book
from collect.commands import importing
from collect.commands.importing import Job
from collect.desk import Desk
from collect.files import source
from collect.store import imports
from collect.store import parties as kept
from collect.store import profiles as known
from collect.views import import_accounts as view
from collect.views import imports as result

Forget = Annotated[str, typer.Option("--forget", metavar="NAME", help="Forget this one; what it brought stays.")]


@options.writes
def accounts(
    ctx: typer.Context,
    file: importing.File,
    mapping: importing.Map = None,
    decimal: importing.Decimal = "",
    currency: importing.Currency = "",
    sheet: importing.SheetName = "",
    kind: importing.Kind = "",
    partial: importing.Partial = False,
    rejects: importing.RejectsFile = "",
    profile: importing.ProfileName = "",
) -> None:
    """Import what is known of customers: names, phones, e-mails, addresses, territory, agent, terms, limits, places.

    Accounts are known by their number, else by their name. Phone numbers are kept as they are dialled from abroad;
    those no network has stay as written and are marked wrong. A cell that is empty erases nothing.

    Example: collect import accounts customers.xlsx --dry-run
    """
    desk: Desk = ctx.obj
    book = desk.open()
    given = grids.Options(
        mapping=importing.mapped(mapping),
        decimal=importing.one_of("--decimal", decimal, (".", ",")),
        currency=money.currency_code(currency) if currency else "",
        book_currency=book.currency,
        sheet=sheet,
    )
    aside, name = importing.rejects_path(rejects), importing.called(file)
    with importing.naming(name), source.open_source(file, type=kind or None) as opened:
        job = Job(name, opened.digest, importing.as_json("accounts", asdict(given), partial, profile), desk.why)
        before = None if aside else imports.again(book, job.digest, job.asked)
        if before is not None:
            desk.show(view.result(result.unchanged(before), f"nothing new in {name}", [], desk.dry_run))
            return
        fit = layouts.fit(
            known.choice(book, profile),
            [(one, opened.top(one.name)) for one in opened.sheets],
            given,
            party_layout.find,
        )
        found = _read(book, opened, fit)
        written = importing.write_rejects(aside, opened, [found])
    facts = _store(book, found, job, fit, keep=partial or not found.rejects, profile=profile)
    facts |= {"rejects_file": written, "remembered": importing.remembered(fit.profile)}
    importing.finish(desk, facts, found.rejects, partial=partial, show=view.result)


def _read(book: Book, opened: source.Source, fit: layouts.Fit) -> parties.Parties:
    """Read the rows of a list of customers; numbers without a country code are of the book's country."""
    layout = fit.layouts[0]
    columns = dict(zip(layout.needed, opened.columns(layout.sheet, layout.needed, layout.first), strict=True))
    country = phones.region(book.currency, str(book.zone))
    found = parties.read(layout, columns, fit.options, country)
    found.warnings[:0] = opened.warnings
    found.unread = intake_report.unread(layout, columns, party_layout.vocabulary())
    return found


def _store(
    book: Book, found: parties.Parties, job: Job, fit: layouts.Fit, *, keep: bool, profile: str
) -> dict[str, Any]:
    """Write what changed; without `keep` the same, taken back: "would be"."""
    with importing.would_be(book, keep=keep), book.change("import.accounts", job.name, job.why):
        profile_id = known.keep(book, found.layout, layouts.said(fit.options), profile)
        facts = view.facts(found, kept.take(book, found.parties), job.name)
        imports.record(book, profile_id, job[:3], "", facts)
    return facts


@options.report
@options.writes
def profiles(ctx: typer.Context, forget: Forget = "") -> None:
    """List the layouts of files that were imported, with what you said about each; they are read so again.

    Example: collect import profiles --forget "tally daily"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not forget:
        desk.show(view.profiles(known.everyone(book)))
        return
    gone = known.named(book, forget)
    with book.change("profile.forget", gone.name, desk.why):
        known.forget(book, gone)
    desk.show(view.forgotten(gone, dry_run=desk.dry_run))
