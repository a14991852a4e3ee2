"""What comes due on accounts besides money: the next step of the ladder, and the last days that the law sets."""

from collections.abc import Collection

from collect.book import Book
from collect.queue import Signal
from collect.store.postings import AsOf

_PRESETS = frozenset(("in-ni138", "in-limitation"))
_OURS = {"send the notice of dishonour": "notice must go out by", "file the complaint": "complaint must be filed by"}
"""The clocks of a cheque that wait for us, and what to say of each; the others wait for the debtor."""


def stages(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> list[Signal]:
    """Accounts that may move up the ladder today, of all or of these; "first stage" are those at its foot."""
    from collect import escalation
    from collect.store import stages as ladder

    steps = escalation.ladder(book.setting("stages.ladder"))
    found = {one.account_id: one for one in ladder.facts(book, as_of, accounts)}
    signals = []
    for account, one in escalation.due(steps, found.values(), as_of.day).items():
        if escalation.current(found[account]):
            signals.append(Signal(account, "stage", 1, f"{one.step.name}: {one.because}"))
        else:
            signals.append(Signal(account, "first stage", 1, f"{one.step.name}: first stage is due, {one.because}"))
    return signals


def climbing(book: Book, as_of: AsOf) -> list[Signal]:
    """Accounts that were moved on the ladder before and may move up again today."""
    if book.execute("SELECT 1 FROM stage_move LIMIT 1").fetchone() is None:
        return []
    from collect.store import stages as ladder

    return [one for one in stages(book, as_of, ladder.on_ladder(book, as_of)) if one.term == "stage"]


def clocks(book: Book, as_of: AsOf) -> list[Signal]:
    """Legal clocks that run and wait for us, under the rules the book has chosen; the first to end first."""
    if not _PRESETS.intersection(book.setting("book.policy").replace(",", " ").split()):
        return []
    from collect.store import clocks as kept

    found = []
    for account_id, what, clock in kept.all_of(book, as_of):
        ours = f"{_OURS[clock.text]} {clock.due_on}, cheque of {what}" if clock.text in _OURS else ""
        text = ours or (f"last day to sue for {what} is {clock.due_on}" if clock.text.startswith("last day") else "")
        if text and clock.state == "running" and clock.from_on <= as_of.day:
            found.append((clock.due_on, Signal(account_id, "clock", 1, text)))
    return [signal for _, signal in sorted(found)]
