"""Payments: what is proposed, and what was done, in words and for machines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from collect import money
from collect.money import Money
from collect.receipts import Line, Place, Proposal, Receipt
from collect.records import Account
from collect.views import receipt as paper
from collect.views.sheet import Done, Fact


def proposed(account: Account, proposal: Proposal) -> list[str]:
    """Where a payment would go, in words, before anything is written."""
    asked = proposal.asked
    amount = Money(asked.amount_minor, asked.currency)
    said = [f"{amount} from {account.number} {account.name}, {asked.mode}, {asked.received_on}"]
    said += [
        f"  {line.kind}: {Money(line.amount_minor, asked.currency)} ({line.reason})" for line in proposal.lines[1:]
    ]
    for one in allocations(proposal):
        amount, left = Money(one.amount_minor, asked.currency), Money(one.left_minor or 0, asked.currency)
        said.append(f"  {one.number} due {one.due_on}: {amount}, leaves {left}")
    if proposal.unapplied_minor:
        said.append(f"  unapplied: {Money(proposal.unapplied_minor, asked.currency)}")
    return said


def allocations(proposal: Proposal) -> list[paper.Applied]:
    """What each item gets and what it is left with."""
    return [
        paper.Applied(part.item.number, part.item.due_on, part.amount_minor, part.left_minor) for part in proposal.parts
    ]


def taken(
    account: Account, receipt: Receipt, proposal: Proposal, warnings: Sequence[str], office: str, *, dry_run: bool
) -> Done:
    """The receipt of a payment just taken."""
    code = receipt.currency
    said = paper.text(receipt, account, allocations(proposal), office=office)
    facts = (
        Fact("receipt", "Receipt", receipt.number),
        Fact("account", "Account", account.number),
        Fact("currency", "Currency", code),
        Fact("amount", "Amount", receipt.amount_minor, "money", code),
        Fact("mode", "Mode", receipt.mode),
        Fact("reference", "Reference", receipt.reference),
        Fact("received_on", "Received", receipt.received_on, "date"),
        Fact("lines", "Lines", _lines(receipt.lines, code), "list"),
        Fact("allocations", "Allocations", _parts(proposal), "list"),
        Fact("unapplied", "Unapplied", proposal.unapplied_minor, "money", code),
        Fact("warnings", "Warnings", list(warnings), "list"),
    )
    return Done("pay", said, facts, dry_run)


def reversed_(
    account: Account,
    receipt: Receipt,
    places: Sequence[Place],
    why: tuple[str, date],
    charge_minor: int,
    *,
    dry_run: bool,
) -> Done:
    """What was taken back, which items that reopens, and what was charged for it."""
    code, (reason, on) = receipt.currency, why
    amount = Money(receipt.amount_minor, code)
    said = [f"reversed {receipt.number} of {account.number} {account.name}: {amount}, {reason}, {on}"]
    said += [f"  open again: {one.number} due {one.due_on}: {Money(one.amount_minor, code)}" for one in places]
    if charge_minor:
        said.append(f"  charged: {Money(charge_minor, code)}")
    facts = (
        Fact("receipt", "Receipt", receipt.number),
        Fact("account", "Account", account.number),
        Fact("reason", "Reason", reason),
        Fact("reversed_on", "Effective", on, "date"),
        Fact("currency", "Currency", code),
        Fact("amount", "Amount", receipt.amount_minor, "money", code),
        Fact("reopened", "Reopened", [_place(one, code) for one in places], "list"),
        Fact("charge", "Charge", charge_minor, "money", code),
    )
    return Done("payment reverse", said, facts, dry_run)


def rearranged(
    account: Account, number: str, code: str, places: Sequence[Place], left_minor: int, *, dry_run: bool
) -> Done:
    """Where a receipt or credit note stands now."""
    said = [f"{number} of {account.number} {account.name} now stands on:"]
    said += [f"  {one.number} due {one.due_on}: {Money(one.amount_minor, code)}" for one in places]
    if left_minor or not places:
        said.append(f"  unapplied: {Money(left_minor, code)}")
    facts = (
        Fact("receipt", "Receipt", number),
        Fact("account", "Account", account.number),
        Fact("currency", "Currency", code),
        Fact("allocations", "Allocations", [_place(one, code) for one in places], "list"),
        Fact("unapplied", "Unapplied", left_minor, "money", code),
    )
    return Done("payment allocate", said, facts, dry_run)


def noted(report: str, word: str, found: Sequence[Receipt], on: date, reference: str, *, dry_run: bool) -> Done:
    """Receipts that were deposited, cleared, or have their certificate."""
    said = [f"{word} {one.number}: {Money(one.amount_minor, one.currency)} on {on}" for one in found]
    facts = (
        Fact("receipts", "Receipts", [one.number for one in found], "list"),
        Fact("on", "Day", on, "date"),
        Fact("reference", "Reference", reference),
    )
    return Done(report, said, facts, dry_run)


def printed(receipt: Receipt, account: Account, places: Sequence[Place], office: str) -> Done:
    """The receipt once more, marked as a copy."""
    applied = [paper.Applied(one.number, one.due_on, one.amount_minor) for one in places]
    said = paper.text(receipt, account, applied, office=office, copy=True)
    facts = (Fact("receipt", "Receipt", receipt.number), Fact("copy", "Copy", value=True, kind="flag"),
             Fact("text", "Text", "\n".join(said)))  # fmt: skip
    return Done("payment receipt", said, facts)


def _place(one: Place, code: str) -> Mapping[str, Any]:
    return {
        "number": one.number,
        "component": one.component,
        "due_on": one.due_on.isoformat(),
        "amount": money.plain(one.amount_minor, code),
    }


def _lines(lines: Sequence[Line], code: str) -> list[dict[str, Any]]:
    return [
        {"kind": line.kind, "amount": money.plain(line.amount_minor, code), "reason": line.reason} for line in lines
    ]


def _parts(proposal: Proposal) -> list[dict[str, Any]]:
    code = proposal.asked.currency
    return [
        {
            "number": part.item.number,
            "component": part.item.component,
            "due_on": part.item.due_on.isoformat(),
            "amount": money.plain(part.amount_minor, code),
            "money": money.plain(part.money_minor, code),
            "left_open": money.plain(part.left_minor, code),
        }
        for part in proposal.parts
    ]
