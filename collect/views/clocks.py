"""Legal clocks, interest for late payment and classes of loans as sheets."""

from collections.abc import Sequence
from datetime import date

from collect.clocks import Clock, Standing
from collect.interest import Charge, Debt, last_rate_on
from collect.presets import Rule
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
_INTEREST = (
    Column("account", "Account"),
    Column("name", "Name", rank=3),
    Column("item", "Item"),
    Column("due_on", "Due", "date", rank=6),
    Column("currency", "Cur"),
    Column("debt", "Late debt", "money", rank=4),
    Column("open", "Open", "money", rank=5),
    Column("text", "What", rank=1),
    Column("from_on", "From", "date", rank=2),
    Column("to_on", "To", "date", rank=2),
    Column("days", "Days", "int"),
    Column("amount", "Amount", "money"),
    Column("rule", "Rule", rank=7),
    Column("citation", "Citation", rank=9),
    Column("basis", "Basis", rank=8),
)
_CLASSES = (
    Column("account", "Account"),
    Column("name", "Name", rank=3),
    Column("party", "Borrower", rank=5),
    Column("class", "Class"),
    Column("days", "Day", "int"),
    Column("because", "Because", rank=2),
    Column("next", "Next"),
    Column("next_on", "On", "date"),
    Column("rule", "Rule", rank=6),
    Column("citation", "Citation", rank=8),
    Column("basis", "Basis", rank=7),
)
_ADVICE = " from facts, not legal advice"
_BASIS = "basis: T read in the statute, O official commentary, S a secondary source, M from memory, P own policy"


def listing(rows: Sequence[tuple[Account, str, Clock]], day: date, left_out: int = 0) -> Sheet:
    """One row per clock, the first to end first."""
    ordered = sorted(rows, key=lambda row: (row[2].due_on, row[0].number, row[1], row[2].from_on))
    cells = [
        (
            account.number, account.name, item, clock.text, clock.from_on, clock.due_on, (clock.due_on - day).days,
            clock.state, clock.rule, clock.citation, clock.basis,
        )
        for account, item, clock in ordered
    ]  # fmt: skip
    notes = list(dict.fromkeys(cited(one.rule, one.citation, one.basis) for _, _, one in ordered))
    notes += [*_guessed(left_out), "dates" + _ADVICE, _BASIS]
    return Sheet("report clocks", f"Legal clocks on {day}", _COLUMNS, cells, notes=notes)


def cited(rule: str, citation: str, basis: str) -> str:
    """A rule in a note: a narrow screen has no room for the columns that say it."""
    return f"{rule}: {citation} (basis {basis})"


def interest(rows: Sequence[tuple[Account, Debt, Charge]], rules: Sequence[Rule], left_out: int, day: date) -> Sheet:
    """One row per debt and rule, the oldest debt first; totals leave out what could not be reckoned."""
    ordered = sorted(rows, key=lambda row: (row[1].due_on, row[0].number, row[1].number))
    totals: dict[str, dict[str, str | int]] = {}
    for _, debt, one in ordered:
        total = totals.setdefault(debt.currency, {"currency": debt.currency, "amount": 0})
        total["amount"] = int(total["amount"]) + (one.amount_minor or 0)
    cells = [
        (
            account.number, account.name, debt.number, debt.due_on, debt.currency, one.debt_minor,
            debt.open_minor(day), one.text, one.from_on, one.to_on, one.days, one.amount_minor, one.rule,
            one.citation, one.basis,
        )
        for account, debt, one in ordered
    ]  # fmt: skip
    notes = [f"{cited(rule.id, rule.citation, rule.basis)}{_rates(rule)}" for rule in rules]
    notes += [
        *_guessed(left_out),
        "years of 365 days; rounded once, half up; only between businesses",
        "sums" + _ADVICE,
        _BASIS,
    ]
    title = f"Interest for late payment to {day}"
    return Sheet("report interest", title, _INTEREST, cells, totals=list(totals.values()), notes=notes)


def _rates(rule: Rule) -> str:
    """Up to when its rates are known, and a warning where nobody looked them up."""
    if "rates" not in rule.terms:
        return ""
    known = f"; the newest rate known is that from {last_rate_on(rule)}"
    unsure = "; its rates are from memory: compare them with the central bank's before you claim"
    return known + (unsure if rule.terms.get("rates_basis") == "M" else "")


def classes(rows: Sequence[tuple[Account, Standing]], rule: Rule, day: date, left_out: int) -> Sheet:
    """One row per loan, the longest in arrears first."""
    ordered = sorted(rows, key=lambda row: (-row[1].days, row[0].number))
    cells = [
        (
            account.number, account.name, account.party or None, one.name, one.days, one.because,
            one.next_name or None, one.next_on, rule.id, rule.citation, rule.basis,
        )
        for account, one in ordered
    ]  # fmt: skip
    told = cited(rule.id, rule.citation, rule.basis)
    notes = (told, "at day-end; the unpaid due date is day 1", *_guessed(left_out), "classes" + _ADVICE, _BASIS)
    return Sheet("report classes", f"Classes of loans on {day}", _CLASSES, cells, notes=notes)


def _guessed(left_out: int) -> list[str]:
    return [f"items left out, their due day is known only by a bucket: {left_out}"] if left_out else []
