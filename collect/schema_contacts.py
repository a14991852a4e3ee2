"""The tables of contact: who was reached how, what was promised, what stops contact, and how to reach someone.

What took place is evidence: none of those rows is ever changed, a correction is a new row that names the first. Only
`reach` (the state of a number) and `standing` (a cache of each account's last contact) are kept up to date.
"""

from collect.schema_kept import CORRECTED, kept

_ACCOUNT = (
    # Accounts of one person have the same party; empty: the account stands alone.
    "ALTER TABLE account ADD COLUMN party TEXT NOT NULL DEFAULT ''",
    # Time zones the debtor may be in, the likeliest first, such as `America/Chicago,America/New_York`.
    "ALTER TABLE account ADD COLUMN zone TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN state TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN postcode TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX account_party ON account (party) WHERE party <> ''",
)

_TABLES = (
    """CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        zone TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        change_id INTEGER NOT NULL REFERENCES change (id),
        UNIQUE (account_id, name)
    ) STRICT""",
    """CREATE TABLE contact (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        at TEXT NOT NULL,
        zone TEXT NOT NULL,
        offset_minutes INTEGER NOT NULL,
        zone_data TEXT NOT NULL,
        channel TEXT NOT NULL,
        direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
        role TEXT NOT NULL,
        person TEXT NOT NULL DEFAULT '',
        reach TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL,
        place TEXT NOT NULL DEFAULT '',
        purpose TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        minutes INTEGER CHECK (minutes >= 0),
        position TEXT NOT NULL DEFAULT '',
        next_action TEXT NOT NULL DEFAULT '',
        next_on TEXT NOT NULL DEFAULT '',
        next_time TEXT NOT NULL DEFAULT '',
        preset TEXT NOT NULL DEFAULT '',
        preset_version TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        corrects_id INTEGER REFERENCES contact (id),
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE contact_item (
        contact_id INTEGER NOT NULL REFERENCES contact (id),
        item_id INTEGER NOT NULL REFERENCES item (id),
        PRIMARY KEY (contact_id, item_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE contact_owed (
        contact_id INTEGER NOT NULL REFERENCES contact (id),
        currency TEXT NOT NULL,
        balance_minor INTEGER NOT NULL,
        overdue_minor INTEGER NOT NULL,
        days_overdue INTEGER NOT NULL,
        PRIMARY KEY (contact_id, currency)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE breach (
        contact_id INTEGER NOT NULL REFERENCES contact (id),
        rule TEXT NOT NULL,
        verdict TEXT NOT NULL,
        why TEXT NOT NULL,
        citation TEXT NOT NULL,
        basis TEXT NOT NULL,
        PRIMARY KEY (contact_id, rule)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE standing (
        account_id INTEGER PRIMARY KEY REFERENCES account (id),
        contact_id INTEGER NOT NULL REFERENCES contact (id),
        at TEXT NOT NULL,
        next_on TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE promise (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        contact_id INTEGER NOT NULL REFERENCES contact (id),
        made_on TEXT NOT NULL,
        due_on TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE promise_item (
        promise_id INTEGER NOT NULL REFERENCES promise (id),
        item_id INTEGER NOT NULL REFERENCES item (id),
        PRIMARY KEY (promise_id, item_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE promise_withdrawal (
        promise_id INTEGER PRIMARY KEY REFERENCES promise (id),
        withdrawn_on TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE reach (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        owner TEXT NOT NULL,
        person TEXT NOT NULL DEFAULT '',
        place TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL,
        state TEXT NOT NULL,
        state_on TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id),
        UNIQUE (account_id, value)
    ) STRICT""",
    """CREATE TABLE consent (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL,
        reach TEXT NOT NULL DEFAULT '',
        given_on TEXT NOT NULL,
        until_on TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL DEFAULT '',
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE consent_end (
        consent_id INTEGER PRIMARY KEY REFERENCES consent (id),
        revoked_on TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE trace (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        contact_id INTEGER REFERENCES contact (id),
        at TEXT NOT NULL,
        asked TEXT NOT NULL,
        question TEXT NOT NULL,
        answer TEXT NOT NULL DEFAULT '',
        rule TEXT NOT NULL DEFAULT '',
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE hold (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL,
        starts_at TEXT NOT NULL,
        end_on TEXT NOT NULL DEFAULT '',
        review_on TEXT NOT NULL DEFAULT '',
        medium TEXT NOT NULL DEFAULT '',
        reach TEXT NOT NULL DEFAULT '',
        place TEXT NOT NULL DEFAULT '',
        from_minute INTEGER NOT NULL DEFAULT 0,
        to_minute INTEGER NOT NULL DEFAULT 1440,
        days TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL DEFAULT '',
        document TEXT NOT NULL DEFAULT '',
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE hold_release (
        hold_id INTEGER PRIMARY KEY REFERENCES hold (id),
        released_at TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL,
        happened_on TEXT NOT NULL,
        document TEXT NOT NULL DEFAULT '',
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    # Rules of the company's own, as json: laid over every preset.
    """CREATE TABLE own_rule (
        id TEXT PRIMARY KEY,
        rule TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    # A preset read once: its text is known again by length and checksum.
    """CREATE TABLE preset_read (
        name TEXT PRIMARY KEY,
        mark TEXT NOT NULL,
        rules TEXT NOT NULL
    ) STRICT""",
    # What lets plainly lawful contacts through at a glance (collect/clearance.py), as long as the rules stay the same.
    """CREATE TABLE brief (
        mark TEXT PRIMARY KEY,
        body TEXT NOT NULL
    ) STRICT""",
)

_INDEXES = (
    "CREATE INDEX contact_account ON contact (account_id, at)",
    "CREATE INDEX contact_at ON contact (at)",
    "CREATE INDEX contact_corrects ON contact (corrects_id) WHERE corrects_id IS NOT NULL",
    # What rules look for however long ago it was: searches, visits, and what the debtor sent.
    """CREATE INDEX contact_lasting ON contact (account_id, at)
        WHERE purpose <> '' OR channel = 'visit' OR direction = 'in'""",
    "CREATE INDEX standing_next ON standing (next_on) WHERE next_on <> ''",
    "CREATE INDEX standing_at ON standing (at)",
    "CREATE INDEX promise_account ON promise (account_id, due_on)",
    "CREATE INDEX promise_due ON promise (due_on)",
    "CREATE INDEX promise_contact ON promise (contact_id)",
    "CREATE INDEX consent_account ON consent (account_id)",
    "CREATE INDEX trace_account ON trace (account_id)",
    "CREATE INDEX hold_account ON hold (account_id)",
    "CREATE INDEX event_account ON event (account_id)",
)

_EVIDENCE = (
    *("contact", "contact_item", "contact_owed", "breach", "promise", "promise_item", "promise_withdrawal"),
    *("consent", "consent_end", "trace", "hold", "hold_release", "event"),
)

STATEMENTS = (
    *_ACCOUNT,
    *_TABLES,
    *_INDEXES,
    *kept(_EVIDENCE, CORRECTED),
)
