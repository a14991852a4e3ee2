"""`collect stage hand-over`."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from collect import interest as late
from collect import options, receipts
from collect.book import Book
from collect.commands import common, contact
from collect.commands.clock import charged
from collect.desk import Desk
from collect.records import Account
from collect.store import changes, clocks, contacts, disputes, handover, holds, planned, promises, stages
from collect.store.contacts import Wanted
from collect.store.postings import AsOf
from collect.views import account as account_view
from collect.views import clocks as clock_view
from collect.views import contact as contact_view
from collect.views import disputes as dispute_view
from collect.views import handover as view
from collect.views import item as item_view
from collect.views import plans as plan_view
from collect.views import promise as promise_view
from collect.views import receipts as receipt_view
from collect.views import stages as stage_view
from collect.views.sheet import Sheet

_NOTICES = frozenset(("letter", "email"))
"""Channels by which notices go."""


@options.writes
def hand_over(
    ctx: typer.Context,
    account: options.Account,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
) -> None:
    """Write all that is known of an account into a folder, for whoever takes it over, such as a lawyer.

    In it are the statement as of today with its proof, items, receipts, credits, the record of contacts with the
    verdict of the conduct rules on each, notices, promises, plans, disputes, moves on the ladder, holds, events, legal
    clocks and interest, each as csv and json, and contents.txt with the SHA-256 of each file. All of it is there or
    nothing; only you can read it. The audit trail keeps who did it and the SHA-256 of contents.txt. With --today it
    shows an earlier day. Exits 1 where the statement's proof fails.

    Example: collect stage hand-over C-104 ./C-104-legal --why "suit to be filed"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    from collect.files import folder_out

    title = f"{holder.number} {holder.name}: handed over on {book.today}"
    with (
        folder_out.whole(folder, keep=not desk.dry_run) as beside,
        book.change("stage.hand-over", holder.number, desk.why),
    ):
        sheets = _sheets(book, holder, common.as_of(desk))
        hashes = folder_out.fill(beside, sheets, title, book.today)
        changes.note(book, "contents.txt", "", hashes[folder_out.CONTENTS])
    desk.show(view.done(holder, str(folder), hashes, dry_run=desk.dry_run))
    if not all(one["ok"] for one in (sheets["statement"].proof or {}).values()):
        raise typer.Exit(1)


def _sheets(book: Book, holder: Account, as_of: AsOf) -> Mapping[str, Sheet]:
    """Every part of the folder by its name."""
    day, until = as_of.day, datetime.combine(as_of.day + timedelta(days=1), time(0), tzinfo=book.zone)
    moved, open_minor = handover.movements(book, holder, as_of), handover.balances(book, holder, as_of)
    logged = contacts.listed(book, Wanted(holder.id, until=until))
    notices = [one for one in logged if one.contact.channel in _NOTICES and one.contact.direction == "out"]
    stands = promises.standings(book, [holder.id], day)
    plans = [(one.number, holder, one.standing) for one in planned.of(book, holder.id, day)]
    given, taken = handover.credits_of(book, holder, as_of)
    running = [(holder, one.what, one.clock) for one in clocks.all_of(book, as_of, holder)]
    return {
        "statement": view.statement(holder, moved, open_minor, day),
        "items": item_view.listing([(holder, one) for one in handover.items_of(book, holder, as_of)], day, "Items"),
        "receipts": receipt_view.listing([(holder, receipts.as_of(one, day, left)) for one, left in taken]),
        "credits": account_view.credit_list(given, "Credits"),
        "contacts": contact_view.listing([(holder, contact.row(one)) for one in logged]),
        "verdicts": view.verdicts([contact.row(one) for one in logged]),
        "notices": contact_view.listing([(holder, contact.row(one)) for one in notices], "Notices"),
        "promises": promise_view.listing([(holder, (one.currency, one.standing, one.agent)) for one in stands]),
        "plans": plan_view.listing(plans, "Plans"),
        "disputes": _disputes(book, holder, as_of),
        "stages": stage_view.history(holder, stages.moves(book, as_of, [holder.id])),
        "holds": view.holds(holds.of(book, [holder.id]), until),
        "events": view.events(handover.events_of(book, holder, as_of)),
        "clocks": clock_view.listing(running, day),
        "interest": _interest(book, holder, as_of),
    }


def _disputes(book: Book, holder: Account, as_of: AsOf) -> Sheet:
    found = disputes.all_of(book, as_of, holder)
    stands = disputes.standings(book, as_of, found)
    rows = [(holder, one, sum(part.amount_minor for part in stands.get(one.id, ()))) for one in found]
    return dispute_view.listing(rows, disputes.numbers(book, found), as_of.day)


def _interest(book: Book, holder: Account, as_of: AsOf) -> Sheet:
    rules = clocks.with_rates(book, as_of, *late.RECKONED)
    rows = charged(book, as_of, rules, holder, everything=True)
    return clock_view.interest([(holder, debt, one) for debt, one in rows], rules, 0, as_of.day)
