"""Risk as sheets: accounts by score, one account's reasons, and how well the score foretold."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from collect import risk
from collect.backtest import FIRST_PERCENT, Result, Split
from collect.money import Money
from collect.records import Account
from collect.risk import Conduct, Reason, Record, Weights
from collect.views.sheet import Column, Done, Fact, Sheet

_RANKING = (
    Column("rank", "#", "int"),
    Column("account", "Account"),
    Column("name", "Name", rank=1),
    Column("score", "Score", "number"),
    Column("late", "Late", "int"),
    Column("judged", "Of", "int"),
    Column("oldest_days", "Days", "int", rank=2),
    Column("why", "Why", rank=3),
    Column("reasons", "Reasons", "list"),
)
_REASONS = (Column("term", "Term"), Column("points", "Points", "number"), Column("text", "Because"))
_RESULTS = (
    Column("order", "Ordered by"),
    Column("auc", "AUC", "number"),
    Column("coverage", f"Late money in first {FIRST_PERCENT}%", "percent"),
)
_WEIGHTS = (
    Column("setting", "Setting"),
    Column("fitted", "Fitted", "number"),
    Column("in_force", "In force", "number"),
    Column("default", "Default", "number"),
)


def ranking(rows: Sequence[tuple[Account, Record, Conduct]], weights: Weights, day: date) -> Sheet:
    """Accounts by score, the likeliest to pay late first."""
    scored = [(account, record, risk.reasons(record, conduct, weights)) for account, record, conduct in rows]
    scored.sort(key=lambda row: (-_sum(row[2]), row[0].number))
    cells = [
        (
            at, account.number, account.name, f"{_sum(reasons_):.1f}", record.late, record.judged, record.oldest_days,
            ", ".join(f"{one.points:+.0f} {one.term}" for one in reasons_),
            [{"term": one.term, "points": one.points, "text": one.text} for one in reasons_],
        )
        for at, (account, record, reasons_) in enumerate(scored, start=1)
    ]  # fmt: skip
    return Sheet("report risk", f"Likely to pay late, as of {day}", _RANKING, cells, params={"as_of": day.isoformat()})


def reasons(account: Account, found: Sequence[Reason], day: date) -> Sheet:
    """One account's score, reason by reason; the last line is their sum."""
    rows = [(one.term, f"{one.points:+.1f}", one.text) for one in found]
    return Sheet(
        "report risk",
        f"Risk of {account.number} {account.name} as of {day}: {_sum(found):.1f}",
        _REASONS,
        rows,
        params={"as_of": day.isoformat(), "account": account.number, "score": f"{_sum(found):.1f}"},
    )


def backtest(results: Sequence[Result], split: Split, day: date, currency: str) -> Sheet:
    """How each order did."""
    late = sum(one.late for one in split.outcomes)
    return Sheet(
        "report backtest",
        f"Foretelling who pays late from {day} on",
        _RESULTS,
        [(one.order, _decimals(one.auc, 3), _basis_points(one.coverage)) for one in results],
        notes=(
            f"{late} of {len(split.outcomes)} {currency} items dated from {day} on were late",
            f"{len(split.records)} accounts had a history before",
            "amount and age rank an item by its own, an account by what it was billed and its oldest open item",
        ),
        params={"split": day.isoformat(), "currency": currency, "items": len(split.outcomes), "late": late},
    )


def weights(fitted: Weights, in_force: Weights, day: date) -> Sheet:
    """Fitted weights beside those in force."""
    rows = [
        (f"risk.{name}_points", f"{one:.1f}", f"{now:.1f}", f"{usual:.1f}")
        for name, one, now, usual in zip(Weights._fields, fitted, in_force, risk.DEFAULTS, strict=True)
    ]
    note = "a measure that the history never showed keeps its default"
    return Sheet(
        "report fit",
        f"Weights fitted to what was known before {day}",
        _WEIGHTS,
        rows,
        notes=(note,),
        params={"split": day.isoformat()},
    )


def limited(account: Account, limit: Money, *, dry_run: bool) -> Done:
    """What the credit limit of an account was set to."""
    said = f"credit limit {limit}" if limit.minor else f"no credit limit in {limit.currency}"
    facts = (
        Fact("account", "Account", account.number),
        Fact("currency", "Currency", limit.currency),
        Fact("credit_limit", "Credit limit", limit.minor, "money", limit.currency),
    )
    return Done("account limit", [f"{account.number} {account.name}: {said}"], facts, dry_run)


def _sum(found: Sequence[Reason]) -> float:
    return round(sum(one.points for one in found), 1)


def _decimals(number: Fraction, places: int) -> str:
    """Half-even, as text."""
    scaled = round(number * 10**places)
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}"


def _basis_points(share: Fraction) -> int:
    return round(share * 10_000)
