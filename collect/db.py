"""The file under the book: open it safely, refuse what is not ours, migrate; all SQLite settings stand here.

Why each setting: docs/decisions.md, "The journal is TRUNCATE".
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn

from collect.errors import BadBook, Busy, CollectError, DiskTrouble, NotFound, Refused

APPLICATION_ID = 0x436F6C6C  # "Coll"
SCHEMA_VERSION = 8  # how many migrations schema.py holds
BUSY_MS = 30_000

_FULL = 13
_BUSY = (5, 6)
_UNWRITABLE = (8, 10, 14, 3, 23)
_DAMAGED = (11, 26)


def connect(path: Path, *, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Open an existing book for reading; migrate an older one first.

    Raises NotFound (no file), BadBook (not ours, damaged, newer than the program), DiskTrouble, Busy.
    """
    if not path.exists():
        raise NotFound(f"no book at: {path}", "make one with 'collect book init', or try 'collect demo'")
    try:
        connection = _open(path, busy_ms)
        version = _checked_version(connection, path)
        if version < SCHEMA_VERSION:
            _keep_old(connection, path, version)
            _migrate(connection, version)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise_translated(error, path)
    return connection


def create(path: Path) -> sqlite3.Connection:
    """Make a new, empty book, readable by its owner only; Refused where there is a file already."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Refused(f"there is a file already: {path}", "name another with --book PATH") from None
    except OSError as error:
        raise DiskTrouble(
            f"cannot make the book: {path}: {error.strerror}", "choose a folder you may write to"
        ) from error
    try:
        connection = _open(path, BUSY_MS)
        _migrate(connection, 0)
        connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise_translated(error, path)
        raise
    return connection


@contextmanager
def reading_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that is to stay as it is, down to the byte; NotFound, or BadBook where it is none of ours."""
    if not path.is_file():
        raise NotFound(f"no backup at: {path}", "name the file, such as backups/book-20260401-090500.db")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            _checked_version(connection, path)
            yield connection
    except sqlite3.Error as error:
        raise_translated(error, path)


@contextmanager
def copied(source: sqlite3.Connection, target: Path) -> Iterator[Path]:
    """Copy a database page by page while others may write; inside the block the copy has another name.

    It takes its own name when the block ends without an error; else nothing is left of it. Refused where there is a
    file of that name already.
    """
    if target.exists():
        raise Refused(f"there is a file already: {target}", "name another")
    beside = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            with closing(sqlite3.connect(beside)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = TRUNCATE").close()
            yield beside
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.rename(target)
    except OSError as error:
        raise DiskTrouble(f"cannot write: {target}: {error.strerror}", "choose a folder you may write to") from error
    except sqlite3.Error as error:
        raise_translated(error, target)
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            left.unlink(missing_ok=True)


def overwrite(source: sqlite3.Connection, path: Path) -> None:
    """Put every page of `source` in the place of those of the book at `path`, in one transaction; Busy, DiskTrouble."""
    ends = time.monotonic() + BUSY_MS / 1000

    def patient(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > ends:
            raise Busy(f"the book is busy: {path}", "another collect is at work on it; try again in a moment")

    try:
        with closing(_open(path, BUSY_MS)) as target:
            source.backup(target, progress=patient)
    except sqlite3.Error as error:
        raise_translated(error, path)


def _keep_old(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep a copy of a book that is about to be upgraded, beside it and named after its schema."""
    target = path.with_name(f"{path.stem}-schema{version}{path.suffix}")
    if version and not target.exists():
        with copied(connection, target):
            pass


def _open(path: Path, busy_ms: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=busy_ms / 1000, cached_statements=256)
    for setting in (
        "journal_mode = TRUNCATE",
        "synchronous = FULL",
        "cache_spill = OFF",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}").close()
    return connection


def _checked_version(connection: sqlite3.Connection, path: Path) -> int:
    application_id: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application_id != APPLICATION_ID:
        raise BadBook(f"not a book of collect: {path}", "name the right file with --book PATH")
    if version > SCHEMA_VERSION:
        raise BadBook(
            f"the book is newer than this program: schema {version}, program knows {SCHEMA_VERSION}",
            "upgrade collect on this machine",
        )
    return version


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the schema up to date in one transaction; the one writer besides `Book.change()`."""
    from sqlite_utils import Database

    from collect import schema

    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == version:  # nobody else was faster
            schema.migrations.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
            _check_foreign_keys(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _check_foreign_keys(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BadBook(f"the book could not be upgraded: {len(broken)} rows point nowhere", "restore the last backup")


def raise_translated(error: sqlite3.Error, path: Path | str = "") -> NoReturn:
    """Raise what SQLite reports as a CollectError, or the error itself where it is a bug of ours."""
    found = translated(error, path)
    if found is error:
        raise error
    raise found from error


def translated(error: sqlite3.Error, path: Path | str = "") -> CollectError | sqlite3.Error:
    """Return the CollectError for what SQLite reports, or the error itself where it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return Busy(f"the book is busy: {path}", "another collect is writing; try again in a moment")
    if code == _FULL:
        return DiskTrouble(f"the disk is full; nothing was changed: {path}", "free some space and run it again")
    if code in _UNWRITABLE:
        hint = "check the folder's permissions; SQLite needs to write beside the book"
        return DiskTrouble(f"the book cannot be read or written here: {path}", hint)
    if code in _DAMAGED:
        return BadBook(f"not a book, or a damaged one: {path}", "restore the last backup")
    return error
