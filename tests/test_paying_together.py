"""Eight people take payments and log calls in one book: nothing is lost, no number is missing, no lock is seen.

It runs for three seconds, twenty with COLLECT_DEEP=1.
"""

import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.conftest import Collect, CollectProcess, Run

PROCESSES = 8
SECONDS = 3 if os.environ.get("COLLECT_DEEP", "quick") == "quick" else 20

# One office worker: takes a rupee, logs a call, takes the next, until the time is up; then says how many payments
# were taken, and how many of both failed.
WORKER = """
import sys, time
from collect import cli
who, until = sys.argv[1], float(sys.argv[2])
done, failed = 0, 0
while time.time() < until:
    account = "A" + str(done % 4)
    paid = cli.run(["pay", account, "1", "--ref", who + "-" + str(done), "--quiet"]) == 0
    logged = cli.run(["log", account, "call", "spoke", "--note", who, "--quiet"]) == 0
    done += paid
    failed += (not paid) + (not logged)
sys.stderr.write(f"{done} {failed}\\n")
"""


def test_eight_processes_pay_into_one_book(collect: Collect, collect_process: CollectProcess) -> None:
    collect("book", "init").check()
    for at in range(4):
        collect("account", "add", f"A{at}").check()
        collect("item", "add", f"A{at}", f"I{at}", "100000").check()
    until = str(time.time() + SECONDS)
    env = {**os.environ, "COLLECT_BOOK": str(collect.book), "COLLECT_TODAY": "2026-04-01"}

    def work(who: int) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", WORKER, f"p{who}", until]
        return subprocess.run(program, capture_output=True, text=True, env=env, timeout=SECONDS + 90, check=False)

    with ThreadPoolExecutor(PROCESSES) as pool:
        ended = list(pool.map(work, range(PROCESSES)))
    said = [one.stderr.strip().splitlines()[-1].split() for one in ended]
    assert [failed for _, failed in said] == ["0"] * PROCESSES
    assert not any(word in one.stdout + one.stderr for one in ended for word in ("locked", "busy", "error"))
    taken = sum(int(done) for done, _ in said)
    assert taken >= PROCESSES
    holds(collect_process, collect, taken)


def holds(collect_process: CollectProcess, collect: Collect, taken: int) -> None:
    """Every payment taken is there, once, under numbers without a gap, and the book adds up."""
    book = sqlite3.connect(collect.book)
    numbers = [row[0] for row in book.execute("SELECT no FROM receipt ORDER BY no")]
    assert numbers == list(range(1, taken + 1))
    assert book.execute("SELECT COUNT(DISTINCT reference) FROM receipt").fetchone() == (taken,)
    assert book.execute("SELECT COUNT(*) FROM contact").fetchone() == (taken,)
    assert book.execute("SELECT SUM(100000 * 100 - open_minor) FROM item").fetchone() == (taken * 100,)
    book.close()
    checked: Run = collect_process("book", "check")
    checked.check()
