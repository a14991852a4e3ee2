"""The tables of plans and settlements: what was agreed with whom, who approved it, what the household can pay.

None of these rows is ever changed: how a plan stands is worked out from them, from postings and from the day.
"""

from collect.schema_kept import FOLLOWED, kept

_TABLES = (
    """CREATE TABLE plan (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        kind TEXT NOT NULL CHECK (kind IN ('plan', 'settlement')),
        currency TEXT NOT NULL,
        debt_minor INTEGER NOT NULL CHECK (debt_minor > 0),
        waived_minor INTEGER NOT NULL CHECK (waived_minor BETWEEN 0 AND debt_minor),
        agreed_on TEXT NOT NULL,
        every TEXT NOT NULL,
        interest_kind TEXT NOT NULL DEFAULT '',
        interest_rate TEXT NOT NULL DEFAULT '',
        day_count TEXT NOT NULL DEFAULT '',
        needs_approval INTEGER NOT NULL CHECK (needs_approval IN (0, 1)),
        grace_days INTEGER NOT NULL CHECK (grace_days >= 0),
        replaces_id INTEGER REFERENCES plan (id),
        requested_by TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE plan_item (
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        item_id INTEGER NOT NULL REFERENCES item (id),
        disputed INTEGER NOT NULL CHECK (disputed IN (0, 1)),
        is_interest INTEGER NOT NULL DEFAULT 0 CHECK (is_interest IN (0, 1)),
        PRIMARY KEY (plan_id, item_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE instalment (
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        no INTEGER NOT NULL CHECK (no > 0),
        due_on TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        interest_minor INTEGER NOT NULL CHECK (interest_minor >= 0),
        PRIMARY KEY (plan_id, no)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE plan_approval (
        plan_id INTEGER PRIMARY KEY REFERENCES plan (id),
        approved_on TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        role TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    """CREATE TABLE plan_cancellation (
        plan_id INTEGER PRIMARY KEY REFERENCES plan (id),
        cancelled_on TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
    # What a settlement waived, by posting; taken back by a posting that reverses it.
    """CREATE TABLE plan_waiver (
        posting_id INTEGER PRIMARY KEY REFERENCES posting (id),
        plan_id INTEGER NOT NULL REFERENCES plan (id)
    ) STRICT""",
    """CREATE TABLE budget (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id),
        currency TEXT NOT NULL,
        income_minor INTEGER NOT NULL CHECK (income_minor >= 0),
        priority_minor INTEGER NOT NULL CHECK (priority_minor >= 0),
        other_minor INTEGER NOT NULL CHECK (other_minor >= 0),
        household INTEGER NOT NULL CHECK (household > 0),
        said_on TEXT NOT NULL,
        said_by TEXT NOT NULL,
        note TEXT NOT NULL,
        change_id INTEGER NOT NULL REFERENCES change (id)
    ) STRICT""",
)

_INDEXES = (
    "CREATE INDEX plan_account ON plan (account_id)",
    "CREATE INDEX plan_replaces ON plan (replaces_id) WHERE replaces_id IS NOT NULL",
    "CREATE INDEX plan_item_item ON plan_item (item_id)",
    "CREATE INDEX plan_waiver_plan ON plan_waiver (plan_id)",
    "CREATE INDEX budget_account ON budget (account_id)",
)

_KEPT = tuple(table.split()[2] for table in _TABLES)

STATEMENTS = (
    *_TABLES,
    *_INDEXES,
    *kept(_KEPT, FOLLOWED),
)
