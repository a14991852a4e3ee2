"""What every test stands on: the program as a function, a fixed day, golden sheets, and no way to a real book."""

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

TODAY = "2026-04-01"
HERE = Path(__file__).parent
_KEPT = ("COLLECT_SHARED_DATA", "COLLECT_DEEP")
_ENVIRONMENT = ("COLLECT_", "XDG_", "TYPER_", "_COLLECT", "FORCE_COLOR", "CLICOLOR", "TERM", "COLUMNS", "LINES")


@dataclass(frozen=True, slots=True)
class Run:
    """What one command line did."""

    command: tuple[str, ...]
    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Standard output as the one json value it must be."""
        return json.loads(self.stdout)

    def check(self, code: int = 0, stdout: str | None = None, stderr: str | None = None) -> Self:
        """Assert the exit code and, where given, what each stream holds somewhere (a line, an amount)."""
        told = f"collect {' '.join(self.command)}\n--- stdout\n{self.stdout}\n--- stderr\n{self.stderr}"
        assert self.code == code, f"exit code {self.code}, not {code}: {told}"
        assert stdout is None or stdout in self.stdout, f"not on stdout: {stdout!r}: {told}"
        assert stderr is None or stderr in self.stderr, f"not on stderr: {stderr!r}: {told}"
        return self


class Collect:
    """The program, run in this process on a book of the test's own: `collect("aging", today="2026-03-31")`."""

    def __init__(self, book: Path) -> None:
        """Take the book that stands where `COLLECT_BOOK` points."""
        self.book = book

    def __call__(self, *command: object, today: str = TODAY, stdin: str = "", env: dict[str, str] | None = None) -> Run:
        """Run one command line; `env` holds more of the environment."""
        from collect import cli

        typed = tuple(map(str, command))
        streams = {"stdin": _stream(stdin), "stdout": _stream(), "stderr": _stream()}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**_environment(self.book, today), **(env or {})}.items():
                patch.setenv(name, value)
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            code = cli.run(list(typed))
        return Run(typed, code, _written(streams["stdout"]), _written(streams["stderr"]))


class CollectProcess(Collect):
    """The same in a process of its own: slower, and all of it real."""

    def __call__(self, *command: object, today: str = TODAY, stdin: str = "", env: dict[str, str] | None = None) -> Run:
        """Run one command line."""
        typed = tuple(map(str, command))
        done = subprocess.run(
            [sys.executable, "-m", "collect", *typed],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_environment(self.book, today), **(env or {})},
            timeout=60,
            check=False,
        )
        return Run(typed, done.returncode, done.stdout, done.stderr)


@pytest.fixture
def collect(tmp_path: Path) -> Collect:
    """Run `collect` on a book in `tmp_path`, on the first of April 2026, without colour, 100 columns wide."""
    return Collect(tmp_path / "book.db")


@pytest.fixture
def collect_process(tmp_path: Path) -> CollectProcess:
    """Run the real program on the same book."""
    return CollectProcess(tmp_path / "book.db")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/sheets/NAME; `pytest --rewrite` writes it there instead."""

    def compare(name: str, text: str) -> None:
        path = HERE / "sheets" / name
        if request.config.getoption("--rewrite"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file: {path.name}; pytest --rewrite makes it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real ledgers, which are not part of the project."""
    folder = os.environ.get("COLLECT_SHARED_DATA")
    if not folder:
        pytest.skip("COLLECT_SHARED_DATA does not name the folder of the real ledgers")
    return Path(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write the golden files instead of comparing with them")


@pytest.fixture(scope="session", autouse=True)
def no_real_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing a test does can meet a book outside the folders of the tests, whatever it forgets to set."""
    home = tmp_path_factory.mktemp("home")
    folders = [tmp_path_factory.getbasetemp().resolve(), Path(tempfile.gettempdir()).resolve()]
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_ENVIRONMENT) and name not in _KEPT]:
            patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home))
        patch.setenv("COLLECT_BOOK", str(home / "no-book-given.db"))
        sys.addaudithook(_guard(folders))
        yield


def _guard(folders: list[Path]) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that refuses every SQLite file outside the folders; coverage's own file is none of ours."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "sqlite3.connect" or arguments[0] == ":memory:":
            return
        path = Path(os.fsdecode(arguments[0]).removeprefix("file:").partition("?")[0]).resolve()
        if not path.name.startswith(".coverage") and not any(path.is_relative_to(folder) for folder in folders):
            raise AssertionError(f"a test reached for a book of the real world: {path}")

    return refuse


def _environment(book: Path, today: str) -> dict[str, str]:
    return {
        "COLLECT_BOOK": str(book),
        "COLLECT_TODAY": today,
        "COLLECT_AGENT": "asha",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
    }


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
