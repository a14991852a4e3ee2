"""What is handed over of one account that no other command shows: statement, verdicts, holds, events."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from collect.holds import Held
from collect.records import Account
from collect.views import contact as contact_view
from collect.views.sheet import Column, Done, Fact, Sheet

_COLUMNS = (
    Column("date", "Date", "date"),
    Column("document", "Document"),
    Column("what", "What"),
    Column("currency", "Cur"),
    Column("debit", "Debit", "money"),
    Column("credit", "Credit", "money"),
    Column("balance", "Balance", "money"),
)


def statement(account: Account, movements: Sequence[Sequence[Any]], balances: Mapping[str, int], day: date) -> Sheet:
    """Every movement of (day, kind, document, currency, minor units) with its running balance, and the proof."""
    running: dict[str, int] = {}
    rows = []
    for on, kind, document, currency, minor in movements:
        running[currency] = running.get(currency, 0) + minor
        debit, credit = (minor, None) if minor > 0 else (None, -minor)
        rows.append((on, document, kind, currency, debit, credit, running[currency]))
    codes = sorted(running.keys() | balances.keys())
    proof = {
        code: {
            "postings": running.get(code, 0),
            "report": balances.get(code, 0),
            "ok": running.get(code, 0) == balances.get(code, 0),
        }
        for code in codes
    }
    totals = [{"currency": code, "balance": running.get(code, 0)} for code in codes]
    title = f"Statement of {account.number} {account.name} on {day}"
    return Sheet("statement", title, _COLUMNS, rows, totals=totals, proof=proof, params={"as_of": day.isoformat()})


def verdicts(rows: Sequence[contact_view.Row]) -> Sheet:
    """The verdict of the conduct rules on every contact, the latest first: a row per rule broken, else ALLOW."""
    columns = (
        Column("contact", "Contact", "int"),
        Column("at", "At (UTC)", "instant"),
        Column("local_at", "Local time", "instant"),
        Column("channel", "Channel"),
        Column("direction", "In/out"),
        Column("verdict", "Verdict"),
        Column("rule", "Rule"),
        Column("why", "Because"),
        Column("reason", "Reason given"),
        Column("citation", "Citation"),
        Column("basis", "Basis"),
        Column("policy", "Judged by"),
    )
    cells = []
    for contact, _, _, _, _, broken, policy in rows:
        for rule, verdict, why, citation, basis in broken or [("", "ALLOW", "", "", "")]:
            cells.append((
                contact.id, contact_view.utc(contact.at), contact_view.local(contact.at, contact.offset_minutes),
                contact.channel, contact.direction, verdict, rule, why, contact.reason or None, citation, basis, policy,
            ))  # fmt: skip
    return Sheet("verdicts", "Verdict of the conduct rules on each contact", columns, cells)


def holds(rows: Sequence[Held], until: datetime) -> Sheet:
    """Every hold put on before a moment, and when it was released if that was before it, too; moments in UTC."""
    columns = (
        Column("hold", "No.", "int"),
        Column("kind", "Hold"),
        Column("since", "Since", "instant"),
        Column("end_on", "Through", "date"),
        Column("review_on", "Review", "date"),
        Column("released_at", "Released", "instant"),
        Column("source", "Source"),
        Column("document", "Document"),
    )
    cells = [
        (
            one.id, one.words, contact_view.utc(one.starts_at), one.end_on, one.review_on,
            contact_view.utc(one.released_at) if one.released_at and one.released_at < until else None,
            one.source or None, one.document or None,
        )
        for one in rows
        if one.starts_at < until
    ]  # fmt: skip
    return Sheet("holds", "Holds: what stopped contact, and until when", columns, cells)


def events(rows: Sequence[tuple[date, str, str]]) -> Sheet:
    """What was put on record as an event, the first first."""
    columns = (Column("on", "On", "date"), Column("event", "Event"), Column("document", "Document"))
    return Sheet("events", "Events on record", columns, [(on, what, paper or None) for on, what, paper in rows])


def done(account: Account, folder: str, hashes: Mapping[str, str], *, dry_run: bool) -> Done:
    """What was written where, and the hash of the page that holds all others."""
    facts = (
        Fact("account", "Account", account.number),
        Fact("folder", "Folder", folder),
        Fact("files", "Files", len(hashes), "int"),
        Fact("contents", "SHA-256 of contents.txt", hashes["contents.txt"]),
    )
    lines = [
        f"handed {account.number} {account.name} over in {folder}: {len(hashes)} files, listed in contents.txt",
        f"  SHA-256 of contents.txt: {hashes['contents.txt']}",
    ]
    return Done("stage hand-over", lines, facts, dry_run)
