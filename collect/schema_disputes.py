"""The tables of disputes, of stages, and of credit limits.

None of these rows is ever changed: a dispute ends by a row of its own, and is reopened by a new one that names it.
"""

from collect.schema_kept import FOLLOWED, kept

_TABLES = (
    # A dispute without items is about the account as a whole: whatever is open, and comes to be, is disputed.
    """CREATE TABLE dispute (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        currency TEXT NOT NULL,
        reason TEXT NOT NULL,
        owner TEXT NOT NULL,
        opened_on TEXT NOT NULL,
        promised_on TEXT NOT NULL,
        note TEXT NOT NULL,
        reopens_id INTEGER UNIQUE REFERENCES dispute (id),
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE dispute_item (
        dispute_id INTEGER NOT NULL REFERENCES dispute (id),
        item_id INTEGER NOT NULL REFERENCES item (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        PRIMARY KEY (dispute_id, item_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE dispute_document (
        dispute_id INTEGER NOT NULL REFERENCES dispute (id),
        reference TEXT NOT NULL,
        PRIMARY KEY (dispute_id, reference)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE dispute_end (
        dispute_id INTEGER PRIMARY KEY REFERENCES dispute (id),
        ended_on TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'rejected', 'split')),
        credited_minor INTEGER NOT NULL CHECK (credited_minor >= 0),
        credit_id INTEGER REFERENCES credit (id),
        note TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE stage_move (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        stage TEXT NOT NULL,
        moved_on TEXT NOT NULL,
        reason TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    # The newest row of a currency is in force; a limit of 0 takes it away.
    """CREATE TABLE credit_limit (
        account_id INTEGER NOT NULL REFERENCES account (id),
        currency TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        limit_minor INTEGER NOT NULL CHECK (limit_minor >= 0),
        PRIMARY KEY (account_id, currency, change_id)
    ) STRICT, WITHOUT ROWID""",
)

_INDEXES = (
    "CREATE INDEX dispute_account ON dispute (account_id)",
    "CREATE INDEX dispute_item_item ON dispute_item (item_id)",
    "CREATE INDEX stage_move_account ON stage_move (account_id, moved_on)",
)

_KEPT = tuple(table.split()[2] for table in _TABLES)

STATEMENTS = (
    *_TABLES,
    *_INDEXES,
    *kept(_KEPT, FOLLOWED),
)
