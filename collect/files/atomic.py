"""Files that are there whole or not at all, for nobody else's eyes: written beside the target, synced, renamed."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from collect.errors import DiskTrouble

_HINTS = {
    errno.ENOSPC: "free some space, or write to another disk",
    errno.EDQUOT: "free some space, or write to another disk",
    errno.EFBIG: "the file is larger than this disk or account allows",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "name a file in a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EROFS: "write to a folder that is not read-only",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to fill, readable by its owner only, which takes the place of `path` when all went well.

    On any error the old file stays as it was and nothing is left behind. Raises DiskTrouble where the place cannot
    be written, for a symbolic link and for what is not an ordinary file.
    """
    try:
        _check_target(path)
        beside = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.tmp")
        with _created(beside) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            # Closed before the rename: Windows does not move an open file.
            file.close()
            beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise trouble(path, error) from error


def trouble(path: Path, error: OSError) -> DiskTrouble:
    """The same error as a sentence with a hint."""
    reason = (error.strerror or str(error)).lower()
    hint = _HINTS.get(error.errno or 0, "check that you may write there, or name another folder")
    return DiskTrouble(f"cannot write ({reason}): {path}", hint)


def _check_target(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise DiskTrouble(f"will not write through a symbolic link: {path}", "name the file that it points to")
    if not stat.S_ISREG(mode):
        raise DiskTrouble(f"not an ordinary file: {path}", "name a file, not a folder or a device")


@contextmanager
def _created(path: Path) -> Iterator[BinaryIO]:
    """A new file that nobody else can have made or can read; removed again on any error."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut; where folders cannot be opened (Windows) it has to do without."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
