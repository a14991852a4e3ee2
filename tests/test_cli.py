"""The command line itself: where options may stand, what is refused, how a command ends."""

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from collect import boundary, cli, db, errors, options
from collect.book import open_book
from collect.desk import Desk
from collect.lazy import Contents
from collect.records import Account
from collect.store import accounts
from tests.conftest import Collect, CollectProcess


@options.writes
@options.report
def probe(ctx: typer.Context, note: str = "") -> None:
    """Print what the desk was told.

    Example: collect probe --note text
    """
    desk: Desk = ctx.obj
    told = {"note": note, "book": str(desk.book_path)}
    for name in ("today", "now", "agent", "quiet", "format", "output", "limit", "sort", "dry_run", "why"):
        told[name] = getattr(desk, name)
    typer.echo(json.dumps(told))


def plain(ctx: typer.Context) -> None:
    """Take no shared options."""
    assert isinstance(ctx.obj, Desk)


def trouble(kind: str) -> None:
    """Fail as asked."""
    raise _TROUBLE[kind]


def slow(ctx: typer.Context) -> None:
    """Write, say so, and wait in the middle of the change."""
    desk: Desk = ctx.obj
    book = desk.open()
    with book.change("config.set", "book.name"):
        book.execute("UPDATE setting SET value = 'never'")
        typer.echo("writing")
        sys.stdout.flush()
        time.sleep(30)


def slow_program() -> None:
    """Run `slow` as the real program runs a command."""
    cli._end_by_exception()
    cli._leave(run("slow"))


SECTIONS = {
    "Tests": {name: (f"tests.test_cli:{name}", f"the {name} command") for name in ("probe", "plain", "trouble", "slow")}
    | {"nest probe": ("tests.test_cli:probe", "the same in a group")},
}


def run(*arguments: str) -> int:
    return Contents(SECTIONS, {"nest": "a group"}, "Purpose.", ["collect probe"]).run(arguments)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run(*arguments) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(*arguments)
    return code, capsys.readouterr().err


# Options everywhere


@pytest.mark.parametrize(
    "arguments",
    [
        ("--today", "2026-03-31", "--agent", "ravi", "--quiet", "--book", "b.db", "--now", "2026-03-31T10:00", "probe"),
        ("probe", "--today", "2026-03-31", "--agent", "ravi", "--quiet", "--book", "b.db", "--now", "2026-03-31T10:00"),
        ("--book=b.db", "nest", "--quiet", "--agent=ravi", "probe", "--now=2026-03-31T10:00", "--today=2026-03-31"),
    ],
)
def test_shared_options_work_before_and_after_the_command(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    found = told(capsys, *arguments)
    assert found["today"] == "2026-03-31"
    assert found["now"] == "2026-03-31T10:00"
    assert found["agent"] == "ravi"
    assert found["quiet"] is True
    assert found["book"] == "b.db"


def test_what_is_typed_wins_over_the_environment_and_the_later_over_the_earlier(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECT_TODAY", "2026-01-01")
    assert told(capsys, "probe")["today"] == "2026-01-01"
    assert told(capsys, "--today", "2026-01-02", "probe")["today"] == "2026-01-02"
    assert told(capsys, "probe", "--today", "2026-01-03")["today"] == "2026-01-03"
    assert told(capsys, "--today", "2026-01-02", "probe", "--today", "2026-01-03")["today"] == "2026-01-03"


def test_a_value_that_looks_like_an_option_survives(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "probe", "--note", "--today", "--why", "--book")["note"] == "--today"


def test_report_and_write_options_land_on_the_desk(capsys: pytest.CaptureFixture[str]) -> None:
    shown = ("--format", "json", "--output", "x.json", "--limit", "3", "--sort", "-total")
    found = told(capsys, "probe", *shown, "--dry-run", "--why", "because")
    assert found["format"] == "json"
    assert found["output"] == "x.json"
    assert found["limit"] == 3
    assert found["sort"] == "-total"
    assert found["dry_run"] is True
    assert found["why"] == "because"


@pytest.mark.parametrize("option", ["--format", "--output", "--limit", "--sort", "--dry-run", "--why"])
def test_a_command_that_did_not_ask_for_an_option_refuses_it(capsys: pytest.CaptureFixture[str], option: str) -> None:
    code, said = refused(capsys, "plain", option, "1")
    assert code == 2
    assert said.startswith(f"error: no such option: {option}\nhint: ")


def test_the_agent_is_who_logged_in_unless_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "meera")
    assert told(capsys, "probe")["agent"] == "meera"
    monkeypatch.setenv("COLLECT_AGENT", "ravi")
    assert told(capsys, "probe")["agent"] == "ravi"


# What is refused, and how it is said


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("prob", "no such command: prob", "did you mean: probe"),
        ("nest prob", "no such command: nest prob", "did you mean: probe"),
        ("nest zzz", "no such command: nest zzz", "see 'collect nest --help'"),
        ("probe --lmit 3", "no such option: --lmit", "did you mean: --limit, --quiet"),
        ("probe --limit", "no value for option: --limit", "type one after it"),
        ("probe --limit -3", "not a number of rows: -3", "use a whole number such as 25; 0 is all"),
        ("probe --format xml", "no such format: xml", "use one of: table, csv, json"),
        ("probe one two", "unexpected argument: one two", "see 'collect probe --help'"),
        ("trouble", "missing argument: KIND", "see 'collect trouble --help'"),
        ("--book= probe", "no file named with --book", "name one, or leave --book out"),
    ],
)
def test_wrong_usage_is_two_lines_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: str, message: str, hint: str
) -> None:
    code, said = refused(capsys, *arguments.split())
    assert code == 2
    assert said == f"error: {message}\nhint: {hint}\n"


def test_a_command_of_a_group_is_found_by_its_own_name(collect: Collect) -> None:
    collect("list").check(2, stderr="hint: did you mean: account list, item list")


@pytest.mark.parametrize("day", ["2026-02-30", "someday"])
def test_a_day_that_is_none_is_refused(collect: Collect, day: str) -> None:
    collect("aging", today=day).check(2, stderr=day)


def test_a_moment_that_is_none_is_refused(collect: Collect) -> None:
    collect("aging", "--now", "noon").check(2, stderr="error: not a date and time: noon")


# How a command ends

_FULL = sqlite3.OperationalError("database or disk is full")
_FULL.sqlite_errorcode = sqlite3.SQLITE_FULL
_LOCKED = sqlite3.OperationalError("database is locked")
_LOCKED.sqlite_errorcode = sqlite3.SQLITE_BUSY
_JUNK = sqlite3.DatabaseError("file is not a database")
_JUNK.sqlite_errorcode = sqlite3.SQLITE_NOTADB
_TROUBLE: dict[str, BaseException] = {
    "problem": errors.CollectError("one"),
    "usage": errors.WrongUsage("two", "hint two"),
    "bug": KeyError("Asha Traders owes 5119.85"),
    "none": errors.NotFound("four"),
    "rule": errors.Refused("five"),
    "file": errors.InputRefused("six"),
    "busy": errors.Busy("seven"),
    "disk": errors.DiskTrouble("eight"),
    "book": errors.BadBook("nine"),
    "locked": _LOCKED,
    "full": _FULL,
    "junk": _JUNK,
    "readonly": PermissionError(13, "Permission denied", "/nowhere/x.csv"),
    "exit": typer.Exit(1),
    "leave": SystemExit(5),
    "ctrl-c": KeyboardInterrupt(),
    "no answer": typer.Abort(),
    "hung up": boundary.Interrupted(129),
    "pipe": BrokenPipeError(32, "Broken pipe"),
}


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("problem", 1, "error: one\n"),
        ("usage", 2, "error: two\nhint: hint two\n"),
        ("none", 4, "error: four\n"),
        ("rule", 5, "error: five\n"),
        ("file", 6, "error: six\n"),
        ("busy", 7, "error: seven\n"),
        ("disk", 8, "error: eight\n"),
        ("book", 9, "error: nine\n"),
        ("locked", 7, "error: the book is busy"),
        ("full", 8, "error: the disk is full"),
        ("junk", 9, "error: not a book, or a damaged one"),
        ("readonly", 8, "error: permission denied: /nowhere/x.csv\n"),
        ("exit", 1, ""),
        ("leave", 5, ""),
        ("ctrl-c", 130, "error: interrupted\nhint: what was not finished is not kept; run the command again\n"),
        ("no answer", 130, "error: interrupted\n"),
        ("hung up", 129, "error: interrupted\n"),
        ("pipe", 0, ""),
    ],
)
def test_every_trouble_has_its_exit_code(capsys: pytest.CaptureFixture[str], kind: str, code: int, said: str) -> None:
    found = refused(capsys, "trouble", kind)
    assert found[0] == code
    assert found[1].startswith(said)
    assert bool(found[1]) == bool(said)


def test_a_bug_exits_3_and_leaves_a_private_log_without_values(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    code, said = refused(capsys, "trouble", "bug")
    [log] = (tmp_path / "collect").iterdir()
    record = log.read_text(encoding="utf-8")
    assert code == 3
    assert str(log) in said
    assert "builtins.KeyError: 'xxxx xxxxxxx xxxx 9999.99'" in record
    assert "tests.test_cli line" in record
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert not [word for word in ("Asha", "5119", "Traceback") if word in record + said]


def test_a_bug_without_a_place_for_its_log_still_exits_3(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "collect").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert refused(capsys, "trouble", "bug") == (
        3,
        (
            "error: a bug in collect (KeyError); its log could not be written\n"
            "hint: the book keeps finished changes only; report the bug\n"
        ),
    )


def test_the_traceback_is_shown_to_who_asks_for_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECT_DEBUG", "1")
    assert "Traceback" in refused(capsys, "trouble", "bug")[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_output_to_a_full_disk_exits_8() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "collect", "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 8
    assert done.stderr.startswith("error: no space left on device")


def test_a_closed_pipe_is_no_failure() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "collect", "--help"], stdout=closed, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_takes_the_change_back(collect: Collect, name: str, code: int) -> None:
    collect("book", "init", "--name", "Sharma").check()
    program = [sys.executable, "-c", "from tests.test_cli import slow_program; slow_program()"]
    environment = {**os.environ, "COLLECT_BOOK": str(collect.book)}
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "writing\n"
        run.send_signal(getattr(signal, name))
        _, said = run.communicate(timeout=20)
    assert run.returncode == code
    assert said.startswith("error: interrupted\n")
    assert "Sharma" in collect("config", "show").check().stdout


def test_files_made_are_readable_by_their_owner_only(collect_process: CollectProcess, tmp_path: Path) -> None:
    collect_process("book", "init").check()
    collect_process("config", "show", "--output", tmp_path / "settings.csv").check()
    made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert {"book.db", "settings.csv"} <= set(made)
    assert set(made.values()) == {0o600}


# Help, version, and the way in


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command_and_group_within_80_columns(collect: Collect, flag: str) -> None:
    shown = collect(flag, env={"COLUMNS": "80"}).check().stdout
    for lines in cli.SECTIONS.values():
        for name, (_, line) in lines.items():
            assert name.split()[-1] in shown
            assert " " in name or line in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_group_named_alone_shows_its_commands(collect: Collect) -> None:
    shown = collect("account").check().stdout
    assert shown == collect("account", "--help").check().stdout
    assert "change name, phone, agent or terms" in shown


def test_help_of_a_command_shows_its_examples_as_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("probe", "-h") == 0
    shown = capsys.readouterr().out
    assert "\nExamples:\n  collect probe --note text\n" in shown
    assert "--dry-run" in shown
    assert "--sort [-]COLUMN" in shown


def test_version_names_the_program_the_schema_and_sqlite(collect: Collect) -> None:
    shown = collect("--version").check().stdout
    assert shown.startswith("collect 0.")
    assert f"SQLite {sqlite3.sqlite_version}" in shown
    assert f"schema {db.SCHEMA_VERSION}" in shown


def test_named_alone_the_program_shows_the_way_in_then_the_queue(collect: Collect) -> None:
    collect().check(stdout="collect book init")
    collect("book", "init").check()
    assert collect().check().stdout == collect("queue").check().stdout


def test_without_a_book_a_command_says_how_to_make_one(collect: Collect) -> None:
    said = collect("aging").check(4).stderr
    assert (
        said == f"error: no book at: {collect.book}\nhint: make one with 'collect book init', or try 'collect demo'\n"
    )


# Completion


def completed(program: CollectProcess, line: str) -> list[str]:
    words = line.split(" ")
    asked = {"_COLLECT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = program(env=asked)
    assert done.stderr == ""
    return done.stdout.split()


def test_the_shell_completes_commands_options_and_formats(collect_process: CollectProcess) -> None:
    assert completed(collect_process, "collect agi") == ["aging"]
    assert completed(collect_process, "collect item w") == ["write-off"]
    assert completed(collect_process, "collect aging --lim") == ["--limit"]
    assert completed(collect_process, "collect aging --format ") == ["table", "csv", "json"]


def test_the_shell_completes_account_numbers_from_the_book(collect_process: CollectProcess, tmp_path: Path) -> None:
    assert completed(collect_process, "collect show C") == []
    collect_process("book", "init").check()
    with open_book(collect_process.book) as book, book.change("test"):
        for number in ("C-104", "C-105", "C-$(reboot)", "C 106", "D-1"):
            accounts.add(book, Account(0, number, "Asha"))
    assert completed(collect_process, "collect show C") == ["C-104", "C-105"]
    elsewhere = f"collect --book {collect_process.book} show D"
    assert completed(CollectProcess(tmp_path / "no.db"), elsewhere) == ["D-1"]


def test_the_script_for_each_shell_is_printed(collect_process: CollectProcess) -> None:
    for shell, line in {
        "bash": "complete -o default -F",
        "zsh": "#compdef collect",
        "fish": "complete --command",
    }.items():
        done = collect_process(env={"_COLLECT_COMPLETE": f"source_{shell}"}).check()
        assert line in done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_itself_completes_with_the_script(tmp_path: Path) -> None:
    program = tmp_path / "collect"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m collect "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    typed = 'eval "$(_COLLECT_COMPLETE=source_bash collect)"; COMP_WORDS=(collect item w); COMP_CWORD=2;'
    done = subprocess.run(
        ["bash", "--norc", "-c", f'{typed} _collect_completion collect; echo "${{COMPREPLY[@]}}"'],  # noqa: S607 - the bash of the user
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("write-off\n", "")
