"""`collect policy list|show|use|breaches|test`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from collect import conduct, config, options, presets
from collect.desk import Desk
from collect.errors import InputRefused, NotFound, WrongUsage
from collect.store import accounts, contacts, gate, settings
from collect.store.contacts import Wanted
from collect.views import policy as view

CHOSEN = ("book.policy", *conduct.SCOPES, "policy.caps", "policy.on", "policy.off")
"""Settings that say which rules bind, in the order they are told."""


@options.report
def list_(ctx: typer.Context) -> None:
    """List the bodies of conduct rules that come with the program, and which of them this book follows."""
    desk: Desk = ctx.obj
    book = desk.open()
    found = [presets.load(name) for name in presets.names()]
    chosen = book.setting("book.policy").split(",")
    desk.show(view.presets(found, chosen, gate.of(book), book.today))


@options.page
def show(
    ctx: typer.Context,
    preset: Annotated[
        str | None,
        typer.Argument(
            metavar="[PRESET]", help="Which; those in use where none is named.", autocompletion=presets.names
        ),
    ] = None,
) -> None:
    """Show every rule: what it says, its verdict, its citation, and how far it was checked.

    Example: collect policy show us-fdcpa
    """
    desk: Desk = ctx.obj
    book = desk.open()
    rules = gate.of(book)
    found = [one for one in rules.presets if preset in (None, one.id)] or [presets.load(preset or "")]
    desk.show(view.rules(found, view.own_title(found), rules, book.today))


@options.writes
def use(
    ctx: typer.Context,
    preset: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PRESET]...", help="Bodies of rules to follow.", autocompletion=presets.names),
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="CC", help="Country of the debts, such as US.")] = None,
    party: Annotated[
        str | None, typer.Option(metavar="first|third", help="The creditor itself, or a collector for others.")
    ] = None,
    debtor: Annotated[str | None, typer.Option(metavar="consumer|business", help="Who owes.")] = None,
    regulated: Annotated[str | None, typer.Option(metavar="yes|no", help="Whether a regulated lender is owed.")] = None,
    product: Annotated[str | None, typer.Option(metavar="TEXT", help="What is owed, such as microfinance.")] = None,
    caps: Annotated[
        str | None, typer.Option("--caps", metavar="CHANNEL:MOST/DAYS,...", help="Own caps: call:3/7,sms:2/1.")
    ] = None,
    on: Annotated[list[str] | None, typer.Option("--on", metavar="RULE", help="Turn a rule on; repeatable.")] = None,
    off: Annotated[list[str] | None, typer.Option("--off", metavar="RULE", help="Turn a rule off; repeatable.")] = None,
    own: Annotated[
        Path | None, typer.Option("--own", metavar="FILE", help="The company's own rules, as [[rule]] tables (TOML).")
    ] = None,
) -> None:
    """Choose the rules this book follows, what they apply to, and the company's own on top.

    A preset that is dated gives way to its successor on the day. An own rule is policy and is never shown as law.

    Examples: collect policy use us-fdcpa --country US --party third --debtor consumer
    collect policy use --caps call:3/7,sms:2/1
    """
    desk: Desk = ctx.obj
    book = desk.open()
    turned_on, turned_off = _switched(desk, on or [], off or [])
    given = {
        "book.policy": ",".join(preset) if preset else None,
        "policy.country": country,
        "policy.party": party,
        "policy.debtor": debtor,
        "policy.regulated": regulated,
        "policy.product": product,
        "policy.caps": caps,
        "policy.on": turned_on,
        "policy.off": turned_off,
    }
    before = {key: book.setting(key) for key in CHOSEN}
    new = {key: config.checked(key, value) for key, value in given.items() if value is not None}
    rules = _own_rules(own) if own else None
    if not new and rules is None:
        raise WrongUsage("nothing to change", "name a preset, --country, --caps, --on, --off or --own")
    with book.change("policy.use", ",".join(new), desk.why):
        for key, value in new.items():
            if before[key] != value:
                settings.put(book, key, value)
        if rules is not None:
            gate.put_own_rules(book, rules)
        gate.remember(book, gate.of(book))
    names = [str(rule["id"]) for rule in rules or ()]
    desk.show(view.used(before, before | new, names, dry_run=desk.dry_run))


@options.report
def breaches(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    unexplained: Annotated[bool, typer.Option("--unexplained", help="Only those without a reason.")] = False,
) -> None:
    """List contacts that went against a rule, the latest first: which rule, why, and the reason given.

    Example: collect policy breaches --unexplained
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account) if account else None
        found = contacts.listed(book, Wanted(holder.id if holder else 0, breaches_only=True))
        holders = accounts.all_by_id(book, {one.contact.account_id for one in found})
    rows = [
        (holders[one.contact.account_id], one.contact, one.agent, breach, f"{one.preset} {one.preset_version}")
        for one in found
        for breach in one.breaches
        if not (unexplained and one.contact.reason)
    ]
    desk.show(view.breaches(rows))


@options.report
def test(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Cases, as a JSON list or TOML [[case]] tables.")],
) -> None:
    """Run a file of cases: what happened, what is asked, the verdict expected; exits 1 where one comes out otherwise.

    The form is that of the cases the program is tested with: a preset, a log, a candidate, the rule and its verdict.
    Where there is a book, its zone is the usual one and its own rules lie on top.

    Example: collect policy test cases.json
    """
    desk: Desk = ctx.obj
    from collect import policy_cases
    from collect.store import people

    zone, company = "UTC", None
    if desk.book_path.exists():
        book = desk.open()
        zone = people.office_zone(book)
        company = next((one for one in gate.of(book).presets if one.id == presets.OWN), None)
    results = policy_cases.run_cases(policy_cases.cases_of(_text(file)), zone, company)
    desk.show(view.cases(results))
    if not all(one.ok for one in results):
        raise typer.Exit(1)


def _switched(desk: Desk, on: list[str], off: list[str]) -> tuple[str | None, str | None]:
    """The settings of rules turned on and off, with these added to one and taken from the other."""
    if not (on or off):
        return None, None
    book = desk.open()
    were = {key: [one for one in book.setting(f"policy.{key}").split(",") if one] for key in ("on", "off")}
    now_on = [one for one in dict.fromkeys([*were["on"], *on]) if one not in off]
    now_off = [one for one in dict.fromkeys([*were["off"], *off]) if one not in on]
    return ",".join(now_on), ",".join(now_off)


def _own_rules(path: Path) -> list[dict[str, Any]]:
    """The company's own rules from a file; InputRefused or WrongUsage where they cannot be read."""
    import tomllib

    try:
        raw = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(f"not a file of rules: {path}", "write [[rule]] tables, as the presets have them") from error
    found = raw.get("rule")
    if not isinstance(found, list) or not found:
        raise InputRefused(f"no rules in the file: {path}", "write [[rule]] tables, as the presets have them")
    presets.own(found)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFound(f"no such file: {path}", "check the path") from error
    except UnicodeDecodeError as error:
        raise InputRefused(f"not text in UTF-8: {path}", "save it as UTF-8") from error
