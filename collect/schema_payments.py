"""The tables of money in: receipts and their lines, what became of them, post-dated cheques, payment lists taken in.

None of these rows is ever changed: a receipt is deposited, cleared and reversed by further rows.
"""

from collect.schema_kept import FOLLOWED, kept

_TABLES = (
    """CREATE TABLE receipt (
        id INTEGER PRIMARY KEY,
        series TEXT NOT NULL,
        no INTEGER NOT NULL CHECK (no > 0),
        account_id INTEGER NOT NULL REFERENCES account (id),
        credit_id INTEGER NOT NULL UNIQUE REFERENCES credit (id),
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        mode TEXT NOT NULL CHECK (mode IN ('cash', 'upi', 'bank', 'cheque', 'card', 'other')),
        reference TEXT NOT NULL,
        reference_key TEXT NOT NULL,
        payer TEXT NOT NULL,
        received_on TEXT NOT NULL,
        agent TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        UNIQUE (series, no)
    ) STRICT""",
    """CREATE TABLE receipt_line (
        receipt_id INTEGER NOT NULL REFERENCES receipt (id),
        line INTEGER NOT NULL CHECK (line > 0),
        kind TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        reason TEXT NOT NULL,
        PRIMARY KEY (receipt_id, line)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE receipt_posting (
        posting_id INTEGER PRIMARY KEY REFERENCES posting (id),
        receipt_id INTEGER NOT NULL,
        line INTEGER NOT NULL,
        FOREIGN KEY (receipt_id, line) REFERENCES receipt_line (receipt_id, line)
    ) STRICT""",
    """CREATE TABLE receipt_event (
        receipt_id INTEGER NOT NULL REFERENCES receipt (id),
        kind TEXT NOT NULL CHECK (kind IN ('deposited', 'cleared', 'reversed', 'certificate')),
        happened_on TEXT NOT NULL,
        reference TEXT NOT NULL,
        reason TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        PRIMARY KEY (receipt_id, kind)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cheque (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        number TEXT NOT NULL,
        bank TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        due_on TEXT NOT NULL,
        taken_on TEXT NOT NULL,
        payer TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        UNIQUE (account_id, number, bank)
    ) STRICT""",
    """CREATE TABLE cheque_event (
        cheque_id INTEGER PRIMARY KEY REFERENCES cheque (id),
        kind TEXT NOT NULL CHECK (kind IN ('presented', 'returned')),
        happened_on TEXT NOT NULL,
        receipt_id INTEGER REFERENCES receipt (id),
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE payment_file (
        id INTEGER PRIMARY KEY,
        file TEXT NOT NULL,
        digest TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE payment_line (
        id INTEGER PRIMARY KEY,
        file_id INTEGER NOT NULL REFERENCES payment_file (id),
        row INTEGER NOT NULL,
        line_key TEXT NOT NULL,
        nth INTEGER NOT NULL,
        paid_on TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        mode TEXT NOT NULL,
        reference TEXT NOT NULL,
        payer TEXT NOT NULL,
        account TEXT NOT NULL,
        number TEXT NOT NULL,
        narration TEXT NOT NULL,
        UNIQUE (line_key, nth)
    ) STRICT""",
    """CREATE TABLE payment_decision (
        line_id INTEGER PRIMARY KEY REFERENCES payment_line (id),
        kind TEXT NOT NULL CHECK (kind IN ('taken', 'known', 'ignored')),
        receipt_id INTEGER REFERENCES receipt (id),
        reason TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
)

_INDEXES = (
    "CREATE INDEX receipt_account ON receipt (account_id, received_on)",
    "CREATE INDEX receipt_reference ON receipt (reference_key) WHERE reference_key <> ''",
    "CREATE INDEX receipt_posting_receipt ON receipt_posting (receipt_id)",
    "CREATE INDEX cheque_due ON cheque (due_on)",
)

_KEPT = tuple(table.split()[2] for table in _TABLES)

STATEMENTS = (
    *_TABLES,
    *_INDEXES,
    *kept(_KEPT, FOLLOWED),
)
