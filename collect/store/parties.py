"""Take a list of customers into the book: new accounts, what changed of known ones, ways to reach them, limits."""

from collections.abc import Sequence
from typing import NamedTuple

from collect import reaches
from collect.book import Book
from collect.money import Money
from collect.parties import Party
from collect.phones import Phone
from collect.reaches import Way
from collect.records import Account
from collect.store import accounts, credit_limits, reach
from collect.store.postings import AsOf

_ADDED = frozenset(("name", "agent", "territory", "phone", "email", "credit_days"))
"""What `accounts.add` writes; the audit trail notes the rest."""


class Counts(NamedTuple):
    """How many accounts are new, changed, and as they were; how many ways to reach someone were added."""

    new: int
    changed: int
    unchanged: int
    ways: int


def take(book: Book, parties: Sequence[Party]) -> Counts:
    """Write what a list of customers says, within a change; a cell that is empty erases nothing."""
    known = {account.number: account for account in accounts.everyone(book)}
    limits = credit_limits.in_force(book, AsOf(book.today))
    new = changed = ways = 0
    for party in parties:
        account = known.get(party.account)
        values = {**party.values, **_first(party)}
        if account is None:
            account = _added(book, party, values)
            new += 1
            touched = True
        else:
            touched = bool(accounts.put(book, account, values))
        if party.limit and limits.get(account.id, {}).get(party.limit[0]) != party.limit[1]:
            credit_limits.put(book, account, Money(party.limit[1], party.limit[0]))
            touched = True
        added = _add_ways(book, account, party)
        ways += added
        changed += bool(touched or added) and party.account in known
    return Counts(new, changed, len(parties) - new - changed, ways)


def _first(party: Party) -> dict[str, str]:
    """The account's own telephone and e-mail: the first that can be one."""
    found = {"phone": _best(party.phones), "email": _best(party.emails)}
    return {key: value for key, value in found.items() if value}


def _best(found: Sequence[Phone]) -> str:
    return next((one.value for one in found if not one.wrong), "")


def _added(book: Book, party: Party, values: dict[str, str | int]) -> Account:
    own = {key: str(values.get(key, "")) for key in ("agent", "territory", "phone", "email")}
    days = values.get("credit_days")
    name = str(values.get("name") or party.account)
    account = Account(0, party.account, name, **own, credit_days=int(days) if days is not None else None)
    account = account._replace(id=accounts.add(book, account))
    accounts.put(book, account, {key: value for key, value in values.items() if key not in _ADDED})
    return account


def _add_ways(book: Book, account: Account, party: Party) -> int:
    """Ways to reach the account that it does not have yet; what can be none is marked wrong."""
    kept = reach.of_account(book, account.id)
    on = book.today.isoformat()
    count = 0
    listed = (("phone", party.phones), ("email", party.emails), ("address", [Phone(text) for text in party.addresses]))
    for kind, found in listed:
        for one in found:
            if any(reaches.same(one.value, way.value) for way in kept):
                continue
            state = "wrong" if one.wrong else "unverified"
            way = Way(0, account.id, kind, one.value, source="ledger", state=state, state_on=on)
            reach.add(book, way)
            kept.append(way)
            count += 1
    return count
