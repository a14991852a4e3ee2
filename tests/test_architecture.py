"""The house is drawn in its imports: who may use whom, and the one home of each outside library."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "collect"

# Module or folder of collect/ -> its layer; what is not named here and stands directly in collect/ is core.
# The book and what it stands on: the only SQL outside store/.
BOOK = (
    "backups",
    "book",
    "db",
    "schema",
    "schema_contacts",
    "schema_disputes",
    "schema_kept",
    "schema_payments",
    "schema_plans",
)
LAYERS = {
    **dict.fromkeys(("commands",), "commands"),
    **dict.fromkeys(("cli", "lazy", "boundary", "__main__"), "cli"),
    **dict.fromkeys(("options", "desk", "folders"), "desk"),
    **dict.fromkeys(BOOK, "book"),
    **dict.fromkeys(("screen", "terminal"), "screen"),
    **dict.fromkeys(("blocks", "cells", "layout", "plaintable"), "drawing"),
    "store": "store",
    "views": "views",
    "views.sheet": "sheet",
    "files": "files",
}

# Layer -> the layers it may import; itself goes without saying. Nothing imports commands, and only cli imports cli.
MAY_IMPORT = {
    "core": "",
    "sheet": "",
    "views": "core sheet",
    "drawing": "core sheet",
    "files": "core sheet drawing",
    "book": "core store",
    "store": "core book",
    "screen": "core sheet drawing files",
    "desk": "core sheet book store screen",
    "commands": "core sheet views book store files screen desk",
    "cli": "core book screen desk",
}

# Outside library -> the modules or folders that may import it.
HOMES = {
    "rich": "screen",
    "typer": "commands desk options lazy boundary",
    "sqlite3": "db book store boundary",
    "sqlite_utils": "db schema",
    "openpyxl": "files",
    "python_calamine": "files",
    "xlsxwriter": "files",
    "defusedxml": "files",
    "dateutil": "dates schedule",
    "rapidfuzz": "matching columns",
    "phonenumbers": "phones",
    "holidays": "daysoff",
}

# What the pure layers may not touch: no clock, no disk, no process, no network.
IMPURE = {
    "os",
    "sys",
    "time",
    "sqlite3",
    "subprocess",
    "threading",
    "socket",
    "tempfile",
    "shutil",
    "signal",
    "logging",
}
PURE = {"core", "sheet", "views", "drawing"}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today"}
# The conduct rules are data files of the package; they are read once, by name.
READS_ITS_OWN_DATA = {"presets", "headers"}

SQL = re.compile(
    r"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA|CREATE (TABLE|INDEX|TRIGGER)"
    r"|BEGIN(?!:)|COMMIT|ROLLBACK)\b"
)
SQL_HOMES = {"store", *BOOK}

SOURCES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """`store.items` for collect/store/items.py; empty for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def layer(module: str) -> str:
    return LAYERS.get(module) or LAYERS.get(module.partition(".")[0]) or "core"


def imports(tree: ast.AST) -> Iterator[str]:
    """Full names of what a module imports, at its top and inside its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, "relative imports hide where a name comes from"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if is_module(inner) else node.module


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


@pytest.fixture(params=SOURCES, ids=lambda path: name_of(path) or "collect")
def source(request: pytest.FixtureRequest) -> tuple[str, ast.Module]:
    path: Path = request.param
    return name_of(path), ast.parse(path.read_text(encoding="utf-8"))


def test_imports_follow_the_layers(source: tuple[str, ast.Module]) -> None:
    module, tree = source
    own = layer(module)
    allowed = {own, *MAY_IMPORT[own].split()}
    wrong = {
        name
        for name in imports(tree)
        if name.startswith("collect.") and layer(name.removeprefix("collect.")) not in allowed
    }
    assert not wrong, f"{module} is {own}, which may import {sorted(allowed)}"


def test_each_library_has_one_home(source: tuple[str, ast.Module]) -> None:
    module, tree = source
    for name in {name.partition(".")[0] for name in imports(tree)} - {"collect"}:
        if name in HOMES:
            assert {module, module.partition(".")[0]} & set(HOMES[name].split()), f"{name} has its home elsewhere"
        else:
            assert name in sys.stdlib_module_names, f"{name} is imported but not known here"


def test_what_decides_is_pure(source: tuple[str, ast.Module]) -> None:
    module, tree = source
    if layer(module) not in PURE:
        return
    assert not {name.partition(".")[0] for name in imports(tree)} & IMPURE
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        assert called not in CLOCKS, f"a clock, line {getattr(node, 'lineno', 0)}"
        if module not in READS_ITS_OWN_DATA:
            assert called not in {"open", "print", "input"}, f"disk or terminal, line {getattr(node, 'lineno', 0)}"


def test_sql_stands_only_in_its_homes(source: tuple[str, ast.Module]) -> None:
    module, tree = source
    if module.partition(".")[0] in SQL_HOMES:
        return
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [node.lineno for node in texts if SQL.match(str(node.value))]


def test_every_layer_named_exists() -> None:
    for name in LAYERS:
        assert is_module(f"collect.{name}"), f"no such module: {name}"
    assert set(LAYERS.values()) | {"core"} == set(MAY_IMPORT)


def test_nothing_imports_click_or_a_command() -> None:
    for path in SOURCES:
        for name in imports(ast.parse(path.read_text(encoding="utf-8"))):
            assert name.partition(".")[0] != "click", f"{path.name}: Typer carries its own click"
            inside = name_of(path).startswith("commands.")
            assert inside or not name.startswith("collect.commands"), f"{path.name}: commands are named, not imported"
