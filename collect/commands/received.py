"""What `collect show` tells of money in: the last receipts, and cheques whose day is still to come."""

from datetime import date

from collect.book import Book
from collect.records import Account
from collect.store import cheques, receipts
from collect.views import cheque as cheque_view
from collect.views import receipts as receipt_view
from collect.views.sheet import Page

LAST = 5
"""Receipts shown on the page of an account."""


def beside(page: Page, book: Book, account: Account, day: date) -> Page:
    """The page of an account with its last receipts up to that day and the cheques in the drawer."""
    taken = receipts.listed(book, account, last=day)[-LAST:]
    waiting = [one for one in cheques.listed(book, account, day) if not one.became]
    found = {}
    if taken:
        found["payments"] = receipt_view.own([(account, one) for one in taken])
    if waiting:
        found["cheques"] = cheque_view.listing([(account, one) for one in waiting], day)
    return page._replace(sheets={**page.sheets, **found})
