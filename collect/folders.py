"""Where files of the user go on this platform: the book among the data, the log of a bug among the state."""

import os
import sys
from pathlib import Path


def data() -> Path:
    """Folder of the default book."""
    return _user_folder("XDG_DATA_HOME", ".local/share", "Library/Application Support")


def state() -> Path:
    """Folder of what may be deleted, such as the log of a bug."""
    return _user_folder("XDG_STATE_HOME", ".local/state", "Library/Logs")


def default_book() -> Path:
    """The book that is meant when none is named."""
    return data() / "book.db"


def _user_folder(variable: str, elsewhere: str, on_mac: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "collect"
    if sys.platform == "darwin":
        return Path.home() / on_mac / "collect"
    named = os.environ.get(variable, "")
    # The XDG specification: a relative path counts as not set.
    return (Path(named) if named.startswith("/") else Path.home() / elsewhere) / "collect"
