"""Rows of a list that nobody owes: void and draft documents, offers and orders, what was bought, paid out or moved.

A payment is a customer's, and a credit, everywhere but in a day book: there money received is a receipt, and a payment
was made by us. One to somebody who was also billed is money returned to a customer.
"""

import re
from collections import Counter
from collections.abc import Sequence

from collect.errors import InputRefused
from collect.intake_rows import Source, texts

_VOID = re.compile(r"void(?:ed)?|cancel+ed|cancel|draft|deleted|reversed|rejected|not posted", re.IGNORECASE)
_OFFER = re.compile(
    r"(?:sales? |work |repeat )?(?:estimates?|quot(?:e|es|ation|ations))"
    r"|(?:sales?|purchase|job work(?: in| out)?|work|blanket) orders?|p\.?o\.?|s\.?o\.?"
    r"|pro[- ]?forma(?: invoices?)?|delivery (?:notes?|challans?)|receipt notes?|rejections? (?:in|out)"
    r"|stock journals?|physical stock|memorandum|memo vouchers?|reversing journals?|opportunity"
    r"|angebot|auftrag(?:sbestätigung)?|lieferschein|devis|bon de (?:commande|livraison)|presupuesto|pedido|albarán",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"purchase (?:bills?|invoices?|returns?|vouchers?)|bill payments?(?: \([^)]*\))?|vendor (?:credits?|bills?)"
    r"|supplier (?:credits?|invoices?|payments?)|payment[- ]out",
    re.IGNORECASE,
)
_BOOKED = re.compile(r"purchases?|contra", re.IGNORECASE)
_NOT_POSTED = frozenset(("no", "n", "false", "0", "0.0", "unposted", "not posted"))
_PAYMENT = re.compile(r"(?:bank |cash )?payments?(?: vouchers?)?", re.IGNORECASE)
_RECEIPT = re.compile(r"(?:bank |cash )?receipts?(?: vouchers?)?", re.IGNORECASE)
_SALE = re.compile(r"(?:gst |cash |credit |tax )?(?:sales?|invoices?)(?: invoices?| vouchers?)?", re.IGNORECASE)


def find(source: Source, items: Sequence[int], warnings: list[str]) -> dict[str, set[int]]:
    """The rows to leave out, by why: void, no debt. Words about the latter go to `warnings`.

    Raises InputRefused where a list holds nothing else than documents that are no debts.
    """
    status = texts(source, "status")
    void = {i for i, text in enumerate(status) if _VOID.fullmatch(text)} if status else set()
    left = [i for i in items if i not in void]
    kinds = texts(source, "doc_type")
    why = {**_by_kind(source, left, kinds), **_unposted(source, left, kinds)}
    if why:
        _tell(source, why, everything=len(why) == len(left), warnings=warnings)
    return {"void": void, "no debt": set(why)}


def _tell(source: Source, why: dict[int, str], *, everything: bool, warnings: list[str]) -> None:
    """Say what was left out and how to take it all the same."""
    counts = ", ".join(f"{count} {text}" for text, count in Counter(why[i] for i in sorted(why)).most_common(5))
    takes = " ".join(f"--map {field}=" for field in ("doc_type", "posted") if field in source.layout.mapping)
    if everything:
        raise InputRefused(f"nothing in the list is a debt: {counts}", f"{takes} takes them all the same")
    warnings.append(f"left out because nobody owes them: {counts} ({takes} takes them)")


def _by_kind(source: Source, items: Sequence[int], kinds: Sequence[str] | None) -> dict[int, str]:
    """Row -> its kind, of those whose kind is no debt of a customer."""
    if kinds is None:
        return {}
    known = {kinds[i] for i in items}
    never = {text for text in known if _OFFER.fullmatch(text) or _BOUGHT.fullmatch(text)}
    booked = {text for text in known if _BOOKED.fullmatch(text)}
    received = any(map(_RECEIPT.fullmatch, known))
    sold = received or any(map(_SALE.fullmatch, known))
    if sold:
        never |= booked
    found = {i: kinds[i] for i in items if kinds[i] in never}
    paid = {text for text in known if _PAYMENT.fullmatch(text)}
    if paid and (received or (sold and booked)):
        billed = {source.account[i] for i in items if kinds[i] not in paid and i not in found}
        out = [i for i in items if kinds[i] in paid and (source.account[i] not in billed or not source.signed)]
        found.update({i: kinds[i] for i in out if not source.signed or (source.figures.amount[i] or 0) > 0})
    return found


def _unposted(source: Source, items: Sequence[int], kinds: Sequence[str] | None) -> dict[int, str]:
    """Row -> its kind, of those that the program did not post."""
    posted = texts(source, "posted")
    if posted is None:
        return {}
    return {i: (kinds[i] if kinds else "") or "not posted" for i in items if posted[i].lower() in _NOT_POSTED}
