"""One transcript per error message: replayed word for word here, printed in docs/errors.md.

A transcript says when it happens, then files (a name and a colon, their lines indented), then commands. What the last
command says on standard error stands below it with its exit code; the commands before it must succeed.
"""

import ast
import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import HERE, Collect

TRANSCRIPTS = sorted((HERE / "errors").glob("*.txt"))
HOME = "/home/asha"


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_an_error_says_what_its_transcript_says(
    path: Path, collect: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    text = path.read_text(encoding="utf-8")
    when, *blocks = text.strip().split("\n\n")
    for block in blocks[:-1]:
        name, *lines = block.splitlines()
        Path(name.removesuffix(":")).write_text("".join(f"{line[4:]}\n" for line in lines), encoding="utf-8")
    commands = re.findall(r"^\$ collect ?(.*)$", blocks[-1], re.MULTILINE)
    for command in commands[:-1]:
        collect(*shlex.split(command)).check()
    run = collect(*shlex.split(commands[-1]))
    said = f"exit {run.code}\n{run.stderr}".replace(str(tmp_path), HOME)
    typed = "".join(f"$ collect {command}\n" for command in commands)
    found = "\n\n".join([when, *blocks[:-1], f"{typed}{said}"])
    if pytestconfig.getoption("--rewrite"):
        path.write_text(found, encoding="utf-8")
        text = found
    assert found == text


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_an_error_is_in_the_style_of_the_house(path: Path) -> None:
    """Lower case, no full stop, a hint on its own line; the file is named after its exit code."""
    said = path.read_text(encoding="utf-8").rpartition("\nexit ")[2].splitlines()
    code, error, *rest = said
    assert path.name.startswith(f"{code}-")
    assert re.match(r"error: ([^A-Z]|[A-Z]{3} )", error)
    assert not error.endswith(".")
    assert len(rest) == 1
    assert rest[0].startswith("hint: ")


# Modules whose every message a user can meet by typing a command; others need a hostile file or a broken disk, and
# have tests of their own.
TYPED = (
    "commands/*.py",
    "options.py",
    "desk.py",
    "lazy.py",
    "config.py",
    "dates.py",
    "money.py",
    "screen.py",
    "store/*.py",
)
# Messages that stand in TYPED modules and cannot be met by typing.
UNTYPED = (
    "not text in UTF-8",  # a transcript holds no such bytes
    "the clock of this machine",  # needs a clock that was set back
    "the account has changed meanwhile",  # needs a terminal, and somebody else at work
    "this is not a list",  # needs a command marked wrongly
    "not that much is ",  # the commands refuse earlier; this guards the store
)


def messages() -> list[str]:
    """The fixed beginning of each message raised in TYPED modules."""
    found = []
    for pattern in TYPED:
        for path in sorted((HERE.parent / "collect").glob(pattern)):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    first = node.exc.args[0]
                    parts = first.values if isinstance(first, ast.JoinedStr) else [first]
                    if isinstance(parts[0], ast.Constant) and isinstance(parts[0].value, str):
                        found.append(parts[0].value)
    return found


@pytest.mark.parametrize("message", sorted(set(messages())))
def test_every_message_has_a_transcript(message: str) -> None:
    if message.startswith(UNTYPED):
        return
    assert any(f"error: {message}" in path.read_text(encoding="utf-8") for path in TRANSCRIPTS)
