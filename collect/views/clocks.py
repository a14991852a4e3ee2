"""Legal clocks as a sheet."""

from collections.abc import Sequence
from datetime import date

from collect.clocks import Clock
from collect.records import Account
from collect.views.sheet import Column, Sheet

_COLUMNS = (
    Column("account", "Account"),
    Column("name", "Name", rank=3),
    Column("item", "Receipt or item", rank=2),
    Column("text", "What"),
    Column("from_on", "From", "date", rank=6),
    Column("due_on", "Last day", "date"),
    Column("days_left", "Days left", "int", rank=1),
    Column("state", "State", rank=4),
    Column("rule", "Rule", rank=5),
    Column("citation", "Citation", rank=8),
    Column("basis", "Basis", rank=7),
)


def listing(rows: Sequence[tuple[Account, str, Clock]], day: date) -> Sheet:
    """One row per clock, the first to end first."""
    ordered = sorted(rows, key=lambda row: (row[2].due_on, row[0].number, row[1], row[2].from_on))
    cells = [
        (
            account.number, account.name, item, clock.text, clock.from_on, clock.due_on, (clock.due_on - day).days,
            clock.state, clock.rule, clock.citation, clock.basis,
        )
        for account, item, clock in ordered
    ]  # fmt: skip
    notes = (
        "dates from facts, not legal advice",
        "basis: T read in the statute, O official commentary, S a secondary source, M from memory",
    )
    return Sheet("report clocks", f"Legal clocks on {day}", _COLUMNS, cells, notes=notes)
