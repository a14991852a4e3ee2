"""`collect stage list|move`."""

from typing import Annotated

import typer

from collect import escalation, options
from collect.commands import common, plandraft
from collect.desk import Desk
from collect.errors import Refused, WrongUsage
from collect.escalation import Move
from collect.store import accounts, stages
from collect.views import stages as view


@options.report
def list_(
    ctx: typer.Context,
    account: Annotated[
        str | None,
        typer.Argument(metavar="[ACCOUNT]", help="Every move of this account.", autocompletion=options.account_numbers),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only accounts that may move today.")] = False,
    stage: Annotated[str | None, typer.Option(metavar="NAME", help="Only accounts at this stage.")] = None,
    as_of: options.AsOf = None,
) -> None:
    """List where overdue accounts stand on the ladder, and which step is due; or the moves of one account.

    The ladder is the setting stages.ladder. Only the step above is proposed, so running it again changes nothing.

    Examples: collect stage list --due; collect stage list C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    steps = escalation.ladder(book.setting("stages.ladder"))
    with book.reading():
        when = common.as_of(desk, as_of)
        holder = accounts.named(book, account) if account else None
        moves = stages.moves(book, when, [holder.id]) if holder else []
        found = [] if holder else stages.facts(book, when)
        holders = accounts.all_by_id(book, {one.account_id for one in found})
    if holder:
        desk.show(view.history(holder, moves))
        return
    known = {step.name for step in steps} | {_at(one) for one in found}
    if stage is not None and stage.lower() not in known:
        raise WrongUsage(f"no such stage: {stage}", f"use one of: {', '.join(step.name for step in steps)}")
    proposals = escalation.due(steps, found, when.day)
    lost = [holders[one.account_id].number for one in found if _at(one) not in {"", *(step.name for step in steps)}]
    rows = [(holders[one.account_id], one, proposals.get(one.account_id)) for one in found]
    rows = [row for row in rows if (row[2] or not due) and (stage is None or _at(row[1]) == stage.lower())]
    desk.show(view.listing(rows, when.day, lost))


@options.writes
def move(
    ctx: typer.Context,
    account: options.Account,
    to: Annotated[str, typer.Option("--to", metavar="STAGE", help="The stage.", show_default="the one above")] = "",
    approved_by: Annotated[str, typer.Option(metavar="NAME", help="Who approved it, where it needs that.")] = "",
) -> None:
    """Move an account one step up the ladder, or down to any; --why is required.

    A step is neither skipped nor repeated. Legal steps need the approval of somebody else: of one with a role above
    yours where the settings settlement.roles and settlement.limits name any. Moving before the ladder proposes it is
    yours to answer for, and is said so.

    Example: collect stage move C-104 --why "no answer to three calls"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not desk.why:
        raise WrongUsage("a move to another stage needs its reason", 'add --why "..."')
    steps = escalation.ladder(book.setting("stages.ladder"))
    holder = common.account_to_change(book, account)
    with book.change("stage.move", holder.number, desk.why):
        found = stages.facts(book, common.as_of(desk), [holder.id])
        if not found:
            raise Refused(f"nothing is overdue: {holder.number}", f"see 'collect show {holder.number}'")
        step, against = escalation.move(steps, found[0], to, book.today)
        who = plandraft.staff(book, book.currency)
        escalation.check_approval(step, who.person(book.agent), who.person(approved_by), who)
        stages.check_newest(book, holder)
        one = Move(holder.id, step.name, book.today, desk.why, approved_by, book.agent)
        stages.add(book, one)
    desk.show(view.moved(holder, step, one, against, dry_run=desk.dry_run))


def _at(facts: escalation.Facts) -> str:
    stands = escalation.current(facts)
    return stands.stage if stands else ""
