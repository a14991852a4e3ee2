"""Files with something wrong anywhere in them: each is read or refused with a hint, in bounded time, never a fault.

Real workbooks of every format (where COLLECT_SHARED_DATA names them, made ones else) with bytes turned, cut out or put
in, in the file or inside a part of it that is then packed again. COLLECT_DEEP=1 tries 2,000 of them.
"""

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Collect
from tests.exports import export
from tests.files.test_hostile import shared

FILES = {"": 40, "quick": 200}.get(os.environ.get("COLLECT_DEEP", ""), 2_000)
_LARGEST = 200_000
"""Bytes of a file that is worth it: a large one spends its time on cells, not on what is wrong."""
STORIES = sorted((Path(export.__file__).parent / "files").glob("*.txt"))


def test_a_file_with_something_wrong_in_it_is_read_or_refused(collect: Collect, tmp_path: Path) -> None:
    chance = random.Random(20_260_401)  # noqa: S311 - the same every time
    collect("book", "init").check()
    made = [export.read(story).write(_folder(tmp_path / story.stem)) for story in STORIES]
    whole = [path.read_bytes() for path in [*made, *shared()] if 0 < path.stat().st_size < _LARGEST]
    for number in range(FILES):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(_spoilt(chance, chance.choice(whole)))
        start = time.perf_counter()
        run = collect("import", "ledger", path, "--dry-run")
        took = time.perf_counter() - start
        assert run.code in {0, 6}, f"kept as {path}: {run.stderr}"
        assert run.code == 0 or "hint: " in run.stderr, f"kept as {path}: {run.stderr}"
        assert took < 20, f"kept as {path}: {took:.0f} s"
        path.unlink()


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _spoilt(chance: random.Random, content: bytes) -> bytes:
    """The content with one to three things wrong; most packed ones inside a part, so that the zip stays whole."""
    if content[:2] == b"PK" and chance.random() < 0.6:
        return _packed_again(chance, content)
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(WRONGS)(chance, content)
    return content


def _packed_again(chance: random.Random, content: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            names = old.namelist()
            hit = chance.choice([name for name in names if "sheet" in name or "content" in name] or names)
            for name in names:
                part = old.read(name)
                new.writestr(name, chance.choice(WRONGS)(chance, part) if name == hit else part)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return content[: len(content) // 2]
    return out.getvalue()


def _turned(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.choice((0, 255, chance.randrange(256)))
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def _without(chance: random.Random, content: bytes) -> bytes:
    start = chance.randint(0, len(content))
    return content[:start] + content[start + chance.randint(1, 600) :]


def _twice(chance: random.Random, content: bytes) -> bytes:
    start = chance.randint(0, len(content))
    return content[: start + chance.randint(1, 600)] + content[start:]


def _figure(chance: random.Random, content: bytes) -> bytes:
    """One figure of the text becomes another: a count, a coordinate, a style, an amount."""
    places = [at for at, byte in enumerate(content) if 48 <= byte <= 57]
    if not places:
        return content
    at = chance.choice(places)
    return content[:at] + chance.choice((b"9999999999", b"-1", b"", b"1e999", b"0", b"\xff")) + content[at + 1 :]


WRONGS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_turned, _cut, _without, _twice, _figure, _figure)
