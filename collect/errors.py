"""What stops a command: one kind per exit code, each with a hint what to do next.

A message is lower case, without a full stop, the value after a colon: ``no such account: X12``.
"""


class CollectError(Exception):
    """Something the user can act on; ends the command with its exit code (1: a problem was found)."""

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Keep the one-line `message` and the `hint` that stands on its own line below it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class WrongUsage(CollectError):
    """An argument or option that cannot mean anything (exit 2)."""

    exit_code = 2


class NotFound(CollectError):
    """No such thing in the book, more than one, or no book at all (exit 4)."""

    exit_code = 4


class Refused(CollectError):
    """A rule says no: policy, approval or limit (exit 5)."""

    exit_code = 5


class InputRefused(CollectError):
    """A file that cannot be taken as a whole: unreadable, undecided, no header (exit 6)."""

    exit_code = 6


class RunningLedger(InputRefused):
    """What was taken for a list of open items is a running ledger; the hint says how to read it as one."""


class Busy(CollectError):
    """Somebody else is writing to the book and did not finish in time (exit 7)."""

    exit_code = 7


class DiskTrouble(CollectError):
    """Disk full, read-only, or no permission (exit 8)."""

    exit_code = 8


class BadBook(CollectError):
    """The book is damaged, not ours, or newer than this program (exit 9)."""

    exit_code = 9
