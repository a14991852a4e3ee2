"""A moment typed for a command."""

from datetime import UTC, datetime

from collect.desk import Desk
from collect.store import people


def typed(desk: Desk, text: str | None) -> datetime:
    """The instant (UTC) of `--at`, in the office's time; the book's now where nothing was typed."""
    book = desk.open()
    if text is None:
        return book.now.astimezone(UTC)
    from collect import moments

    return moments.typed(text, book.now, people.office_zone(book), order=book.setting("dates.order"))
