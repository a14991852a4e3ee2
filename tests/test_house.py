"""The house rules that a machine can hold: sizes, names of exceptions to the rules, what never stands in a file."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "collect").rglob("*.py"))
PYTHON = sorted(path for folder in ("collect", "tests", "docs", "bench") for path in (ROOT / folder).rglob("*.py"))
FILE_LINES = 300
FUNCTION_LINES = 40
NEVER_LINES = 70
# A table of options or cells may be longer than a screen; a decision may not.
LONG_TABLES = 0.05
"""Share of functions that may be longer than a screen."""


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length of each function, from `def` to its last line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    ]


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_no_function_is_long() -> None:
    sizes = [size for path in PACKAGE for size in functions(path)]
    assert not [name for name, lines in sizes if lines > NEVER_LINES]
    long = [name for name, lines in sizes if lines > FUNCTION_LINES]
    assert len(long) <= len(sizes) * LONG_TABLES, f"longer than a screen: {long}"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lint_rule_is_set_aside_only_with_its_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"#\s*type:\s*ignore", text)
    for line in text.splitlines():
        assert not re.search(r"#\s*noqa\b(?!: [A-Z0-9, ]+ - \S)", line), f"no reason: {line.strip()}"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_left_for_later(path: Path) -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error"))
    assert not re.search(rf"\b({words})\b", path.read_text(encoding="utf-8"))


def test_money_is_never_a_float() -> None:
    """Amounts are whole minor units: `float(...)` of a name that says minor or amount is a mistake."""
    for path in PACKAGE:
        found = re.findall(r"float\([^)]*(?:minor|amount_minor|\.minor)\b[^)]*\)", path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found}"


def test_commands_are_short() -> None:
    """A command opens, loads, decides, changes, shows: 30 lines of body, besides its options and its help."""
    long = []
    for path in (ROOT / "collect" / "commands").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                first = node.body[1] if len(node.body) > 1 else node.body[0]
                if (node.end_lineno or 0) - first.lineno + 1 > 30:
                    long.append(f"{path.name}: {node.name}")
    assert not long
