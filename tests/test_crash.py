"""An import that is killed leaves all of itself or nothing."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collect import aging, book
from collect.aging import Buckets
from collect.store import aging as aged
from collect.store import check, postings
from collect.store.postings import AsOf
from tests.conftest import Collect

ROWS = 3000
KILLS = {"": 50, "quick": 200, "release": 10_000}.get(os.environ.get("COLLECT_DEEP", ""), 2000)


def test_kill_9_at_any_moment_leaves_all_or_nothing(collect: Collect, tmp_path: Path) -> None:
    """Each round imports a list of 3,000 rows into the same book and is killed after a random while."""
    collect("book", "init").check()
    chance = random.Random(20_260_401)  # noqa: S311 - moments to kill at, the same every time
    started = time.monotonic()
    assert _import(collect.book, _list(tmp_path, 0)).wait() == 0
    whole = time.monotonic() - started
    kept, killed = 1, 0
    for turn in range(1, KILLS + 1):
        process = _import(collect.book, _list(tmp_path, turn))
        time.sleep(chance.uniform(0.1, 1.1) * whole)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() != 0
        kept = _whole(collect.book, kept)
    assert killed > KILLS // 4


def _list(folder: Path, turn: int) -> Path:
    path = folder / f"list{turn}.csv"
    rows = (f"C{row % 40},T{turn}-{row},2026-01-05,2026-02-04,{row + 1}.25" for row in range(ROWS))
    path.write_text("\n".join(("Customer Code,Invoice No,Invoice Date,Due Date,Amount", *rows, "")), encoding="utf-8")
    return path


def _import(path: Path, file: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "collect", "--book", str(path), "import", "ledger", str(file), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _whole(path: Path, kept: int) -> int:
    """Check the book from the ground up; returns how many lists it holds: those of before, or one more."""
    with book.open_book(path) as opened:
        assert [finding for finding in check.all_findings(opened) if not finding.ok] == []
        items = opened.execute("SELECT COUNT(*) FROM item").fetchone()[0]
        assert items in {kept * ROWS, (kept + 1) * ROWS}
        as_of = AsOf(opened.today)
        totals = aged.totals(opened, aged.Question(as_of, Buckets()))
        proofs = aging.prove(postings.control_totals(opened, as_of), {code: one.total for code, one in totals.items()})
        assert aging.holds(proofs)
        assert totals["INR"].total == items // ROWS * sum((row + 1) * 100 + 25 for row in range(ROWS))
    return int(items // ROWS)


def test_a_disk_that_fills_up_is_8_and_the_book_stays_as_it_was(collect: Collect, tmp_path: Path) -> None:
    """The process may write no file larger than the book and 64 KiB: the import of 3,000 rows does not fit."""
    collect("book", "init").check()
    before = collect.book.read_bytes()
    room = len(before) + 65_536
    done = subprocess.run(
        [sys.executable, "-m", "collect", "--book", collect.book, "import", "ledger", _list(tmp_path, 1)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert (done.returncode, done.stdout) == (8, "")
    assert "error: " in done.stderr
    assert "hint: " in done.stderr
    assert collect.book.read_bytes() == before
    collect("book", "check").check()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_rolls_back_and_says_so_with_its_code(
    collect: Collect, tmp_path: Path, number: signal.Signals
) -> None:
    collect("book", "init").check()
    before = collect.book.read_bytes()
    process = _import(collect.book, _list(tmp_path, 1))
    time.sleep(0.12)
    process.send_signal(number)
    code = process.wait()
    if code:  # else it had finished before the signal came
        assert code in {128 + number, -number}
        assert collect.book.read_bytes() == before
    else:
        assert _whole(collect.book, 0) == 1
