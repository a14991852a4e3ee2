"""What comes due on accounts besides money: the next step of the ladder, and the last days that the law sets."""

from collect.book import Book
from collect.queue import Signal
from collect.store.postings import AsOf

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
    from collect.store import clocks as kept

    found = []
    for account_id, what, clock in kept.all_of(book, as_of):
        ours = f"{_OURS[clock.text]} {clock.due_on}, cheque of {what}" if clock.text in _OURS else ""
        text = ours or (f"last day to sue for {what} is {clock.due_on}" if clock.text.startswith("last day") else "")
        if text and clock.state == "running" and clock.from_on <= as_of.day:
            found.append((clock.due_on, Signal(account_id, "clock", 1, text)))
    return [signal for _, signal in sorted(found)]
