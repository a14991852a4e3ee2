"""Tables whose rows are never changed: the triggers that say so to whoever tries.

A speed bump, not a proof: whoever owns the file can drop them. `collect book check` recomputes everything.
"""

from collections.abc import Iterable

CORRECTED = "correct them by new ones"
FOLLOWED = "what happens later is a row of its own"


def kept(tables: Iterable[str], instead: str) -> tuple[str, ...]:
    """Return the statements that refuse to update or delete rows of these tables; `instead` says what to do."""
    return tuple(
        f"""CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} rows are never changed: {instead}'); END"""
        for table in tables
        for action in ("update", "delete")
    )
