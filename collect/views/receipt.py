"""A receipt as text: what the payer is handed, and what every copy says again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from collect.money import Money
from collect.receipts import Receipt
from collect.records import Account

_LABEL = 18


class Applied(NamedTuple):
    """What a receipt took off one item: all of it, and what then stayed open (None: not said any more)."""

    number: str
    due_on: date
    amount_minor: int
    left_minor: int | None = None


def text(
    receipt: Receipt, account: Account, applied: Iterable[Applied], *, office: str = "", copy: bool = False
) -> list[str]:
    """The lines of a receipt; a copy and a receipt that was taken back say so."""
    return list(_lines(receipt, account, tuple(applied), office, copy=copy))


def _lines(receipt: Receipt, account: Account, applied: Sequence[Applied], office: str, *, copy: bool) -> Iterator[str]:
    def money(minor: int) -> Money:
        return Money(minor, receipt.currency)

    if office:
        yield office
    yield f"RECEIPT {receipt.number}{' (COPY)' if copy else ''}"
    if receipt.reversed_on:
        yield f"REVERSED on {receipt.reversed_on}: {receipt.reversed_for}"
    yield _labelled("Date", receipt.received_on)
    yield _labelled("Received from", f"{account.name} ({account.number})")
    if receipt.payer:
        yield _labelled("Paid by", receipt.payer)
    yield _labelled("By", f"{receipt.mode}, reference {receipt.reference}" if receipt.reference else receipt.mode)
    yield _labelled("Amount", money(receipt.amount_minor))
    for line in receipt.lines[1:]:
        said = f" ({line.reason})" if line.reason.casefold() != line.kind else ""
        yield _labelled(
            line.kind.upper() if line.kind == "tds" else line.kind.capitalize(), f"{money(line.amount_minor)}{said}"
        )
    if len(receipt.lines) > 1:
        yield _labelled("Total", money(sum(line.amount_minor for line in receipt.lines)))
    label = "Applied to"
    for one in applied:
        left = "" if one.left_minor is None else f", leaves {money(one.left_minor)}"
        yield _labelled(label, f"{one.number} due {one.due_on}: {money(one.amount_minor)}{left}")
        label = ""
    if receipt.open_minor and not receipt.reversed_on:
        yield _labelled("Unapplied", money(-receipt.open_minor))
    if receipt.agent:
        yield _labelled("Received by", receipt.agent)


def _labelled(label: str, value: object) -> str:
    return f"{label:<{_LABEL}}{value}"
