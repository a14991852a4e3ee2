"""Measure the installed program and print each promise with what it came to: python -m bench.bench [--quick].

Commands of a section run in turn, so that a busy moment of the machine meets all of them; what is printed are medians
of the rounds, and the ratio of two medians. It measures and does not judge: the exit code is 0 when a bar is missed.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench import make_data
from bench.clock import Command, FailedError, Taken, take
from bench.sections import COLLECT, PYTHON, Place, Row, Section, export, sections, task, yardstick

BUILD = Path("build/bench").resolve()


def main() -> None:
    """Make the data and the books, then run and print one section after the other."""
    began = time.perf_counter()
    quick = "--quick" in sys.argv
    size = make_data.QUICK if quick else make_data.FULL
    place = Place(BUILD / ("quick" if quick else "full"), BUILD / "books", size, quick)
    shutil.rmtree(place.books, ignore_errors=True)
    place.books.mkdir(parents=True)
    env = _environment(place)
    _say("making data ...")
    # In a process of its own: what this one holds would count as the peak of what it starts.
    subprocess.run([PYTHON, "-m", "bench.make_data", place.data, *sys.argv[1:]], check=True)  # noqa: S603 - our own module
    _make_books(place, env)
    for section in sections(place):
        if section.title.startswith("Export"):
            _prepare_export(place, env)
        _report(section, _measure(section, env, place.books))
    _tell(f"\nMedians; the whole took {time.perf_counter() - began:.0f} s.")
    if quick:
        _tell("The bars are meant for the full size: with QUICK=1, starting the program weighs more than the work.")


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _environment(place: Place) -> dict[str, str]:
    """Little, and the same everywhere: no setting of whoever runs this reaches the commands."""
    (place.books / "taskrc").write_text(f"data.location={place.books}/tasks\nconfirmation=off\n", encoding="utf-8")
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "HOME": str(place.books),
        "TASKRC": str(place.books / "taskrc"),
        "COLLECT_TODAY": make_data.TODAY.isoformat(),
    }


def _make_books(place: Place, env: dict[str, str]) -> None:
    """An empty book, and three filled by importing; how long each took is said, not compared."""
    _once(env, place, COLLECT, "--book", place.book("empty"), "book", "init", "--currency", "INR")
    for name in ("small", "less", "large", "many", "history"):
        shutil.copy(place.book("empty"), place.book(name))
        file = str(place.data / f"{name}.csv")
        taken = _once(env, place, COLLECT, "--book", place.book(name), "import", "ledger", file)
        _say(f"imported {name}.csv in {taken.seconds:.1f} s, {taken.peak_mb:.0f} MB")
    _talk(place, env)
    if found := task():
        _once(env, place, *yardstick("tasks", str(place.books / "tasks.json")).argv)
        (place.books / "tasks").mkdir()
        _once(env, place, found, "import", str(place.books / "tasks.json"))


def _talk(place: Place, env: dict[str, str]) -> None:
    """Put contacts into books, and rules over one of them."""
    for name, source, count, days in (
        ("few-contacts", "small", 10_000, 1_800),
        ("many-contacts", "small", place.size.contacts, 1_800),
        ("many", "many", place.size.many_accounts, 30),
    ):
        if name != source:
            shutil.copy(place.book(source), place.book(name))
        # A process of its own, in the folder where the module is found.
        subprocess.run([PYTHON, "-m", "bench.fill", place.book(name), str(count), str(days)], check=True)  # noqa: S603 - our own module
    rules = ("policy", "use", "in-rbi-2022", "--country", "IN", "--regulated", "yes")
    _once(env, place, COLLECT, "--book", place.book("many"), *rules)


def _prepare_export(place: Place, env: dict[str, str]) -> None:
    """Let bare XlsxWriter know what one row of the export holds."""
    _once(env, place, *export(place).argv)
    _once(env, place, *yardstick("remember", str(place.books / "export.xlsx"), str(place.books / "pattern.json")).argv)


def _once(env: dict[str, str], place: Place, *argv: str) -> Taken:
    """Run what the rest depends on; the benchmark ends where it fails."""
    try:
        return take(Command(argv), env, place.books)
    except FailedError as error:
        sys.exit(f"cannot measure: {' '.join(argv)}: {error}")


def _measure(section: Section, env: dict[str, str], folder: Path) -> dict[str, Taken | str]:
    """Medians per command, or what it said when it failed; the first round only warms up."""
    taken: dict[str, list[Taken]] = {name: [] for name in section.commands}
    failed: dict[str, str] = {}
    for turn in range(section.rounds + 1):
        for name, command in section.commands.items():
            if name in failed:
                continue
            try:
                run = take(command, env, folder)
            except FailedError as error:
                failed[name] = str(error)
            else:
                taken[name].extend([run] if turn else [])
    return {
        name: failed.get(name) or Taken(_median([run.seconds for run in runs]), _median([run.peak_mb for run in runs]))
        for name, runs in taken.items()
    }


def _median(values: list[float]) -> float:
    """The middle one; rounds are odd in number."""
    return sorted(values)[len(values) // 2]


def _report(section: Section, medians: dict[str, Taken | str]) -> None:
    _tell(f"\n{section.title}, {section.rounds} {'round' if section.rounds == 1 else 'rounds'}")
    for row in section.rows:
        _tell(_line(row, medians[row.ours], medians[row.against] if row.against else None))
    if section.note:
        _tell(f"  {section.note}")


def _line(row: Row, ours: Taken | str, against: Taken | str | None) -> str:
    start = f"  {row.name:<38}"
    if isinstance(ours, str) or isinstance(against, str):
        return f"{start} failed: {ours if isinstance(ours, str) else against}"
    taken = _figure(ours, row)
    start += f" {_shown(taken, row):>8}   "
    if against is None:
        return f"{start}{'':36}{_verdict(taken, row, 'MB' if row.memory else 's')}"
    other = _figure(against, row)
    return (
        f"{start}{row.against:<16} {_shown(other, row):>8}   {taken / other:5.2f} x{_verdict(taken / other, row, 'x')}"
    )


def _figure(taken: Taken, row: Row) -> float:
    return taken.peak_mb if row.memory else taken.seconds


def _verdict(figure: float, row: Row, unit: str) -> str:
    if row.at_most is None:
        return ""
    return f"  at most {row.at_most:g} {unit}  {'ok' if figure <= row.at_most else 'OVER'}"


def _shown(figure: float, row: Row) -> str:
    if row.memory:
        return f"{figure:.0f} MB"
    return f"{figure * 1000:.0f} ms" if figure < 1 else f"{figure:.2f} s"


if __name__ == "__main__":
    main()
