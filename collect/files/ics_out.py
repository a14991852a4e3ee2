"""Instalments for a calendar (iCalendar, RFC 5545): a whole-day event each, with an alarm on the morning before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from collect.money import Money
from collect.progress import Row, Standing
from collect.records import Account
from collect.safe import safe

_WIDTH = 75
"""Octets of a line; longer ones go on in the next, which begins with a space."""
_EVE = "-PT15H"
"""Nine in the morning of the day before, counted from the midnight at which a whole-day event begins."""


def write(file: BinaryIO, number: str, account: Account, standing: Standing, now: datetime) -> int:
    """Write an event for each instalment that is not paid; the number of events."""
    rows = [row for row in standing.rows if row.left_minor > 0]
    file.writelines(_folded(line) for line in _lines(number, account, standing, rows, now))
    return len(rows)


def _lines(number: str, account: Account, standing: Standing, rows: list[Row], now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//collect//plans//EN", "CALSCALE:GREGORIAN")
    plan = standing.plan
    for row in rows:
        one = row.instalment
        amount = Money(row.left_minor, plan.currency)
        due = f"{amount} due from {account.name}"
        yield from (
            "BEGIN:VEVENT",
            f"UID:{number}-{one.no}-{plan.agreed_on}-{_text(account.number)}@collect",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.due_on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.due_on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(due)}",
            f"DESCRIPTION:{_text(f'{plan.kind} {number}, {one.no} of {len(plan.instalments)}: {account.number}')}",
            "TRANSP:TRANSPARENT",
            *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(due)}", f"TRIGGER:{_EVE}", "END:VALARM"),
            "END:VEVENT",
        )
    yield "END:VCALENDAR"


def _text(value: str) -> str:
    """Text as the format wants it; what could begin a line of its own cannot."""
    kept = safe(value).replace("\n", " ").replace("\r", " ")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """A line in UTF-8, cut between letters where it is too long."""
    parts, own = [], b""
    for letter in line:
        octets = letter.encode()
        if len(own) + len(octets) > _WIDTH:
            parts.append(own)
            own = b" "
        own += octets
    return b"\r\n".join([*parts, own]) + b"\r\n"
