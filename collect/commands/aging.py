"""`collect aging`."""

from typing import Annotated, Any, Literal, cast

import typer

from collect import aging as ages
from collect import config, options
from collect.book import Book
from collect.choices import one_of
from collect.commands import common
from collect.desk import Desk
from collect.records import Credit, Item
from collect.store import accounts, items, postings
from collect.store import aging as aged
from collect.views import aging as view
from collect.views.sheet import Sheet

_BY = ("account", "item", "agent", "territory", "currency")


@options.report
def aging(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    buckets: Annotated[
        str | None,
        typer.Option(metavar="DAYS", help="Last day of each bucket, such as 30,60,90,120.", show_default="30,60,90"),
    ] = None,
    by: Annotated[str, typer.Option(metavar="WHAT", help="A row per account, item, agent, territory or currency.")] = (
        "account"
    ),
    by_date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Age by due or by document date.", show_default="due")
    ] = None,
    net: Annotated[bool, typer.Option("--net", help="Put credits into the buckets, by their own date.")] = False,
) -> None:
    """Age what is owed: how much is not due, and how much is late by how long.

    Due today is not overdue. Credits and unapplied money stand in a column of their own unless --net is given. The
    report ends with its proof: the total of the report against the total of the ledger. If they differ, it exits 1.

    Examples: collect aging --buckets 30,60,90,120,180; collect aging --as-of 2026-03-31 --output march.xlsx
    """
    desk: Desk = ctx.obj
    book = desk.open()
    by = one_of(by, "way to age", _BY)
    date_by = config.checked("aging.by_date", by_date or book.setting("aging.by_date"))
    question = aged.Question(
        common.as_of(desk, as_of, known_on),
        ages.Buckets(config.bucket_edges(buckets or book.setting("aging.buckets"))),
        "document" if date_by == "document" else "due",
        net,
    )
    with book.reading():
        sheet, proved = _report(desk, book, question, cast("aged.By", by))
    desk.show(sheet)
    if not proved:
        desk.screen.error("the report does not agree with the ledger", "run 'collect book check'")
        raise typer.Exit(1)


def _report(desk: Desk, book: Book, question: aged.Question, by: aged.By | Literal["item"]) -> tuple[Sheet, bool]:
    day, buckets = question.as_of.day, question.buckets
    totals = aged.totals(book, question)
    proofs = ages.prove(
        postings.control_totals(book, question.as_of), {currency: one.total for currency, one in totals.items()}
    )
    owing = aged.accounts_owing(book, question.as_of)
    rest: dict[str, Any] = {
        "totals": view.totals(totals, buckets, owing),
        "totals_columns": view.count_columns(buckets),
        "proof": view.proof(proofs),
        "notes": view.notes(aged.derived_due_dates(book, question.as_of), aged.disputed(book, question.as_of)),
        "title": _title(book, question),
        "params": {
            "as_of": day.isoformat(),
            "known_on": question.as_of.known_on.isoformat() if question.as_of.known_on else None,
            "buckets": list(buckets.edges),
            "by": by,
            "by_date": question.by_date,
            "net": question.net,
        },
    }
    if by == "item":
        standing: list[Item | Credit] = [*items.all_open(book, question.as_of)]
        standing += items.open_credits(book, question.as_of)
        holders = accounts.all_by_id(book, {one.account_id for one in standing})
        pairs = [(holders[one.account_id], one) for one in standing]
        sheet = view.by_item(pairs, day, buckets, by_document=question.by_date == "document", net=question.net, **rest)
        return sheet, ages.holds(proofs)
    limit = desk.limit or 0 if not desk.sort else 0
    found = aged.groups(book, question, by, limit)
    if by != "account":
        return view.by_group(found, by, buckets, **rest), ages.holds(proofs)
    holders = accounts.all_by_id(book, {account_id for account_id, _ in found})
    rows = sum(owing.values()) + aged.credit_only(book, question.as_of) if limit else len(found)
    rest["more"] = rows - len(found)
    sheet = view.by_account([(holders[account_id], one) for account_id, one in found], buckets, **rest)
    return sheet, ages.holds(proofs)


def _title(book: Book, question: aged.Question) -> str:
    known = f", as known on {question.as_of.known_on}" if question.as_of.known_on else ""
    by = "" if question.by_date == "due" else ", by document date"
    name = book.setting("book.name")
    return f"{f'{name}: ' if name else ''}aging as of {question.as_of.day}{known}{by}"
