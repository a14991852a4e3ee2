"""What the book remembers, as records; amounts in minor units of their currency."""

from datetime import date
from typing import NamedTuple


class Account(NamedTuple):
    """One debtor's relation with one creditor, known by its number; `credit_days` None means the book's default.

    Accounts of one person share a `party`. `zone` holds the time zones the debtor may be in, the likeliest first.
    """

    id: int
    number: str
    name: str
    agent: str = ""
    territory: str = ""
    phone: str = ""
    email: str = ""
    credit_days: int | None = None
    party: str = ""
    zone: str = ""
    state: str = ""
    postcode: str = ""
    language: str = ""
    position: str = ""
    """Latitude and longitude in degrees, `18.5204,73.8567`."""


class Item(NamedTuple):
    """One amount of one component due on one day; `listed_minor` is the ledger's last figure, None if never listed.

    `due_from` says where the due date comes from: '' stated, else 'credit days', 'document' or 'bucket'.
    """

    id: int
    account_id: int
    number: str
    component: str
    currency: str
    document_on: date | None
    due_on: date
    disputed: bool
    open_minor: int
    amount_minor: int
    listed_minor: int | None = None
    due_from: str = ""


class Credit(NamedTuple):
    """Money or a credit note that stands on the debtor's side; `open_minor` (zero or negative) is not yet applied."""

    id: int
    account_id: int
    kind: str
    number: str
    currency: str
    document_on: date
    open_minor: int
    amount_minor: int


class Summary(NamedTuple):
    """Counts and the ends of the trail; instants are UTC text, empty where nothing happened yet."""

    settings: dict[str, str]
    schema: int
    sqlite: str
    accounts: int
    items: int
    open_items: int
    postings: int
    changes: int
    last_change_at: str
    last_import: str
