"""What `collect show` tells besides money: contacts, promises, holds, ways to reach the debtor, the gate."""

from datetime import date, datetime, time, timedelta

from collect.book import Book
from collect.records import Account
from collect.store import contacts, gate, holds, people, promises, reach
from collect.store.contacts import Wanted
from collect.store.gate import Answer
from collect.views import contact as contact_view
from collect.views import dealings as view
from collect.views import hold as hold_view
from collect.views import promise as promise_view
from collect.views import reach as reach_view
from collect.views.sheet import Page, Sheet

LAST = 5
"""Contacts shown on the page of an account."""


def beside(page: Page, book: Book, account: Account, day: date) -> Page:
    """The page of an account with all that is known of its debtor at the end of that day, now if it is today."""
    now = day == book.today
    at = book.now if now else datetime.combine(day + timedelta(days=1), time(0), tzinfo=book.zone)
    logged = contacts.listed(book, Wanted(account.id, until=at + timedelta(seconds=now)), LAST)
    known = [(one.contact, one.agent, one.recorded_at, one.owed, one.items, one.breaches, one.preset) for one in logged]
    ways = reach.of(book, [account])[account.id]
    consents = [consent for _, consent in reach.consents_of(book, [account.id])]
    stands = promises.standings(book, [account.id], day)
    found: dict[str, Sheet] = {
        "promises": promise_view.own(account, [(one.currency, one.standing, one.agent) for one in stands]),
        "contacts": contact_view.own(account, known),
        "holds": hold_view.own(holds.of(book, [account.id]), at, people.office_zone(book)),
        "reach": reach_view.own(account, ways, consents),
        "people": reach_view.people(
            [(account, (one.name, one.role, one.zone, one.language)) for one in people.of(book, account.id)]
        ),
    }
    facts = view.facts(
        [one.contact for one in logged], _answers(book, account, at) if now else [], people.office_zone(book)
    )
    return page._replace(
        facts=[*page.facts, *facts], sheets={**page.sheets, **{name: one for name, one in found.items() if one.rows}}
    )


def _answers(book: Book, account: Account, at: datetime) -> list[Answer]:
    """The gate's answers by the channels there is a way for, a call where there is none."""
    rules = gate.of(book)
    known = gate.facts(book, rules, [account], at)[account.id]
    ways = reach.of(book, [account])[account.id]
    asked = [gate.asked(book, account, channel, at, ways) for channel in view.CHANNELS]
    return [gate.answered(rules, one, known) for one in asked if one.reach or one.channel == "call"]
