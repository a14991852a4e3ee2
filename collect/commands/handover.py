"""`collect stage hand-over`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from collect import disputes as states
from collect import options
from collect.book import Book
from collect.commands import common, contact
from collect.desk import Desk
from collect.records import Account
from collect.store import accounts, contacts, disputes, handover, items, planned, promises, receipts, stages
from collect.store.contacts import Wanted
from collect.store.postings import AsOf
from collect.views import contact as contact_view
from collect.views import disputes as dispute_view
from collect.views import handover as view
from collect.views import item as item_view
from collect.views import plans as plan_view
from collect.views import policy as policy_view
from collect.views import promise as promise_view
from collect.views import receipts as receipt_view
from collect.views import stages as stage_view
from collect.views.sheet import Sheet

_NOTICES = frozenset(("letter", "email"))
"""Channels by which notices go."""


@options.page
def hand_over(
    ctx: typer.Context,
    account: options.Account,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
) -> None:
    """Write all that is known of an account into a folder, for whoever takes it over, such as a lawyer.

    In it are the statement as of today with its proof, open items, receipts, the record of contacts, notices,
    promises, plans, disputes, moves on the ladder and verdicts of the conduct rules, each as csv and json, and
    contents.txt with the SHA-256 of each file. All of it is there or nothing; only you can read it. Nothing in the
    book changes. Exits 1 where the statement's proof fails.

    Example: collect stage hand-over C-104 ./C-104-legal
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account)
        sheets = _sheets(book, holder, common.as_of(desk))
    from collect.files import folder_out

    title = f"{holder.number} {holder.name}: handed over on {book.today}"
    hashes = folder_out.write(folder, sheets, title, book.today)
    desk.show(view.done(holder, str(folder), hashes))
    if not all(one["ok"] for one in (sheets["statement"].proof or {}).values()):
        raise typer.Exit(1)


def _sheets(book: Book, holder: Account, as_of: AsOf) -> Mapping[str, Sheet]:
    """Every part of the folder by its name."""
    moved, open_minor = handover.movements(book, holder, as_of), handover.balances(book, holder, as_of)
    logged = contacts.listed(book, Wanted(holder.id))
    notices = [one for one in logged if one.contact.channel in _NOTICES and one.contact.direction == "out"]
    stands = promises.standings(book, [holder.id], as_of.day)
    plans = [(one.number, holder, one.standing) for one in planned.of(book, holder.id, as_of.day)]
    verdicts = [
        (holder, one.contact, one.agent, breach, f"{one.preset} {one.preset_version}")
        for one in logged
        for breach in one.breaches
    ]
    received = receipts.listed(book, holder, None, as_of.day)
    return {
        "statement": view.statement(holder, moved, open_minor, as_of.day),
        "items": item_view.listing([(holder, one) for one in items.open_of(book, holder, as_of)], as_of.day),
        "receipts": receipt_view.listing([(holder, one) for one in received]),
        "contacts": contact_view.listing([(holder, contact.row(one)) for one in logged]),
        "notices": contact_view.listing([(holder, contact.row(one)) for one in notices], "Notices"),
        "promises": promise_view.listing([(holder, (one.currency, one.standing, one.agent)) for one in stands]),
        "plans": plan_view.listing(plans, "Plans"),
        "disputes": _disputes(book, holder, as_of),
        "stages": stage_view.history(holder, stages.moves(book, as_of, holder)),
        "verdicts": policy_view.breaches(verdicts),
    }


def _disputes(book: Book, holder: Account, as_of: AsOf) -> Sheet:
    found = disputes.all_of(book, as_of, holder)
    rows = []
    for one in found:
        open_minor = disputes.open_of(book, holder.id, one.currency, as_of)
        rows.append((holder, one, sum(part.amount_minor for part in states.standing(one, open_minor))))
    return dispute_view.listing(rows, disputes.numbers(book, found), as_of.day)
