"""`collect person list|add`: people with a role on an account."""

from typing import Annotated

import typer

from collect import config, contacts, options
from collect.choices import one_of
from collect.commands import common
from collect.desk import Desk
from collect.store import accounts, people
from collect.store.people import Person
from collect.views import reach as view


@options.report
def list_(ctx: typer.Context, account: options.Account) -> None:
    """List the people around an account, with their roles.

    Example: collect person list C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account)
        found = people.of(book, holder.id)
    desk.show(view.people([(holder, (one.name, one.role, one.zone, one.language)) for one in found]))


@options.writes
def add(
    ctx: typer.Context,
    account: options.Account,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name.")],
    role: Annotated[
        str,
        typer.Argument(
            metavar="ROLE",
            help=f"One of {', '.join(contacts.ROLES[1:])}.",
            autocompletion=options.completing(contacts.ROLES[1:]),
        ),
    ],
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE[,ZONE]", help="Time zones they may be in.", show_default="the account's")
    ] = None,
    language: Annotated[str, typer.Option(metavar="NAME", help="Language to speak.")] = "",
) -> None:
    """Add somebody with a role on an account: a guarantor, co-borrower, spouse, attorney.

    Example: collect person add C-104 "Ravi Mehta" guarantor
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    zones = ",".join(config.zone_name(one.strip()) for one in zone.split(",")) if zone else ""
    person = Person(0, holder.id, name.strip(), one_of(role, "role", contacts.ROLES[1:]), zones, language)
    with book.change("person.add", holder.number, desk.why):
        people.add(book, person)
    desk.show(view.person_added(holder, person.name, person.role, dry_run=desk.dry_run))
