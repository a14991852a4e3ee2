"""Stages as a sheet, and a move in words."""

from collections.abc import Sequence
from datetime import date

from collect import escalation
from collect.dates import days_overdue
from collect.escalation import Facts, Move, Proposal, Step
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet

_COLUMNS = (
    Column("account", "Account"),
    Column("name", "Name", rank=2),
    Column("agent", "Agent", rank=5),
    Column("currency", "Cur", rank=6),
    Column("overdue", "Overdue", "money"),
    Column("days_overdue", "Days", "int"),
    Column("stage", "Stage"),
    Column("since", "Since", "date", rank=4),
    Column("next", "Move to"),
    Column("because", "Because", rank=3),
    Column("approval", "Needs approval", "flag", rank=7),
    Column("approved_by", "Approved by", machine=True),
    Column("reason", "Reason", machine=True),
)
_HISTORY = (
    Column("moved_on", "Moved", "date"),
    Column("stage", "Stage"),
    Column("agent", "By"),
    Column("approved_by", "Approved by"),
    Column("reason", "Why"),
)


def listing(rows: Sequence[tuple[Account, Facts, Proposal | None]], day: date, lost: Sequence[str]) -> Sheet:
    """One row per account and currency with something overdue; those that may move come first.

    `lost` are numbers of accounts at a stage that is on the ladder no more: nothing is proposed for them.
    """
    cells = []
    ordered = sorted(rows, key=lambda row: (row[2] is None, row[1].oldest_due_on, row[0].number))
    for account, facts, proposal in ordered:
        stands = escalation.current(facts)
        for currency, overdue in facts.overdue.items():
            cells.append((
                account.number, account.name, account.agent, currency, overdue,
                days_overdue(facts.oldest_due_on, day), stands.stage if stands else None,
                stands.moved_on if stands else None, proposal.step.name if proposal else None,
                proposal.because if proposal else None, proposal.step.approval if proposal else None,
                stands.approved_by if stands else None, stands.reason if stands else None,
            ))  # fmt: skip
    notes = ["overdue leaves out what is disputed"]
    if lost:
        few = ", ".join(lost[:5]) + (" ..." if len(lost) > 5 else "")
        notes.append(f"at a stage that is on the ladder no more, name one with 'collect stage move --to': {few}")
    return Sheet("stage list", f"Stages on {day}", _COLUMNS, cells, notes=notes, params={"as_of": day.isoformat()})


def history(account: Account, moves: Sequence[Move]) -> Sheet:
    """Every move of one account, the oldest first."""
    rows = [(one.moved_on, one.stage, one.agent, one.approved_by, one.reason) for one in moves]
    return Sheet("stage list", f"Stages of {account.number} {account.name}", _HISTORY, rows)


def moved(account: Account, step: Step, move: Move, against: str, *, dry_run: bool) -> Done:
    """Where an account was moved; and what the ladder has against it, if anything."""
    said = [f"moved {account.number} {account.name} to {step.name}: {move.reason}"]
    said += [f"  approved by {move.approved_by}"] if move.approved_by else []
    said += [f"  before its time: {against}"] if against else []
    facts = (
        Fact("account", "Account", account.number),
        Fact("stage", "Stage", step.name),
        Fact("moved_on", "Moved", move.moved_on, "date"),
        Fact("approved_by", "Approved by", move.approved_by),
        Fact("early", "Before its time", against),
        Fact("reason", "Why", move.reason),
    )
    return Done("stage move", said, facts, dry_run)
