"""`collect report backtest|fit|risk`."""

from datetime import date, timedelta
from typing import Annotated

import typer

from collect import backtest as test
from collect import dates, options, risk, riskfit
from collect.book import Book
from collect.commands import common
from collect.desk import Desk
from collect.errors import NotFound, WrongUsage
from collect.money import currency_code
from collect.store import accounts, conducts, history
from collect.store import risk as stored
from collect.store.postings import AsOf
from collect.views import risk as view

Split = Annotated[
    str, typer.Option("--split", metavar="DATE", help="First day of what is to be foretold; before it is history.")
]


@options.report
def backtest(ctx: typer.Context, split: Split, currency: options.Currency = None) -> None:
    """Measure how well the risk score, taken before a day, foretells who paid late after it.

    The score, as it was at the end of the day before the split, against the items dated from then on. AUC is the
    chance that an item paid late stood before one that was not; coverage the share of late money in the first 20 %
    of the accounts. "fitted" are weights learned from the time before the split only; 'collect report fit' shows them.

    Example: collect report backtest --split 2026-01-01
    """
    desk: Desk = ctx.obj
    book = desk.open()
    day, code = _split_day(desk, split), currency_code(currency or book.currency)
    with book.reading():
        now = test.outcomes(history.items(book, AsOf(book.today)), day, book.today, code)
        known_on = day - timedelta(days=1)
        before = history.items(book, AsOf(known_on))
        one = test.split(before, now, day, conducts.all_of(book, AsOf(known_on)), code)
        fitted = _fitted(book, day, code)
    if not now or not before:
        raise NotFound(f"nothing to measure: no {code} items on both sides of {day}", "name another day with --split")
    desk.show(view.backtest(test.compare(one, {"score": stored.weights(book), "fitted": fitted}), one, day, code))


@options.report
def fit(ctx: typer.Context, split: Split, currency: options.Currency = None) -> None:
    """Fit the weights of the risk score to what was known before a day; nothing is changed.

    The history is seen as it was 3, 6 and 9 months before the split, and what followed each is learned by logistic
    regression with a ridge of one. The same book and day give the same digits. Keep a weight with 'collect config
    set'; weights fitted on all of a book must not be measured on the same book.

    Example: collect report fit --split 2026-01-01
    """
    desk: Desk = ctx.obj
    book = desk.open()
    day, code = _split_day(desk, split), currency_code(currency or book.currency)
    with book.reading():
        fitted = _fitted(book, day, code)
    desk.show(view.weights(fitted, stored.weights(book), day))


@options.report
def risk_(
    ctx: typer.Context,
    account: Annotated[
        str | None,
        typer.Argument(
            metavar="[ACCOUNT]", help="Only this account, reason by reason.", autocompletion=options.account_numbers
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
) -> None:
    """Order accounts by how likely they are to pay late: a sum of reasons from their own history.

    Examples: collect report risk --limit 20; collect report risk C-104 --as-of 2026-03-31
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        when = common.as_of(desk, as_of, known_on)
        holder = accounts.named(book, account) if account else None
        only = [holder.id] if holder else None
        records = risk.records(history.items(book, when, only), when.day)
        conduct = conducts.all_of(book, when, only)
        holders = accounts.all_by_id(book, records)
    given = stored.weights(book)
    if holder:
        record = records.get(holder.id, risk.NO_RECORD)
        reasons = risk.reasons(record, conduct.get(holder.id, risk.NO_CONDUCT), given)
        desk.show(view.reasons(holder, reasons, when.day))
        return
    rows = [(holders[key], one, conduct.get(key, risk.NO_CONDUCT)) for key, one in records.items()]
    desk.show(view.ranking(rows, given, when.day))


def _split_day(desk: Desk, text: str) -> date:
    day = desk.day(text, past=True)
    assert day is not None
    if day > desk.open().today:
        raise WrongUsage(f"a split that is yet to come: {day}", "name a day that is past")
    return day


def _fitted(book: Book, day: date, currency: str) -> risk.Weights:
    """Weights learned from what was known at the end of the day before `day`, seen from some months before it."""
    last = day - timedelta(days=1)
    known = history.items(book, AsOf(last))
    lessons = []
    for months in riskfit.MONTHS_BEFORE:
        seen_from = dates.add_months(day, -months)
        seen = AsOf(seen_from - timedelta(days=1))
        records = risk.records(history.items(book, seen), seen.day)
        followed = test.outcomes(known, seen_from, last, currency)
        lessons += riskfit.lessons(records, conducts.all_of(book, seen), followed)
    return riskfit.fit(lessons)
