"""Disputes as a sheet, and what was done to them in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from collect import disputes
from collect.dates import days_overdue
from collect.disputes import Dispute, End
from collect.money import Money
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet

_COLUMNS = (
    Column("dispute", "No", "int"),
    Column("account", "Account"),
    Column("name", "Name", rank=2),
    Column("items", "Items", "list"),
    Column("numbers", "What", rank=1),
    Column("currency", "Cur", rank=5),
    Column("amount", "Disputed", "money"),
    Column("standing", "Still open", "money", rank=3),
    Column("reason", "Reason"),
    Column("owner", "Owner", rank=4),
    Column("opened_on", "Since", "date", rank=6),
    Column("promised_on", "Answer by", "date"),
    Column("state", "State"),
    Column("days_late", "Days late", "int", rank=7),
    Column("credited", "Credited", "money", rank=8),
    Column("documents", "Documents", "list"),
    Column("note", "Note", machine=True),
    Column("reopens", "Reopens", "int", machine=True),
)


def listing(
    rows: Sequence[tuple[Account, Dispute, int]], numbers: Mapping[int, str], day: date, title: str = "Disputes"
) -> Sheet:
    """One row per dispute; with each what is still open of it, and document numbers by item id."""
    cells = []
    for account, one, standing in rows:
        state = disputes.state(one, day)
        named = list(dict.fromkeys(numbers[part.item_id] for part in one.parts))
        late = days_overdue(one.promised_on, day) if state == "late" and one.promised_on else None
        over = one.end if one.end is not None and state == one.end.outcome else None
        cells.append((
            one.id, account.number, account.name, named, ", ".join(named) or "all that is open", one.currency,
            one.amount_minor or None, 0 if over else standing, one.reason, one.owner, one.opened_on, one.promised_on,
            state, late, over.credited_minor if over else None, list(one.documents), one.note, one.reopens_id,
        ))  # fmt: skip
    totals: dict[str, dict[str, str | int]] = {}
    for _, one, standing in rows:
        total = totals.setdefault(one.currency, {"currency": one.currency, "standing": 0})
        if disputes.state(one, day) in {"open", "late"}:
            total["standing"] = int(total["standing"]) + standing
    return Sheet("dispute list", f"{title} on {day}", _COLUMNS, cells, totals=list(totals.values()))


def opened(account: Account, one: Dispute, numbers: Sequence[str], *, dry_run: bool) -> Done:
    """What was disputed."""
    what = f"{Money(one.amount_minor, one.currency)} of {', '.join(numbers)}" if one.parts else "all that is open"
    by = f", answer by {one.promised_on}" if one.promised_on else ""
    owner = f", looked into by {one.owner}" if one.owner else ""
    line = f"dispute {one.id} on {account.number} {account.name}: {what}, {disputes.REASONS[one.reason]}{owner}{by}"
    facts = (
        Fact("dispute", "Dispute", one.id, "int"),
        Fact("account", "Account", account.number),
        Fact("items", "Items", list(numbers), "list"),
        Fact("currency", "Currency", one.currency),
        Fact("amount", "Disputed", one.amount_minor if one.parts else None, "money", one.currency),
        Fact("reason", "Reason", one.reason),
        Fact("owner", "Owner", one.owner),
        Fact("promised_on", "Answer by", one.promised_on, "date"),
        Fact("reopens", "Reopens", one.reopens_id, "int"),
    )
    return Done("dispute open", [line], facts, dry_run)


def resolved(
    account: Account, one: Dispute, how: End, lines: Sequence[tuple[str, int]], standing: int, *, dry_run: bool
) -> Done:
    """How it ended: the credit note by item, what is owed again, and what was not open any more to be credited."""
    rest = standing - how.credited_minor
    gone = one.amount_minor - standing if how.outcome == "upheld" and one.parts else 0
    said = [f"dispute {one.id} on {account.number} {account.name} is {how.outcome}: {how.note}"]
    said += [f"  credited on {number}: {Money(amount, one.currency)}" for number, amount in lines]
    if rest:
        said.append(f"  owed again: {Money(rest, one.currency)}")
    if gone:
        said.append(f"  not open any more, so not credited: {Money(gone, one.currency)} (see 'collect item credit')")
    facts = (
        Fact("dispute", "Dispute", one.id, "int"),
        Fact("account", "Account", account.number),
        Fact("outcome", "Outcome", how.outcome),
        Fact("currency", "Currency", one.currency),
        Fact("credited", "Credited", how.credited_minor, "money", one.currency),
        Fact("owed", "Owed again", rest, "money", one.currency),
        Fact("not_credited", "Not open any more", gone, "money", one.currency),
        Fact("ended_on", "Ended", how.ended_on, "date"),
    )
    return Done("dispute resolve", said, facts, dry_run)
