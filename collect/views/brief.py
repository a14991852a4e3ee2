"""The morning on one page: what came of yesterday, what is due today, and the top of the queue."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collect.morning import Task
from collect.records import Account
from collect.views.sheet import Column, Fact, Page, Sheet

_TASKS = (
    Column("kind", "What"),
    Column("account", "Account"),
    Column("name", "Name", rank=2),
    Column("agent", "Agent", rank=3),
    Column("currency", "Cur", rank=1),
    Column("amount", "Amount", "money", rank=1),
    Column("text", "To see to", wraps=True),
)
_MONEY = (Column("currency", "Cur"), Column("received", "Received", "money"), Column("receipts", "Receipts", "int"))


class Morning(NamedTuple):
    """What the page is made of: yesterday's result, the tasks that fit on it, how many there are, the queue."""

    title: str
    day_before: str
    money: Sequence[tuple[str, int, int]]
    contacts: int
    promises: int
    tasks: Sequence[Task]
    found: int
    queue: Sheet
    notes: Sequence[str]


def page(morning: Morning, holders: Mapping[int, Account]) -> Page:
    """Return the morning; every account named in a task is among `holders`."""
    rows = []
    for kind, account_id, text, agent, currency, amount, _ in morning.tasks:
        holder = holders.get(account_id)
        number, name = (holder.number, holder.name) if holder else (None, None)
        whose = agent or (holder.agent if holder else "")
        rows.append((kind, number, name, whose, currency or None, amount, text))
    facts = (
        Fact("yesterday", "Yesterday", morning.day_before, "date"),
        Fact("contacts", "Contacts", morning.contacts, "int"),
        Fact("promises", "Promises", morning.promises, "int"),
        Fact("tasks", "To see to", morning.found, "int"),
        Fact("accounts", "In the queue", len(list(morning.queue.rows)) + morning.queue.more, "int"),
    )
    sheets = {"received": Sheet("brief", "Received yesterday", _MONEY, list(morning.money))} if morning.money else {}
    if rows:
        sheets["to_do"] = Sheet("brief", "To see to", _TASKS, rows)
    sheets["queue"] = morning.queue._replace(more=0)
    return Page("brief", morning.title, facts, sheets, notes=morning.notes)
