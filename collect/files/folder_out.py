"""A folder of sheets, there whole or not at all: csv and json files, and a page of contents with their hashes."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from collect.errors import Refused
from collect.files import csv_out, json_out
from collect.files.atomic import replacing, trouble
from collect.safe import safe
from collect.views.sheet import Sheet


def write(folder: Path, sheets: Mapping[str, Sheet], title: str, today: date) -> dict[str, str]:
    """Write each sheet as `NAME.csv` and `NAME.json`, and `contents.txt`; return SHA-256 by file name.

    The folder and its files are for their owner only, written beside it and renamed. Refused where it is there
    already, DiskTrouble where it cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        raise Refused(f"there is such a folder already: {folder}", "name one that is not there yet")
    beside = folder.with_name(f".{folder.name[:100]}.{os.urandom(6).hex()}.tmp")
    try:
        beside.mkdir(mode=0o700)
        hashes = _fill(beside, sheets, title, today)
        beside.rename(folder)
    except BaseException as error:
        _remove(beside)
        if isinstance(error, OSError):
            raise trouble(folder, error) from error
        raise
    return hashes


def _fill(folder: Path, sheets: Mapping[str, Sheet], title: str, today: date) -> dict[str, str]:
    hashes: dict[str, str] = {}
    lines = [title, "=" * len(title), ""]
    for name, sheet in sheets.items():
        lines.append(f"{name}: {sheet.title}")
        for ending in ("csv", "json"):
            path = folder / f"{name}.{ending}"
            with replacing(path) as file:
                rows = csv_out.write(file, sheet) if ending == "csv" else json_out.write(file, sheet, today)
            hashes[path.name] = sha256(path.read_bytes()).hexdigest()
            lines.append(f"  {hashes[path.name]}  {path.name}  ({rows} rows)")
        lines += [f"  {line}" for line in _proof(sheet)]
    lines += ["", "The long numbers are SHA-256 of the files: 'sha256sum FILE' prints the same while it is unchanged."]
    with replacing(folder / "contents.txt") as file:
        file.writelines(f"{safe(line)}\n".encode() for line in lines)
    return hashes


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
