"""Plans and settlements as pages and lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from collect import money, progress, settlements
from collect.money import Money
from collect.planning import Finding
from collect.plans import Plan
from collect.progress import Standing
from collect.records import Account, Item
from collect.views.sheet import Column, Fact, Page, Sheet

_CURRENCY = Column("currency", "Cur", rank=9)


class Shown(NamedTuple):
    """A plan to show: how it stands, what it covers, and what stands beside it in the book."""

    standing: Standing
    account: Account
    items: Sequence[Item] = ()
    number: str | None = None
    every: str = "month"
    requested_by: str = ""
    approved_by: str = ""
    posted_minor: int = 0
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()


def page(report: str, shown: Shown, *, dry_run: bool | None = None) -> Page:
    """One plan on one page; `dry_run` says whether a change was kept, None where nothing was to be changed."""
    plan = shown.standing.plan
    sheets = {"schedule": _schedule(shown.standing)}
    if shown.items:
        sheets["items"] = _items(shown.items)
    if shown.findings:
        sheets["findings"] = _findings(shown.findings)
    notes = [*shown.notes, *_notes(shown)]
    facts = _facts(shown)
    if dry_run is not None:
        facts.append(Fact("dry_run", "Dry run", dry_run, "flag", machine=True))
        notes += ["dry run: nothing was changed"] if dry_run else []
    word = plan.kind.capitalize()
    title = f"{word} {shown.number}: {shown.account.name}" if shown.number else f"{word} for {shown.account.name}"
    return Page(report, title, facts, sheets, notes)


def alternatives(
    account: Account, plans: Sequence[tuple[str, Plan, Sequence[Finding]]], today: date, told: Sequence[str] = ()
) -> Sheet:
    """Plans side by side, none of them written."""
    columns = (
        Column("alternative", "Plan"),
        Column("count", "Instalments", "int"),
        Column("first_on", "First", "date"),
        Column("last_on", "Last", "date"),
        _CURRENCY,
        Column("each", "Each", "money"),
        Column("last", "Last one", "money", rank=1),
        Column("verdict", "Affordable", rank=2),
        *_RELIED_ON,
    )
    rows = []
    for name, plan, findings in plans:
        row = _row(None, account, progress.evaluate(plan, (), today), findings)
        first, last = plan.instalments[0], plan.instalments[-1]
        verdict = next((one.why for one in findings if one.rule == "AFFORDABILITY"), None)
        rows.append(
            (
                *(name, len(plan.instalments), first.due_on, last.due_on, plan.currency, first.amount_minor),
                *(last.amount_minor, verdict, *(row[column.key] for column in _RELIED_ON)),
            )
        )
    notes = [*told, "nothing is written: 'collect plan agree' with --count or --amount makes one of them"]
    return Sheet("plan propose", f"Plans for {account.name}", columns, rows, notes=notes)


def listing(rows: Sequence[tuple[str, Account, Standing]], title: str) -> Sheet:
    """Plans with what is paid, what is late and what comes next."""
    columns = (
        Column("plan", "Plan"),
        Column("account", "Account"),
        Column("name", "Name", rank=2),
        Column("kind", "Kind", rank=3),
        _CURRENCY,
        Column("debt", "Debt", "money", rank=4),
        Column("waived", "Waived", "money", rank=6),
        Column("paid", "Paid", "money", rank=5),
        Column("arrears", "Arrears", "money", late=True),
        Column("next_on", "Next", "date"),
        Column("next_amount", "Amount", "money", rank=1),
        Column("state", "State"),
        Column("left", "Left", "money", machine=True),
        Column("instalments", "Instalments", "list"),
    )
    totals: dict[str, dict[str, Any]] = {}
    cells = []
    for number, account, standing in rows:
        plan, next_ = standing.plan, standing.next
        left = sum(row.left_minor for row in standing.rows)
        cells.append(
            (
                *(number, account.number, account.name, plan.kind, plan.currency, plan.debt_minor, plan.waived_minor),
                *(standing.paid_minor, standing.arrears_minor, next_ and next_.instalment.due_on),
                *(next_ and next_.left_minor, standing.state, left, _instalments(standing)),
            )
        )
        total = totals.setdefault(
            plan.currency, {"currency": plan.currency, "debt": 0, "waived": 0, "paid": 0, "arrears": 0, "left": 0}
        )
        for key, minor in zip(
            ("debt", "waived", "paid", "arrears", "left"),
            (plan.debt_minor, plan.waived_minor, standing.paid_minor, standing.arrears_minor, left),
            strict=True,
        ):
            total[key] += minor
    return Sheet("plan list", title, columns, cells, totals=list(totals.values()))


def of_account(rows: Sequence[tuple[str, Account, Standing]]) -> Sheet:
    """The plans of one account, to stand on its page."""
    sheet = listing(rows, "Plans")
    whose = ("account", "name")
    columns = [one._replace(machine=True) if one.key in whose else one for one in sheet.columns]
    return sheet._replace(report="plans", columns=columns, totals=())


_RELIED_ON = (
    Column("plan", "Number", machine=True),
    Column("account", "Account", machine=True),
    Column("kind", "Kind", machine=True),
    Column("debt", "Debt", "money", machine=True),
    Column("waived", "Waived", "money", machine=True),
    Column("state", "State", machine=True),
    Column("instalments", "Schedule", "list"),
    Column("checks", "Checks", "list"),
)
"""What scripts rely on besides the currency, in the order of `_row`."""


def _row(number: str | None, account: Account, standing: Standing, findings: Sequence[Finding]) -> Mapping[str, Any]:
    """What scripts rely on, by key."""
    plan = standing.plan
    return {
        "plan": number,
        "account": account.number,
        "kind": plan.kind,
        "debt": plan.debt_minor,
        "waived": plan.waived_minor,
        "state": standing.state,
        "instalments": _instalments(standing),
        "checks": [one._asdict() for one in findings],
    }


def _instalments(standing: Standing) -> list[dict[str, Any]]:
    """Instalments as json: amounts in major units."""
    code = standing.plan.currency
    return [
        {
            "no": row.instalment.no,
            "due_on": row.instalment.due_on,
            "amount": money.plain(row.instalment.amount_minor, code),
            "paid": money.plain(row.paid_minor, code),
            "state": row.state,
        }
        for row in standing.rows
    ]


def _facts(shown: Shown) -> list[Fact]:
    """What stands above the schedule, and the keys scripts rely on."""
    standing, plan = shown.standing, shown.standing.plan
    code, next_, row = plan.currency, standing.next, _row(shown.number, shown.account, standing, shown.findings)
    agreed, waived = plan.agreed_on is not None, plan.waived_minor or None
    interest = plan.interest_minor or None

    def amount(key: str, label: str, minor: int | None, *, quiet: bool = False) -> Fact:
        return Fact(key, label, minor, "money", code, machine=quiet or minor is None)

    return [
        Fact("plan", "Plan", row["plan"]),
        Fact("account", "Account", shown.account.number),
        Fact("name", "Name", shown.account.name, machine=True),
        Fact("kind", "Kind", plan.kind, machine=True),
        Fact("currency", "Currency", code, machine=True),
        Fact("state", "State", standing.state),
        amount("debt", "Debt", plan.debt_minor),
        amount("waived", "Waived", plan.waived_minor, quiet=not waived),
        amount("interest", "Interest", plan.interest_minor, quiet=not interest),
        amount("total", "To pay", plan.total_minor, quiet=not (waived or interest)),
        amount("paid", "Paid", standing.paid_minor, quiet=not agreed),
        amount("arrears", "Arrears", standing.arrears_minor, quiet=not standing.arrears_minor),
        Fact("next_on", "Next", next_.instalment.due_on if next_ else None, "date"),
        amount("next_amount", "Next amount", next_.left_minor if next_ else None),
        amount("open", "Open on its items", standing.open_minor, quiet=not agreed),
        Fact("every", "Every", shown.every, machine=True),
        Fact("agreed_on", "Agreed on", plan.agreed_on, "date"),
        Fact("requested_by", "Agreed by", shown.requested_by or None),
        Fact("approved_on", "Approved on", plan.approved_on, "date"),
        Fact("approved_by", "Approved by", shown.approved_by or None),
        Fact("broken_on", "Broken since", standing.broken_on, "date"),
        Fact("replaces", "In place of", f"P{plan.replaces}" if plan.replaces else None),
        Fact("instalments", "Instalments", row["instalments"], "list"),
        Fact("checks", "Checks", row["checks"], "list"),
    ]


def _schedule(standing: Standing) -> Sheet:
    """The instalments, each with what was paid of it."""
    code = standing.plan.currency
    columns = [
        Column("no", "No", "int"),
        Column("due_on", "Due", "date"),
        _CURRENCY,
        Column("amount", "Amount", "money"),
        Column("interest", "Interest", "money", rank=2, machine=not standing.plan.interest_minor),
        Column("paid", "Paid", "money", rank=1),
        Column("left", "Left", "money"),
        Column("state", "State"),
    ]
    rows = [
        (
            *(one.instalment.no, one.instalment.due_on, code, one.instalment.amount_minor),
            *(one.instalment.interest_minor, one.paid_minor, one.left_minor, one.state),
        )
        for one in standing.rows
    ]
    total = {
        "currency": code,
        "amount": standing.plan.total_minor,
        "interest": standing.plan.interest_minor,
        "paid": sum(one.paid_minor for one in standing.rows),
        "left": sum(one.left_minor for one in standing.rows),
    }
    return Sheet("schedule", "Instalments", columns, rows, totals=[total])


def _items(items: Sequence[Item]) -> Sheet:
    """What the plan covers, with what is open now."""
    columns = (
        Column("number", "Item"),
        Column("due_on", "Due", "date"),
        _CURRENCY,
        Column("open", "Open", "money"),
    )
    rows = [(item.number, item.due_on, item.currency, item.open_minor) for item in items]
    return Sheet("items", "Covers", columns, rows)


def _findings(findings: Sequence[Finding]) -> Sheet:
    columns = (
        Column("verdict", "Check"),
        Column("why", "Because"),
        Column("rule", "Rule", rank=2),
        Column("citation", "By", rank=1),
    )
    rows = [(one.verdict, one.why, one.rule, one.citation) for one in findings]
    return Sheet("checks", "To know before agreeing", columns, rows)


def _notes(shown: Shown) -> list[str]:
    """What the figures do not say by themselves."""
    standing, plan = shown.standing, shown.standing.plan
    found = []
    if plan.interest:
        cost = Money(plan.interest_minor, plan.currency)
        found.append(f"interest {cost}, {plan.interest.kind}: {plan.interest.formula}")
    found += _odd(plan)
    lapse = settlements.lapse(standing, shown.posted_minor)
    if lapse:
        paid, stands = Money(lapse.paid_minor, plan.currency), Money(lapse.stands_minor, plan.currency)
        found.append(f"lapsed on {lapse.on}: {paid} was paid meanwhile, the full debt stands again: {stands}")
    if plan.kind == "settlement" and (minor := settlements.waiver_minor(standing, shown.posted_minor)):
        verb = "to waive with the next change on the account" if minor > 0 else "waived, to be taken back"
        found.append(f"{Money(abs(minor), plan.currency)} {verb}")
    return found


def _odd(plan: Plan) -> list[str]:
    """Where the odd minor units went, if there are any."""
    amounts = [row.amount_minor for row in plan.instalments]
    for place, own, rest in (("last", amounts[-1], amounts[:-1]), ("first", amounts[0], amounts[1:])):
        if len(set(rest)) == 1 and 0 < own - rest[0] < len(amounts):
            return [
                f"{Money(own - rest[0], plan.currency)} more in the {place} instalment: they sum to the debt exactly"
            ]
    return []
