"""What comes due on accounts besides money: the next step of the ladder, and the last days that the law sets."""

from collect import dates
from collect.book import Book
from collect.queue import Signal
from collect.store.postings import AsOf

AHEAD_MONTHS = 3
"""Limitation calls for work from so many months before its end."""
_PRESETS = frozenset(("in-ni138", "in-limitation"))
_OURS = {"send the notice of dishonour": "notice must go out by", "file the complaint": "complaint must be filed by"}
"""The clocks of a cheque that wait for us, and what to say of each; the others wait for the debtor."""


def stages(book: Book, as_of: AsOf) -> list[Signal]:
    """Accounts that were moved on the ladder and may move up again today; one look-up where nobody was."""
    if book.execute("SELECT 1 FROM stage_move LIMIT 1").fetchone() is None:
        return []
    from collect import escalation
    from collect.store import stages as ladder

    steps = escalation.ladder(book.setting("stages.ladder"))
    moved = [one for one in ladder.facts(book, as_of) if one.last is not None]
    return [
        Signal(account, "stage", 1, f"{one.step.name}: {one.because}")
        for account, one in escalation.due(steps, moved, as_of.day).items()
    ]


def clocks(book: Book, as_of: AsOf) -> list[Signal]:
    """Legal clocks that run and wait for us, under the rules the book has chosen; the first to end first."""
    if not _PRESETS.intersection(book.setting("book.policy").replace(",", " ").split()):
        return []
    from collect import clocks as legal
    from collect.presets import rules_in_force
    from collect.store import clocks as facts
    from collect.store import gate

    chosen = gate.of(book)
    rules = {rule.kind: rule for rule in rules_in_force(chosen.presets, as_of.day, chosen.scope)}
    found = []
    if cheque := rules.get("cheque"):
        for one in facts.returned(book, as_of):
            for clock in legal.cheque(cheque, one.bounce, as_of.day):
                if clock.state == "running" and clock.from_on <= as_of.day and clock.text in _OURS:
                    text = f"{_OURS[clock.text]} {clock.due_on}, cheque of {one.number}"
                    found.append((clock.due_on, Signal(one.account_id, "clock", 1, text)))
    if limitation := rules.get("limitation"):
        last = dates.add_months(as_of.day, AHEAD_MONTHS)
        by = dates.add_months(as_of.day, AHEAD_MONTHS - int(limitation.terms["months"]))
        for debt in facts.old_debts(book, as_of, by):
            clock = legal.limitation(limitation, debt.due_on, debt.restarts, as_of.day)
            if clock.state == "running" and clock.due_on <= last:
                text = f"last day to sue for {debt.number} is {clock.due_on}"
                found.append((clock.due_on, Signal(debt.account_id, "clock", 1, text)))
    return [signal for _, signal in sorted(found)]
