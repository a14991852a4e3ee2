"""Telling bills to pay from bills to be paid: what the titles of a table say of whose debts it lists."""

import re
from collections.abc import Sequence

from collect.errors import InputRefused
from collect.grids import Options

_PAYABLE = re.compile(
    r".*\b(?:(?:bills?|accounts?|trade|aged|invoices?|vendor|supplier) payables?|a/p"
    r"|(?:sundry|trade|aged) creditors"
    r"|(?:vendor|supplier|creditors?) (?:balances?|ageing|aging|ledgers?|outstandings?)|offene kreditoren"
    r"|fournisseurs|cuentas por pagar)\b.*",
    re.IGNORECASE,
)
_RECEIVABLE = re.compile(r".*\b(?:receivables?|debtors?|customers?|a/r)\b.*", re.IGNORECASE)


def apart(tables: Sequence[Sequence[str]], options: Options) -> tuple[list[int], list[str]]:
    """The tables that list what is owed to us, by place, and a word about the others; a table is its sheet and titles.

    All of them where the user said whose the amounts are. Raises InputRefused where there is nothing else.
    """
    if {"account", "name"} & options.mapping.keys():
        return list(range(len(tables))), []
    ours, said, others = [], [], []
    for at, lines in enumerate(tables):
        title, alone = _payable(lines)
        if title and alone:
            others.append(title)
            said.append(f"not read, because it is owed to others: sheet {lines[0]} ({title})")
            continue
        ours.append(at)
        if title:
            said.append(f"'{title}' speaks of what is owed to others too: all was taken as owed to you")
    if not ours:
        raise InputRefused(
            f"this is owed to others, not to you: {others[0]}",
            "export what customers owe (receivables, debtors); if these are customers, say so with --map name='Header'",
        )
    return ours, said


def _payable(lines: Sequence[str]) -> tuple[str, bool]:
    """The first line that says that these are bills to pay, '' for none, and whether no line speaks of customers."""
    kept = [" ".join(text.split()) for text in lines]
    found = next((text for text in kept if _PAYABLE.fullmatch(text)), "")
    return found, not any(map(_RECEIVABLE.fullmatch, kept))
