"""A folder of sheets, there whole or not at all: csv and json files, and a page of contents with their hashes."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from collect.errors import Refused
from collect.files import csv_out, json_out
from collect.files.atomic import replacing, trouble
from collect.safe import safe
from collect.views.sheet import Sheet

CONTENTS = "contents.txt"


@contextmanager
def whole(folder: Path, *, keep: bool = True) -> Iterator[Path]:
    """A new folder to fill, for its owner only, which gets its name when all went well; without `keep` it goes again.

    On any error nothing is left behind. Refused where there is such a folder already, DiskTrouble where it cannot be
    written.
    """
    beside = folder.with_name(f".{folder.name[:100]}.{os.urandom(6).hex()}.tmp")
    try:
        if folder.exists() or folder.is_symlink():
            raise Refused(f"there is such a folder already: {folder}", "name one that is not there yet")
        beside.mkdir(mode=0o700)
        yield beside
        if keep:
            beside.rename(folder)
    except OSError as error:
        raise trouble(folder, error) from error
    finally:
        _remove(beside)


def fill(folder: Path, sheets: Mapping[str, Sheet], title: str, today: date) -> dict[str, str]:
    """Write each sheet as `NAME.csv` and `NAME.json`, and the page of contents; return SHA-256 by file name."""
    hashes: dict[str, str] = {}
    lines = [title, "=" * len(title), ""]
    for name, sheet in sheets.items():
        lines.append(f"{name}: {sheet.title}")
        for ending in ("csv", "json"):
            path = folder / f"{name}.{ending}"
            with replacing(path) as file:
                rows = csv_out.write(file, sheet) if ending == "csv" else json_out.write(file, sheet, today)
            hashes[path.name] = _hash(path)
            lines.append(f"  {hashes[path.name]}  {path.name}  ({rows} rows)")
        lines += [f"  {line}" for line in _proof(sheet)]
    lines += ["", "The long numbers are SHA-256 of the files: 'sha256sum FILE' prints the same while it is unchanged."]
    with replacing(folder / CONTENTS) as file:
        file.writelines(f"{safe(line)}\n".encode() for line in lines)
    return {**hashes, CONTENTS: _hash(folder / CONTENTS)}


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _proof(sheet: Sheet) -> list[str]:
    return [
        f"proof {code}: the movements {'sum to' if one['ok'] else 'DO NOT SUM TO'} what is open"
        for code, one in (sheet.proof or {}).items()
    ]


def _remove(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
