"""Start-up is a feature: what a command does not need is not imported. No stopwatch here; `make bench` has one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Collect

COSTLY = {"rich", "sqlite_utils", "openpyxl", "python_calamine", "xlsxwriter", "dateutil", "rapidfuzz"}
NEVER = {"pydantic", "phonenumbers", "babel", "pandas", "numpy", "asyncio", "click", "requests"}


def loaded(code: str, *arguments: str) -> set[str]:
    """Names of all modules in a new process after `code`."""
    program = f"{code}\nimport sys\nprint('modules:', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(done.stdout.rpartition("modules:")[2].split())


def after(*command: object) -> set[str]:
    """Modules after running a command line whose output is a pipe."""
    return loaded("import sys\nfrom collect import cli\ncli.run(sys.argv[1:])", *map(str, command))


def test_importing_the_contents_page_costs_nothing() -> None:
    assert not loaded("import collect.cli") & (COSTLY | NEVER | {"typer", "sqlite3", "collect.lazy", "collect.book"})


@pytest.mark.parametrize("command", [["--help"], ["account", "--help"], ["agin"], []])
def test_help_and_near_misses_import_no_command(command: list[str]) -> None:
    found = after(*command)
    assert not found & (COSTLY | NEVER)
    assert "sqlite3" not in found
    assert not {name for name in found if name.startswith(("collect.commands", "collect.store"))}


def test_help_of_a_command_imports_only_its_own_module() -> None:
    found = after("aging", "--help")
    assert {name for name in found if name.startswith("collect.commands.")} == {
        "collect.commands.aging",
        "collect.commands.common",
    }
    assert not found & (COSTLY | NEVER)


@pytest.mark.parametrize("command", ["aging", "queue", "account list", "item list", "find a"])
@pytest.mark.parametrize("shape", ["table", "csv", "json"])
def test_a_piped_report_imports_neither_rich_nor_what_reads_workbooks(
    collect: Collect, tmp_path: Path, command: str, shape: str
) -> None:
    collect("book", "init").check()
    found = after("--book", tmp_path / "book.db", *command.split(), "--format", shape)
    assert "collect.screen" in found
    assert not found & (COSTLY | NEVER)
