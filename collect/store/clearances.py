"""The clearance of the rules this book follows, kept so that plainly lawful contacts need no further look."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from collect import __version__
from collect import clearance as cleared
from collect.book import Book, instant, zone
from collect.clearance import Clearance
from collect.records import Account
from collect.store import people

if TYPE_CHECKING:
    from collect.conduct import Gate

_CHOOSING = (
    *("book.policy", "policy.country", "policy.party", "policy.debtor", "policy.regulated", "policy.product"),
    *("policy.caps", "policy.on", "policy.off"),
)
_KNOWN = (
    "SELECT h.account_id FROM hold h WHERE h.account_id IN ({wanted}) AND (h.kind = 'crisis' OR NOT EXISTS"
    " (SELECT 1 FROM hold_release r WHERE r.hold_id = h.id AND r.released_at <= :at))"
    " UNION SELECT account_id FROM event WHERE account_id IN ({wanted})"
    " UNION SELECT account_id FROM promise WHERE account_id IN ({wanted}) AND due_on >= :day"
)
"""Accounts of which something is known that a rule may speak of, besides contacts. Consent only ever allows."""
POLICIES = Path(__file__).parents[1] / "data" / "policies"
"""Where the presets lie; `collect.presets` knows it too, but is not imported here."""


def of(book: Book) -> Clearance | None:
    """The clearance as it was made of the rules as they are chosen and written now; None where there is none such."""
    row = book.execute("SELECT body FROM clearance WHERE mark = ?", (_mark(book),)).fetchone()
    return cleared.read(row[0]) if row else None


def remember(book: Book, gate: "Gate") -> None:
    """Make the clearance anew where the rules have changed, or those in force today."""
    kept = of(book)
    if kept is not None and kept.from_on <= book.today < kept.until_on:
        return
    book.execute("DELETE FROM clearance")
    book.execute(
        "INSERT INTO clearance (mark, body) VALUES (?, ?)",
        (_mark(book), cleared.written(cleared.made(gate, book.today))),
    )


def file_mark(name: str) -> str:
    """What tells one text of a preset from another: the program's own file, which an upgrade may change."""
    path = POLICIES / f"{name}.toml"
    if not path.is_file():
        return ""
    text = path.read_bytes()
    return f"{len(text)}-{crc32(text)}"


def _mark(book: Book) -> str:
    """What tells one choice of rules from another: the settings, own rules, and the presets' files."""
    parts = [__version__, *(book.setting(key) for key in _CHOOSING)]
    parts += [rule for (rule,) in book.execute("SELECT rule FROM own_rule ORDER BY id")]
    parts += [name + file_mark(name) for (name,) in book.execute("SELECT name FROM preset_read ORDER BY name")]
    return str(crc32("\n".join(parts).encode()))


def earlier(book: Book, clearance: Clearance, accounts: Iterable[Account], at: datetime) -> Mapping[int, int]:
    """How many contacts each account had of late, of those about whose debtor nothing else is known."""
    alone = [one.id for one in accounts if not one.party and len(people.zones(book, one)) == 1]
    found = dict.fromkeys(alone, 0)
    moments = {
        "at": instant(at),
        "since": instant(at - timedelta(days=clearance.days)),
        "day": (at.date() - timedelta(days=1)).isoformat(),
    }
    for start in range(0, len(alone), 500):
        wanted = ",".join(map(str, alone[start : start + 500]))
        for (account_id,) in book.execute(_KNOWN.format(wanted=wanted), moments):
            found.pop(account_id, None)
        for account_id, count in book.execute(
            f"SELECT account_id, COUNT(*) FROM contact WHERE account_id IN ({wanted}) AND at >= :since"
            " GROUP BY account_id",
            moments,
        ):
            if account_id in found:
                found[account_id] = count
    return found


def clear(book: Book, clearance: Clearance, account: Account, channel: str, at: datetime, count: int | None) -> bool:
    """Whether the clearance lets a contact through, after `count` earlier ones; None: something else is known."""
    return count is not None and cleared.clear(
        clearance, channel, at.astimezone(zone(people.zones(book, account)[0])), count
    )
