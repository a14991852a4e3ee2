"""The documents say what the program does: generated ones are up to date, and nothing is missing from them."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperOption

from collect import cli
from collect.lazy import Contents, Leaf, Unread
from tests.conftest import HERE

ROOT = HERE.parent
LINES = {name: line for lines in cli.SECTIONS.values() for name, line in lines.items()}


@pytest.fixture(params=sorted(LINES))
def command(request: pytest.FixtureRequest) -> tuple[str, Leaf]:
    name: str = request.param
    return name, Unread(name.rpartition(" ")[2], *LINES[name]).load()


def test_the_generated_documents_are_what_the_generator_prints() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_stands_in_the_commands_page(command: tuple[str, Leaf]) -> None:
    assert f"### collect {command[0]}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_command_argument_and_option_has_help(command: tuple[str, Leaf]) -> None:
    name, leaf = command
    assert leaf.help, name
    for parameter in leaf.params:
        assert getattr(parameter, "help", ""), f"{name}: {parameter.name}"


def test_every_command_with_arguments_shows_an_example(command: tuple[str, Leaf]) -> None:
    name, leaf = command
    own = [each for each in leaf.params if each.param_type_name == "argument" and each.name != "account"]
    if own:
        assert re.search(rf"^Examples?: collect {name} ", leaf.help or "", re.MULTILINE), name


def test_no_option_stands_twice_on_a_command(command: tuple[str, Leaf]) -> None:
    flags = [flag for each in command[1].params if isinstance(each, TyperOption) for flag in each.opts]
    assert len(flags) == len(set(flags))


def test_a_line_of_the_contents_page_is_short_and_in_the_style_of_the_house(command: tuple[str, Leaf]) -> None:
    _, line = LINES[command[0]]
    assert len(line) <= 60
    assert not line.endswith(".")
    assert line[0].islower()


def commands_written() -> Iterator[str]:
    """Every function of collect/commands that takes a context and is not private."""
    for path in sorted((ROOT / "collect" / "commands").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "ctx":
                yield f"collect.commands.{path.stem}:{node.name}"


def test_every_command_written_is_on_the_contents_page() -> None:
    named = {target for target, _ in LINES.values()}
    assert set(commands_written()) == named


def test_every_group_has_its_line() -> None:
    assert {name.split()[0] for name in LINES if " " in name} == set(cli.GROUPS)


def test_examples_on_the_contents_page_name_commands_that_exist() -> None:
    for example in cli.EXAMPLES:
        words = example.split()[1:]
        assert words[0] in LINES or " ".join(words[:2]) in LINES


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_commands_named_in_a_page_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    contents = Contents(cli.SECTIONS, cli.GROUPS, cli.HELP, cli.EXAMPLES)
    for line in re.findall(r"^\s*(?:\$ )?collect ((?:[a-z-]+ ?)+)", text, re.MULTILINE):
        words = line.split()
        if words[0] != "promise":  # the example command of CONTRIBUTING.md
            assert words[0] in contents.commands, f"{page}: collect {line}"
            assert words[0] not in cli.GROUPS or " ".join(words[:2]) in LINES, f"{page}: collect {line}"


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_page_is_not_wider_than_a_screen() -> None:
    text = Path(ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        assert max(map(len, block.splitlines())) <= 80
