"""`collect import payments`, `payment unmatched` and `payment match`: statements and receipt lists become receipts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

import typer

from collect import grids, matching, money, options, payment_layout, payment_rows
from collect import profiles as layouts
from collect.book import Book
from collect.commands import common, importing, pay
from collect.desk import Desk
from collect.errors import CollectError, InputRefused, Refused, WrongUsage
from collect.files import source
from collect.matching import Candidate, Matcher
from collect.payment_rows import Paid, PaymentList
from collect.receipts import Asked, Proposal
from collect.records import Account
from collect.store import accounts, payments, postings
from collect.store import payment_lines as kept
from collect.store import profiles as known
from collect.store import receipts as given
from collect.views import payment_lines as view
from collect.views.payment_lines import Row


@options.writes
def import_(
    ctx: typer.Context,
    file: importing.File,
    mapping: importing.Map = None,
    dates: importing.Dates = "",
    decimal: importing.Decimal = "",
    currency: importing.Currency = "",
    sheet: importing.SheetName = "",
    kind: importing.Kind = "",
    partial: importing.Partial = False,
    review: Annotated[bool, typer.Option("--review", help="Ask about the rest, line by line (on a terminal).")] = False,
    profile: importing.ProfileName = "",
) -> None:
    """Import a bank statement or a list of receipts: what is certain is taken, the rest is listed to be decided.

    A line is known by its reference, by an item's or a customer's number in it, by the name and the amount together.
    The same list, or one that overlaps with it, changes nothing. 'collect payment unmatched --output todo.xlsx' with
    its column Decision filled in (an account number, yes, or ignore) is imported in the same way.

    Example: collect import payments statement.csv --dry-run
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if review and not common.can_ask():
        raise WrongUsage("cannot ask here: --review needs a terminal", "use 'collect payment unmatched' and 'match'")
    asked = _options(book, mapping, (dates, decimal, currency, sheet))
    name = importing.called(file)
    with importing.naming(name), source.open_source(file, type=kind or None) as opened:
        tops = [(one, opened.top(one.name)) for one in opened.sheets]
        fit = layouts.fit(known.choice(book, profile), tops, asked, payment_layout.find)
        layout = fit.layouts[0]
        columns = dict(zip(layout.needed, opened.columns(layout.sheet, layout.needed, layout.first), strict=True))
    if payment_layout.is_decided(layout):
        _fed_back(desk, book, payment_rows.decisions(layout, columns), name)
        return
    found = payment_rows.read(layout, columns, fit.options)
    rows = _store(book, found, (name, opened.digest), fit, keep=partial or not found.rejects, profile=profile)
    _finish(desk, found, rows, name, partial=partial)
    if review:
        _review(desk, book)


@options.report
def unmatched(ctx: typer.Context) -> None:
    """List the payments whose account is not certain, with whose they may be and why.

    Example: collect payment unmatched --output todo.xlsx
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        matcher = kept.matcher(book)
        rows = [_suggested(book, matcher, one.id, one.line) for one in kept.undecided(book)]
    desk.show(view.unmatched(rows))


@options.writes
def match(
    ctx: typer.Context,
    line: Annotated[int, typer.Argument(metavar="LINE", help="Number of the line, as 'payment unmatched' lists it.")],
    account: Annotated[str, typer.Argument(metavar="[ACCOUNT]", help="Whose payment it is.")] = "",
    named: pay.For = None,
    ignore: Annotated[bool, typer.Option("--ignore", help="It is no payment of a debtor.")] = False,
) -> None:
    """Decide on a line of a statement: whose payment it is, or that it is none.

    Examples: collect payment match 17 C-104 --for INV-88; collect payment match 18 --ignore --why "interest"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if bool(account) == ignore:
        raise WrongUsage("whose payment is it", "name an account, or say --ignore")
    with book.change("payment.match", str(line), desk.why):
        one = kept.waiting(book, line)
        if ignore:
            kept.decide(book, one.id, "ignored", reason=desk.why)
            row = Row(one.id, one.line, "ignored", why=desk.why)
        else:
            row = _take(book, one, common.account_to_change(book, account), tuple(named or ()))
    desk.show(view.decided([row], dry_run=desk.dry_run))


def _options(book: Book, mapping: list[str] | None, said: tuple[str, str, str, str]) -> grids.Options:
    dates, decimal, currency, sheet = said
    return grids.Options(
        mapping=importing.mapped(mapping),
        dates=importing.one_of("--dates", dates, ("dmy", "mdy")) or book.setting("dates.order"),
        decimal=importing.one_of("--decimal", decimal, (".", ",")),
        currency=money.currency_code(currency) if currency else "",
        book_currency=book.currency,
        sheet=sheet,
    )


def _store(
    book: Book, found: PaymentList, file: tuple[str, str], fit: layouts.Fit, *, keep: bool, profile: str
) -> list[Row]:
    """Take what is certain, keep the rest to be decided; without `keep` the same, taken back: "would be"."""
    with importing.would_be(book, keep=keep), book.change("import.payments", file[0]):
        known.keep(book, found.layout, layouts.said(fit.options), profile)
        file_id = kept.add_file(book, *file)
        matcher = kept.matcher(book)
        rows = []
        for line, key, nth in matching.numbered(found.payments):
            if kept.seen(book, key, nth):
                rows.append(Row(0, line, "seen"))
            else:
                rows.append(_placed(book, matcher, kept.add(book, file_id, line, key, nth), line))
    return rows


def _placed(book: Book, matcher: Matcher, number: int, line: Paid) -> Row:
    """What becomes of a new line: a receipt there is, a new one, or a question."""
    receipt = kept.same_reference(book, line)
    if receipt is not None:
        holder = accounts.all_by_id(book, [receipt.account_id])[receipt.account_id]
        return _known(book, kept.Waiting(number, line), receipt.number, holder, f"reference {line.reference}")
    found = matcher.match(line)
    for each in found.candidates:
        by_hand = kept.taken_by_hand(book, each.account_id, line)
        if by_hand is not None:
            holder = accounts.all_by_id(book, [each.account_id])[each.account_id]
            why = f"{', '.join(each.reasons)}; taken by hand"
            return _known(book, kept.Waiting(number, line), by_hand.number, holder, why)
    if not found.certain:
        return _suggested(book, matcher, number, line)
    best = found.candidates[0]
    holder = accounts.all_by_id(book, [best.account_id])[best.account_id]
    one, why = kept.Waiting(number, line), ", ".join(best.reasons)
    try:
        proposal = _proposed(book, one, holder, best.named)
    except (Refused, WrongUsage) as error:
        return Row(number, line, "open", "", holder, f"{why}; {error.message}")
    return _receipt(book, one, holder, proposal, why)


def _take(book: Book, one: kept.Waiting, holder: Account, named: Sequence[str]) -> Row:
    """Give a receipt for a line that somebody decided on, unless one was given by hand already."""
    by_hand = kept.taken_by_hand(book, holder.id, one.line)
    if by_hand is not None:
        return _known(book, one, by_hand.number, holder, "taken by hand")
    return _receipt(book, one, holder, _proposed(book, one, holder, named), "decided")


def _proposed(book: Book, one: kept.Waiting, holder: Account, named: Sequence[str]) -> Proposal:
    """Where the money of a line goes; of the items it names those that are open still. Refused as `collect pay` is."""
    line = one.line
    there = {item.number for item in payments.targets(book, holder, line.currency)}
    asked = Asked(
        line.currency, line.amount_minor, date.fromisoformat(line.paid_on), line.mode, line.reference, line.payer,
        named=tuple(number for number in named if number in there),
    )  # fmt: skip
    return pay.propose(book, holder, asked, again=True)[0]


def _receipt(book: Book, one: kept.Waiting, holder: Account, proposal: Proposal, why: str) -> Row:
    receipt = payments.take(book, holder, proposal)
    postings.settle(book, book.writing)
    kept.decide(book, one.id, "taken", receipt, why)
    return Row(one.id, one.line, "taken", receipt.number, holder, why)


def _known(book: Book, one: kept.Waiting, number: str, holder: Account, why: str) -> Row:
    """Tie a line to the receipt there is; the bank has the money now."""
    receipt = given.get(book, number)
    kept.decide(book, one.id, "known", receipt, why)
    paid_on = date.fromisoformat(one.line.paid_on)
    if receipt.cleared_on is None and paid_on >= receipt.received_on:
        given.note(book, receipt, "cleared", paid_on, reference=one.line.reference)
    return Row(one.id, one.line, "known", number, holder, why)


def _suggested(book: Book, matcher: Matcher, number: int, line: Paid) -> Row:
    """A line to decide, with whose it may be."""
    found: tuple[Candidate, ...] = matcher.match(line).candidates
    if not found:
        return Row(number, line, "open", why="nothing known matches")
    names = accounts.all_by_id(book, [one.account_id for one in found])
    best = found[0]
    return Row(
        number, line, "open", "", names[best.account_id], ", ".join(best.reasons), view.in_words(found[1:], names)
    )


def _finish(desk: Desk, found: PaymentList, rows: Sequence[Row], name: str, *, partial: bool) -> None:
    facts = view.facts(found, rows, name)
    count = found.rejected
    aside = f"{count} {'row' if count == 1 else 'rows'} of {name} {'has' if count == 1 else 'have'} to be set aside"
    said = f"imported {name}" if not count else f"nothing was stored: {aside}"
    if count and partial:
        said = f"imported {name} in part: {aside}"
    full = desk.format != "table"
    desk.show(view.result(facts, said, rows, found.rejects, dry_run=desk.dry_run, full=full))
    if count and not partial:
        raise InputRefused(f"{aside}, nothing was stored", "correct them, or take the others with --partial")
    if count:
        raise typer.Exit(1)


def _fed_back(desk: Desk, book: Book, decisions: Iterable[tuple[int, str]], name: str) -> None:
    """Take the decisions of a list that was filled in; a line decided meanwhile is left alone."""
    rows = []
    with book.change("payment.match", name, desk.why):
        waiting = {one.id: one for one in kept.undecided(book)}
        matcher = kept.matcher(book)
        for number, decision in decisions:
            if number in waiting:
                rows.append(_by_word(book, matcher, waiting[number], decision))
    desk.show(view.decided(rows, dry_run=desk.dry_run))


def _by_word(book: Book, matcher: Matcher, one: kept.Waiting, decision: str) -> Row:
    """Do what a cell of the column Decision says: an account number, yes, or ignore."""
    word = decision.casefold()
    if word in {"ignore", "no"}:
        kept.decide(book, one.id, "ignored", reason=decision)
        return Row(one.id, one.line, "ignored")
    found = matcher.match(one.line).candidates
    if word in {"yes", "y", "ok"}:
        if not found:
            raise InputRefused(f"nothing was suggested for line: {one.id}", "write the account number instead of yes")
        holder = accounts.all_by_id(book, [found[0].account_id])[found[0].account_id]
        return _take(book, one, holder, found[0].named)
    holder = accounts.get(book, decision)
    named = next((each.named for each in found if each.account_id == holder.id), ())
    return _take(book, one, holder, named)


def _review(desk: Desk, book: Book) -> None:
    """Ask about each undecided line; each answer is a change of its own, and nothing is locked meanwhile."""
    matcher = kept.matcher(book)
    for one in kept.undecided(book):
        row = _suggested(book, matcher, one.id, one.line)
        amount = money.Money(one.line.amount_minor, one.line.currency)
        said = " ".join(filter(None, [one.line.payer, one.line.narration, one.line.reference]))
        desk.say(f"line {one.id}, {one.line.paid_on}, {amount}: {said}")
        if row.account:
            desk.say(
                f"  {row.account.number} {row.account.name}: {row.why}{f'; or {row.others}' if row.others else ''}"
            )
        answer = typer.prompt("  account, yes, ignore, or empty to leave it", default="", show_default=False, err=True)
        if answer.strip():
            try:
                with book.change("payment.match", str(one.id), desk.why):
                    done = _by_word(book, matcher, one, answer.strip())
            except CollectError as error:
                desk.screen.error(error.message, error.hint)
            else:
                desk.show(view.decided([done], dry_run=desk.dry_run))
