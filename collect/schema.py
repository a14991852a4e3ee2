"""The tables of a book: migrations, oldest first. A shipped migration is never edited; docs/schema.md explains."""

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from collect import schema_contacts, schema_disputes, schema_payments, schema_plans
from collect.schema_kept import CORRECTED, kept

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("collect")

_SPINE = (
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        recorded_at TEXT NOT NULL,
        clock_at TEXT NOT NULL,
        given_today TEXT NOT NULL,
        given_now TEXT NOT NULL,
        agent TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        why TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE change_detail (
        change_id INTEGER NOT NULL REFERENCES change (id),
        field TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (change_id, field)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE control_total (
        currency TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        total_minor INTEGER NOT NULL,
        PRIMARY KEY (currency, change_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        agent TEXT NOT NULL DEFAULT '',
        territory TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '',
        credit_days INTEGER CHECK (credit_days >= 0),
        folded TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE account_name (
        account_id INTEGER NOT NULL REFERENCES account (id),
        name TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        PRIMARY KEY (account_id, name)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE profile (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        fingerprint TEXT NOT NULL UNIQUE,
        mapping TEXT NOT NULL,
        options TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE import_file (
        id INTEGER PRIMARY KEY,
        change_id INTEGER NOT NULL REFERENCES change (id),
        profile_id INTEGER NOT NULL REFERENCES profile (id),
        file TEXT NOT NULL,
        digest TEXT NOT NULL,
        options TEXT NOT NULL,
        as_of TEXT NOT NULL,
        result TEXT NOT NULL
    ) STRICT""",
    # Spelled out: SQLite builds a table for every `IN` of more than two, row by row, which doubles the time of a load.
    """CREATE TABLE item (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        number TEXT NOT NULL,
        component TEXT NOT NULL CHECK (
            component = 'principal' OR component = 'interest' OR component = 'fee' OR component = 'penalty'
        ),
        due_stated TEXT NOT NULL,
        line TEXT NOT NULL DEFAULT '',
        currency TEXT NOT NULL,
        document_on TEXT NOT NULL,
        due_first TEXT NOT NULL,
        due_on TEXT NOT NULL,
        disputed INTEGER NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1)),
        due_from TEXT NOT NULL DEFAULT '' CHECK (
            due_from = '' OR due_from = 'credit days' OR due_from = 'document' OR due_from = 'bucket'
        ),
        open_minor INTEGER NOT NULL,
        listed_minor INTEGER,
        profile_id INTEGER REFERENCES profile (id),
        change_id INTEGER NOT NULL REFERENCES change (id),
        UNIQUE (account_id, number, component, due_stated, line, currency)
    ) STRICT""",
    """CREATE TABLE item_due (
        item_id INTEGER NOT NULL REFERENCES item (id),
        change_id INTEGER NOT NULL REFERENCES change (id),
        due_on TEXT NOT NULL,
        PRIMARY KEY (item_id, change_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE credit (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL CHECK (kind IN ('receipt', 'advance', 'credit note')),
        number TEXT NOT NULL,
        due_stated TEXT NOT NULL DEFAULT '',
        line TEXT NOT NULL DEFAULT '',
        currency TEXT NOT NULL,
        document_on TEXT NOT NULL,
        open_minor INTEGER NOT NULL,
        listed_minor INTEGER,
        profile_id INTEGER REFERENCES profile (id),
        change_id INTEGER NOT NULL REFERENCES change (id),
        UNIQUE (account_id, number, kind, due_stated, line, currency)
    ) STRICT""",
    """CREATE TABLE posting (
        id INTEGER PRIMARY KEY,
        change_id INTEGER NOT NULL REFERENCES change (id),
        account_id INTEGER NOT NULL REFERENCES account (id),
        item_id INTEGER REFERENCES item (id),
        credit_id INTEGER REFERENCES credit (id),
        kind TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL,
        effective_on TEXT NOT NULL,
        pair_id INTEGER,
        reverses_id INTEGER REFERENCES posting (id),
        CHECK ((item_id IS NULL) <> (credit_id IS NULL))
    ) STRICT""",
    """CREATE TABLE owing (
        account_id INTEGER NOT NULL REFERENCES account (id),
        currency TEXT NOT NULL,
        open_minor INTEGER NOT NULL,
        oldest_due_on TEXT NOT NULL,
        PRIMARY KEY (account_id, currency)
    ) STRICT, WITHOUT ROWID""",
    """CREATE INDEX credit_open ON credit (account_id, currency, document_on, open_minor) WHERE open_minor <> 0""",
    """CREATE INDEX account_folded ON account (folded)""",
    """CREATE INDEX import_file_digest ON import_file (digest)""",
    "CREATE INDEX item_number ON item (number)",
    """CREATE INDEX item_open ON item (account_id, currency, due_on, document_on, disputed, due_from, open_minor)
        WHERE open_minor <> 0""",
    "CREATE INDEX posting_account ON posting (account_id, effective_on)",
    "CREATE INDEX posting_effective ON posting (effective_on)",
    *kept(("change", "change_detail", "posting", "control_total"), CORRECTED),
)


@migrations()
def spine(db: "Database") -> None:
    """Accounts, items, credits, the ledger of postings, imports, settings, and the change each row came with."""
    for statement in _SPINE:
        db.conn.execute(statement)


@migrations()
def money_in(db: "Database") -> None:
    """Receipts, post-dated cheques, and the payment lists that were taken in."""
    for statement in schema_payments.STATEMENTS:
        db.conn.execute(statement)


@migrations()
def contacts(db: "Database") -> None:
    """Contacts, promises, holds, ways to reach someone, and what the gate needs to know."""
    for statement in schema_contacts.STATEMENTS:
        db.conn.execute(statement)


@migrations()
def plans(db: "Database") -> None:
    """Plans and settlements with their items, instalments, approvals and waivers; what households can pay."""
    for statement in schema_plans.STATEMENTS:
        db.conn.execute(statement)


@migrations()
def disputes(db: "Database") -> None:
    """Disputes with their items and ends, stages of accounts, credit limits."""
    for statement in schema_disputes.STATEMENTS:
        db.conn.execute(statement)


@migrations()
def positions(db: "Database") -> None:
    """Where an account is, as latitude and longitude."""
    db.conn.execute("ALTER TABLE account ADD COLUMN position TEXT NOT NULL DEFAULT ''")


@migrations()
def cheques_at_hand(db: "Database") -> None:
    """Cheques by the day they came in, and payments that bounced by theirs: every queue asks for those of late."""
    db.conn.execute("CREATE INDEX receipt_cheque ON receipt (received_on) WHERE mode = 'cheque'")
    db.conn.execute(
        "CREATE INDEX posting_bounced ON posting (effective_on, account_id, credit_id) WHERE kind = 'bounce'"
    )


@migrations()
def clearances(db: "Database") -> None:
    """The clearance of the rules by its name: a brief is the morning's page."""
    db.conn.execute("ALTER TABLE brief RENAME TO clearance")
