"""Typer, made lazy: the contents page stands in the groups, and a command's module is imported only to run it."""

import inspect
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter  # Typer carries its own click; it offers these nowhere else
from typer.core import TyperCommand, TyperGroup, TyperOption

from collect import boundary, options
from collect.desk import Desk
from collect.errors import WrongUsage

PROGRAM = "collect"
COMPLETION = "_COLLECT_COMPLETE"
"""Set by the shell when it wants completions."""
HELP_NAMES = {"help_option_names": ["-h", "--help"]}
EVERYWHERE = "Everywhere, before or after the command"

Lines = Mapping[str, tuple[str, str]]
"""Command -> (where its function is, its one line of help)."""


class Leaf(TyperCommand):
    """A command that is loaded: its own options and those grafted onto it."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Name the arguments as the manual does: ACCOUNT, not {ACCOUNT}."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, _ctx: Context, formatter: HelpFormatter) -> None:
        """Write the docstring; examples stand below it, a line each."""
        text, *examples = re.split(r"\n\nExamples?:\s+", inspect.cleandoc(self.help or ""), maxsplit=1)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)
        if examples:
            _verbatim(formatter, "Examples", re.split(r"\n|; (?=collect )", examples[0]))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write arguments and options; those of every command only by name."""
        shared = {option.opts[0] for option in options.everywhere()}
        arguments, own, common = [], [], []
        for parameter in self.get_params(ctx):
            if (record := parameter.get_help_record(ctx)) is None:
                continue
            if parameter.param_type_name == "argument":
                arguments.append((record[0], record[1].removesuffix("[required]").rstrip()))
            elif parameter.opts[0] in shared:
                common.append(record[0])
            else:
                own.append((record[0], re.sub(r"\[default: \((.*)\)\]", r"[default: \1]", record[1])))
        _definitions(formatter, "Arguments", arguments)
        _definitions(formatter, "Options", own)
        with formatter.section(f"Everywhere (see '{PROGRAM} --help')"):
            formatter.write_text(", ".join(common))


class Unread(TyperCommand):
    """A line of the contents page that can become its command."""

    def __init__(self, name: str, target: str, line: str) -> None:
        """Know where the function is (`module:function`) and its one line of help."""
        super().__init__(name, short_help=line, rich_markup_mode=None)
        self.target = target

    def load(self) -> Leaf:
        """Import the module; make the command of its function and the grafted options."""
        module, _, function = self.target.partition(":")
        callback = getattr(import_module(module), function)
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(self.name, cls=Leaf, context_settings=HELP_NAMES)(callback)
        command = typer.main.get_command(app)
        assert isinstance(command, Leaf)
        command.params += [*options.grafted(callback), *options.everywhere()]
        return command


class Group(TyperGroup):
    """A group of commands, read when they are needed."""

    def __init__(self, name: str, lines: Lines, **attrs: Any) -> None:
        """Stand the commands, not read yet, where Typer looks for them."""
        commands: dict[str, Command] = {name: Unread(name, target, line) for name, (target, line) in lines.items()}
        super().__init__(name=name, commands=commands, context_settings=HELP_NAMES, rich_markup_mode=None, **attrs)
        self.params += options.everywhere()

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find and load the command that is named; WrongUsage with the near misses."""
        name, *rest = args
        command = self.commands.get(name)
        if command is None and not ctx.resilient_parsing:
            typed = f"{ctx.command_path} {name}".removeprefix(f"{PROGRAM} ")
            raise WrongUsage(f"no such command: {typed}", self.near(ctx, name))
        return name, command.load() if isinstance(command, Unread) else command, rest

    def near(self, ctx: Context, name: str) -> str:
        """Hint at the commands that may have been meant."""
        from difflib import get_close_matches

        found = get_close_matches(name, self.commands)
        return f"did you mean: {', '.join(found)}" if found else f"see '{ctx.command_path} --help'"

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Show the help of a group named alone."""
        alone = not args and not self.invoke_without_command and not ctx.resilient_parsing
        return super().parse_args(ctx, ["--help"] if alone else args)

    def format_options(self, _ctx: Context, formatter: HelpFormatter) -> None:
        """Write every command with its one line."""
        lines = [(name, command.short_help or "") for name, command in self.commands.items()]
        _definitions(formatter, "Commands", lines)


class Contents(Group):
    """The root: the whole contents page, and the one place where every command ends."""

    def __init__(
        self, sections: Mapping[str, Lines], groups: Mapping[str, str], purpose: str, examples: Sequence[str]
    ) -> None:
        """Make the groups of `groups` (name -> one line) from the commands of `sections` (title -> lines)."""
        super().__init__(PROGRAM, {}, help=purpose, invoke_without_command=True)
        self.sections: dict[str, list[str]] = {}
        self.examples = examples
        for title, lines in sections.items():
            self.sections[title] = list(dict.fromkeys(name.split()[0] for name in lines))
            for name in self.sections[title]:
                self.commands[name] = _member(name, lines, groups)
        self.params = [*options.everywhere(environment=True), _version(), *_completion()]

    def run(self, arguments: Sequence[str]) -> int:
        """Run one command line and return its exit code, whatever happens in it."""
        desk, code = Desk(), 0
        if os.environ.get(COMPLETION):
            with suppress(Exception):  # this runs inside the user's prompt: silence is the only good error
                self._main_shell_completion({"obj": desk}, PROGRAM, COMPLETION)
            return 1
        try:
            with self.make_context(PROGRAM, list(arguments), obj=desk) as ctx:
                self.invoke(ctx)
        except BaseException as error:  # noqa: BLE001 - the boundary: whatever stops a command ends here
            code = boundary.ended(error)
        finally:
            desk.close()
        return boundary.flushed(code)

    def invoke(self, ctx: Context) -> None:
        """Run the command that is named; where none is, show the queue, or the way in while there is no book."""

        def alone() -> None:
            if ctx.invoked_subcommand is None:
                self._start(ctx)

        self.callback = alone
        super().invoke(ctx)

    def near(self, ctx: Context, name: str) -> str:
        """Hint at commands of groups too: `list` may be `account list`."""
        inside = [
            f"{group.name} {name}"
            for group in self.commands.values()
            if isinstance(group, Group) and name in group.commands
        ]
        return f"did you mean: {', '.join(inside)}" if inside else super().near(ctx, name)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the contents page by its sections, then the options."""
        for title, names in self.sections.items():
            _definitions(formatter, title, [self._line(name) for name in names])
        records = [parameter.get_help_record(ctx) for parameter in self.get_params(ctx)]
        _definitions(formatter, EVERYWHERE, [record for record in records if record])

    def format_epilog(self, _ctx: Context, formatter: HelpFormatter) -> None:
        """Write the examples."""
        _verbatim(formatter, "Examples", self.examples)

    def _line(self, name: str) -> tuple[str, str]:
        command = self.commands[name]
        inside = f": {', '.join(command.commands)}" if isinstance(command, Group) else ""
        return name, f"{command.short_help}{inside}"

    def _start(self, ctx: Context) -> None:
        desk: Desk = ctx.obj
        if desk.book_path.exists():
            _, queue, _ = self.resolve_command(ctx, ["queue"])
            assert queue is not None
            with queue.make_context("queue", [], parent=ctx) as inner:
                queue.invoke(inner)
        else:
            typer.echo(f"{self.help}\n\nThere is no book yet. Make one, or look at one of invented debtors:\n")
            typer.echo(f"  {PROGRAM} book init\n  {PROGRAM} demo\n\nAll commands: {PROGRAM} --help")


def _member(name: str, lines: Lines, groups: Mapping[str, str]) -> Command:
    if name not in groups:
        return Unread(name, *lines[name])
    inside = {full.split()[1]: line for full, line in lines.items() if full.split()[0] == name}
    return Group(name, inside, short_help=groups[name], help=groups[name])


def _definitions(formatter: HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _verbatim(formatter: HelpFormatter, title: str, lines: Iterable[str]) -> None:
    with formatter.section(title):
        formatter.write("".join(f"  {line.strip()}\n" for line in lines if line.strip()))


def _completion() -> tuple[Any, Any]:
    return typer.main.get_install_completion_arguments()


def _version() -> TyperOption:
    def show(ctx: Context, _option: object, asked: bool | None) -> None:
        if asked and not ctx.resilient_parsing:
            typer.echo(boundary.versions())
            ctx.exit()

    return TyperOption(
        param_decls=["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show the versions.",
    )
