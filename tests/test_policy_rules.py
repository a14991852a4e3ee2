"""What each rule says, case by case, in the structured form a compliance officer writes."""

from typing import Any

import pytest

from collect import policy

Row = tuple[str, str, dict[str, Any], list[dict[str, Any]]]


def call(at: str, **more: Any) -> dict[str, Any]:
    return {"at": at, "channel": "call", "debts": ["A"], **more}


def calls(month: str, *days: int, outcome: str = "no-answer", **more: Any) -> list[dict[str, Any]]:
    return [call(f"{month}-{day:02d}T10:00", outcome=outcome, **more) for day in days]


def mail(at: str, **more: Any) -> dict[str, Any]:
    return {"at": at, "channel": "email", "debts": ["A"], **more}


def text(at: str, **more: Any) -> dict[str, Any]:
    return {"at": at, "channel": "sms", "debts": ["A"], **more}


def ev(name: str, at: str, **more: Any) -> dict[str, Any]:
    return {"type": name, "at": at, **more}


def visit(at: str, **more: Any) -> dict[str, Any]:
    return {"at": at, "channel": "visit", **more}


def cash(at: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"type": "receipt", "mode": "cash", "payer": "P1", "at": at, "amount": amount, **more}


MORNINGS = {"type": "preference", "avoid": [{"from": "00:00", "to": "17:00", "days": "weekdays"}]}
EVENINGS = {"type": "preference", "only": {"from": "18:00", "to": "20:00"}}
SEVEN = calls("2026-04", 1, 2, 3, 4, 5, 6, 7)
STOPPED = {"at": "2026-05-04T10:00", "channel": "sms", "direction": "in", "type": "stop-medium", "medium": "sms"}
SENT = ev("validation-notice-sent", "2026-09-04")
DISPUTED = ev("dispute-written", "2026-10-14")
OVERDUE = ev("due", "2021-03-31")
PROMISED = {"type": "promise", "amount": "1000", "due": "2026-06-05"}

US: list[Row] = [
    ("US-REGF-6B1-TIME", "ALLOW", call("2026-04-01T20:59", tz="America/Chicago"), []),
    ("US-REGF-6B1-TIME", "BLOCK", mail("2026-04-01T22:00", tz="America/Chicago"), []),
    ("US-REGF-6B1-MULTITZ", "ALLOW", call("2026-04-01T11:00", zones=["America/New_York", "America/Los_Angeles"]), []),
    ("US-REGF-6B1-KNOWN", "BLOCK", mail("2026-04-01T13:00"), [MORNINGS]),
    ("US-REGF-6B1-KNOWN", "ALLOW", mail("2026-04-04T13:00"), [MORNINGS]),
    ("US-REGF-6B1-KNOWN", "BLOCK", call("2026-04-04T13:00", place="work"), [{"avoid": {"place": "work"}}]),
    ("US-REGF-6B1-REPLYONCE", "ALLOW", mail("2026-04-01T13:20"), [MORNINGS, mail("2026-04-01T13:00", direction="in")]),
    (
        "US-REGF-6B1-REPLYONCE",
        "BLOCK",
        mail("2026-04-01T13:40"),
        [MORNINGS, mail("2026-04-01T13:00", direction="in"), mail("2026-04-01T13:20")],
    ),
    ("US-REGF-14B2-7IN7", "BLOCK", call("2026-04-07T15:00"), SEVEN),
    ("US-REGF-14B2-7IN7", "REASON", call("2026-04-07T15:00", reason="consumer_request"), SEVEN),
    ("US-REGF-14B2-7IN7", "BLOCK", call("2026-04-07T15:00", reason="impatience"), SEVEN),
    ("US-REGF-14B2-7IN7", "ALLOW", call("2026-04-07T15:00", outcome="busy"), SEVEN),
    ("US-REGF-14B2-7IN7", "ALLOW", call("2026-04-07T15:00", debts=["B"]), SEVEN),
    (
        "US-REGF-14B2-7IN7",
        "BLOCK",
        call("2026-04-07T15:00", party="P1", number="2"),
        calls("2026-04", *[7] * 7, party="P1"),
    ),
    ("US-REGF-14B2-7IN7", "ALLOW", call("2026-04-07T15:00", party="P2"), calls("2026-04", *range(1, 8), party="P1")),
    ("US-REGF-14B2-7IN7", "ALLOW", call("2026-04-07T15:00", role="guarantor"), SEVEN),
    ("US-REGF-14B2-7IN7", "BLOCK", call("2026-04-07T15:00"), calls("2026-04", *[7] * 7, role="third-party")),
    ("US-REGF-14B2-7IN7", "ALLOW", call("2026-04-07T15:00"), calls("2026-04", *[7] * 7, direction="in")),
    ("US-REGF-14B2-7IN7", "ALLOW", text("2026-04-07T15:00"), SEVEN),
    ("US-REGF-14B2-CONV", "BLOCK", call("2026-04-07T10:00"), calls("2026-04", 1, outcome="promised")),
    ("US-REGF-14B2-CONV", "ALLOW", call("2026-04-08T00:00"), calls("2026-04", 1, outcome="promised")),
    ("US-REGF-14B2-CONV", "ALLOW", call("2026-04-02T10:00"), calls("2026-04", 1, outcome="spoke", role="attorney")),
    (
        "US-REGF-14B2-CONV",
        "ALLOW",
        call("2026-04-02T10:00", outcome="not_connected"),
        calls("2026-04", 1, outcome="spoke"),
    ),
    ("US-REGF-14B3-CONSENT", "ALLOW", call("2026-04-09T10:00"), [*SEVEN, ev("call-consent", "2026-04-03")]),
    ("US-REGF-14B2-7IN7", "ALLOW", call("2026-04-07T10:00"), [*SEVEN, ev("consent", "2026-04-03")]),
    (
        "US-REGF-14B2-7IN7",
        "BLOCK",
        call("2026-04-07T10:00"),
        [*SEVEN, ev("call-consent", "2026-04-03", revoked="2026-04-06")],
    ),
    (
        "US-REGF-14B2-CONV",
        "BLOCK",
        call("2026-04-10T10:00", consent_from="2026-04-03"),
        calls("2026-04", 5, outcome="spoke"),
    ),
    ("US-REGF-14B2-PATTERN", "WARN", call("2026-04-01T10:05"), calls("2026-04", 1)),
    ("US-REGF-14B2-PATTERN", "ALLOW", call("2026-04-01T10:06"), calls("2026-04", 1)),
    ("US-REGF-14B2-PATTERN", "ALLOW", call("2026-04-01T10:04", number="2"), calls("2026-04", 1, number="1")),
    ("US-REGF-14B2-PATTERN", "WARN", call("2026-04-01T15:00"), calls("2026-04", *[1] * 6, outcome="spoke")),
    ("US-REGF-14B2-PATTERN", "WARN", call("2026-04-08T10:00"), calls("2026-04", *[1] * 7)),
    ("US-REGF-14B2-PATTERN", "REASON", call("2026-04-20T10:04"), calls("2026-04", 1, 1, 20)),
    (
        "US-REGF-14A-GENERAL",
        "ALLOW",
        text("2026-04-03T19:00"),
        [text(f"2026-04-0{day}T10:00") for day in (1, 1, 1, 3, 3)],
    ),
    ("US-FDCPA-1692CC", "BLOCK", call("2026-05-06T10:00"), [ev("cease", "2026-05-04")]),
    ("US-FDCPA-1692CC", "ALLOW", call("2026-05-06T10:00", debts=["B"]), [ev("cease", "2026-05-04", debts="A")]),
    ("US-FDCPA-1692CC", "REASON", mail("2026-05-06T10:00", purpose="efforts_end"), [ev("cease", "2026-05-04")]),
    ("US-REGF-14H", "BLOCK", text("2026-05-20T10:00"), [STOPPED]),
    ("US-REGF-14H", "ALLOW", mail("2026-05-20T10:00"), [STOPPED]),
    ("US-REGF-14H2I", "ALLOW", text("2026-05-04T10:01", purpose="opt-out-confirmation"), [STOPPED]),
    ("US-REGF-14H", "ALLOW", text("2026-05-04T10:01", purpose="opt-out-confirmation"), [STOPPED]),
    ("US-REGF-14H2I", "BLOCK", text("2026-05-04T10:01", purpose="opt-out-confirmation", content=["debt"]), [STOPPED]),
    (
        "US-REGF-14H2I",
        "BLOCK",
        text("2026-05-04T10:02", purpose="opt-out-confirmation"),
        [STOPPED, text("2026-05-04T10:01", purpose="opt-out-confirmation")],
    ),
    ("US-REGF-14H2II", "ALLOW", text("2026-05-20T10:30"), [STOPPED, text("2026-05-20T10:00", direction="in")]),
    (
        "US-REGF-14H2II",
        "BLOCK",
        text("2026-05-20T11:00"),
        [STOPPED, text("2026-05-20T10:00", direction="in"), text("2026-05-20T10:30")],
    ),
    ("US-REGF-6E", "BLOCK", text("2026-05-20T10:00", content=["no-opt-out"]), []),
    ("US-REGF-6D4", "REASON", mail("2026-05-20T10:00"), []),
    ("US-REGF-6D4", "ALLOW", mail("2026-05-20T10:00"), [ev("email-consent", "2025-05-04")]),
    ("US-REGF-6D4", "ALLOW", mail("2026-05-20T10:00"), [ev("creditor-address-notice", "2026-04-15")]),
    ("US-REGF-6D4", "REASON", mail("2026-05-20T10:00"), [ev("creditor-address-notice", "2026-04-16")]),
    ("US-REGF-6D5", "ALLOW", text("2026-04-30T10:00"), [ev("sms-consent", "2026-03-01")]),
    ("US-REGF-6D5", "ALLOW", text("2026-04-30T10:00"), [text("2026-03-01T10:00", direction="in")]),
    (
        "US-REGF-6D5",
        "ALLOW",
        text("2026-06-01T10:00"),
        [ev("sms-consent", "2026-03-01"), ev("reassigned_number_check", "2026-05-01")],
    ),
    ("US-REGF-6B2", "ALLOW", call("2026-05-01T10:00", role="attorney"), [ev("attorney", "2026-04-20")]),
    (
        "US-REGF-6B2",
        "ALLOW",
        call("2026-05-01T10:00"),
        [ev("attorney", "2026-04-20"), ev("attorney-silent", "2026-05-01")],
    ),
    ("US-REGF-6B3", "BLOCK", call("2026-05-01T10:00", place="work"), [ev("employer-prohibits", "2026-04-20")]),
    ("US-REGF-6B3", "ALLOW", call("2026-05-01T10:00", place="home"), [ev("employer-prohibits", "2026-04-20")]),
    ("US-FDCPA-1692CB", "BLOCK", call("2026-05-01T10:00", role="neighbour"), []),
    ("US-FDCPA-1692CB", "ALLOW", call("2026-05-01T10:00", role="spouse"), []),
    ("US-FDCPA-1692CB", "ALLOW", call("2026-05-01T10:00", role="sister"), [ev("third-party-consent", "2026-04-01")]),
    ("US-FDCPA-1692B3", "ALLOW", call("2026-05-09T10:00", role="neighbour", purpose="location"), SEVEN),
    (
        "US-FDCPA-1692B3",
        "REASON",
        call("2026-05-09T10:00", role="neighbour", purpose="location", reason="asked"),
        [call("2026-05-01T10:00", role="neighbour", purpose="location")],
    ),
    ("US-FDCPA-1692B2", "BLOCK", call("2026-05-09T10:00", role="neighbour", purpose="location", content=["debt"]), []),
    ("US-REGF-26B", "ALLOW", call("2026-05-01T10:00"), [ev("time-barred", "2026-01-01")]),
    ("US-REGF-26B", "BLOCK", call("2026-05-01T10:00", content="legal-threat"), [ev("time-barred", "2026-01-01")]),
    ("US-REGF-38D2", "BLOCK", call("2026-10-20T10:00"), [SENT, DISPUTED]),
    ("US-REGF-38D2", "ALLOW", call("2026-10-20T10:00"), [SENT, DISPUTED, ev("verification-sent", "2026-10-19")]),
    ("US-REGF-38D2", "ALLOW", call("2026-10-20T10:00"), [SENT, {**DISPUTED, "at": "2026-10-15"}]),
    ("US-FDCPA-1692E8", "ALLOW", ev("dispute-written", "2026-10-14"), [SENT]),
    ("US-REGF-34A1", "ALLOW", {"type": "clock"}, [ev("initial-communication", "2026-09-01", validation_info=True)]),
    ("US-REGF-100A", "ALLOW", ev("purge-request", "2029-05-01"), [ev("last-collection-activity", "2026-05-01")]),
    (
        "US-FDCPA-1692F2",
        "ALLOW",
        {"type": "clock"},
        [{"type": "postdated-cheque", "taken": "2026-06-10", "dated": "2026-06-15"}],
    ),
]
INDIA: list[Row] = [
    ("IN-RBI22-HOURS", "ALLOW", call("2026-11-23T08:00"), []),
    ("IN-RBI22-HOURS", "ALLOW", call("2026-11-23T18:59"), []),
    ("IN-RBI22-HOURS", "BLOCK", visit("2026-11-23T07:59"), []),
    ("IN-RBI22-HOURS", "WARN", text("2026-11-23T21:00"), []),
    ("IN-RBI27-HOURS", "BLOCK", text("2027-01-01T07:59"), []),
    ("IN-RBI22-HARASS", "BLOCK", call("2026-11-23T12:00", role="referee"), []),
    ("IN-RBI27-PERSON", "ALLOW", call("2027-01-05T11:00", role="guarantor"), []),
    ("IN-RBI08", "ALLOW", call("2026-11-23T12:00"), [ev("grievance_lodged", "2026-11-20")]),
    ("IN-RBI27-OCC", "REASON", call("2027-01-05T11:00"), [{"type": "hold", "kind": "bereavement", "at": "2027-01-04"}]),
    ("POL-CAP", "REASON", call("2026-11-28T12:00"), calls("2026-11", *[23] * 7)),
]
MICROFINANCE: list[Row] = [
    ("IN-MFI-HOURS", "ALLOW", call("2026-11-23T09:00"), []),
    ("IN-MFI-HOURS", "BLOCK", call("2026-11-23T18:00"), []),
    ("IN-MFI-PLACE", "ALLOW", visit("2026-11-23T10:00", place="home"), []),
]
CASH: list[Row] = [
    ("IN-269ST", "ALLOW", cash("2026-11-23", "1,99,999.99"), []),
    ("IN-269ST", "BLOCK", cash("2026-11-23", "50000", bill="B2"), [cash("2026-11-23", "150000", bill="B1")]),
    ("IN-269ST", "ALLOW", cash("2026-11-24", "50000", bill="B2"), [cash("2026-11-23", "150000", bill="B1")]),
    ("IN-269ST", "BLOCK", cash("2026-11-24", "50000", bill="B1"), [cash("2026-11-23", "150000", bill="B1")]),
    ("IN-269ST", "ALLOW", cash("2026-11-23", "50000", payer="P2"), [cash("2026-11-23", "150000")]),
    ("IN-269ST", "ALLOW", cash("2026-11-23", "900000", mode="upi"), [cash("2026-11-23", "150000")]),
    ("IN-269ST", "ALLOW", cash("2026-11-23", "50000"), [cash("2026-11-23", "150000", mode="cheque")]),
    ("IN-269ST", "ALLOW", cash("2026-11-24", "150000", loan="L"), [cash("2026-11-23", "150000", loan="L")]),
    ("IN-269T", "WARN", cash("2026-03-31", "20000", loan="L", instalment=4), []),
    ("IN-269T", "ALLOW", cash("2026-03-31", "20000", bill="B1"), []),
]
CLASSES: list[Row] = [
    ("IN-IRAC-SMA", "STANDARD", ev("day-end", "2021-03-30"), [OVERDUE]),
    ("IN-IRAC-SMA", "SMA-0", ev("day-end", "2021-04-29"), [OVERDUE]),
    ("IN-IRAC-SMA", "STANDARD", ev("day-end", "2021-04-29", revolving=True), [OVERDUE]),
    ("IN-IRAC-SMA", "SMA-2", ev("day-end", "2021-05-30"), [OVERDUE]),
    ("IN-IRAC-SMA", "NPA", ev("day-end", "2021-06-29"), [OVERDUE]),
    ("IN-IRAC-SMA", "STANDARD", ev("day-end", "2021-06-29"), [{**OVERDUE, "paid_on": "2021-06-29"}]),
    ("IN-IRAC-SMA", "SMA-1", ev("day-end", "2021-12-31"), [ev("due", "2021-12-01")]),
]
PROMISES: list[Row] = [
    ("PTP-QUIET", "ALLOW", call("2026-06-04T10:00"), [PROMISED]),
    ("PTP-QUIET", "WARN", call("2026-06-04T18:00"), [PROMISED, call("2026-06-04T10:00")]),
    ("PTP-QUIET", "WARN", call("2026-06-05T10:00"), [PROMISED]),
    ("PTP-QUIET", "ALLOW", call("2026-06-06T10:00"), [PROMISED]),
    ("PTP-BROKEN", "ALLOW", ev("day-end", "2026-06-04"), [PROMISED]),
    ("PTP-BROKEN", "SCHEDULE", ev("day-end", "2026-06-09", paid="999.99"), [PROMISED]),
    ("PTP-BROKEN", "ALLOW", {"type": "day-end", "at": "2026-06-09", "paid": 1000}, [PROMISED]),
    ("HOLD-DNC", "BLOCK", mail("2026-06-06T10:00"), [ev("do-not-contact", "2026-06-01")]),
    ("HOLD-HARDSHIP", "REASON", call("2026-06-06T10:00"), [ev("hardship", "2026-06-01", end="2026-06-06")]),
    ("HOLD-HARDSHIP", "ALLOW", call("2026-06-07T10:00"), [ev("hardship", "2026-06-01", end="2026-06-06")]),
    ("POL-ROLE", "REASON", call("2026-06-07T10:00", role="uncle"), []),
]
BRITAIN: list[Row] = [
    ("UK-CONC-7.9-TIMES", "ALLOW", call("2026-06-10T18:30"), [EVENINGS]),
    ("UK-CONC-7.9-TIMES", "BLOCK", call("2026-06-10T20:00"), [EVENINGS]),
    ("UK-CONC-7.9-VISIT", "BLOCK", visit("2026-06-10T18:30"), []),
    ("UK-CONC-7.9-VISIT", "ALLOW", visit("2026-06-10T18:30"), [ev("visit-notice", "2026-06-01")]),
    ("UK-CONC-7.9-PRIV", "BLOCK", call("2026-06-10T18:30", role="employer"), []),
    ("POL-UK-HOURS", "BLOCK", call("2026-06-10T21:00"), []),
]
SPACE: list[Row] = [
    ("UK-DRS-60", "BLOCK", call("2026-07-31T23:59"), [ev("moratorium", "2026-06-01")]),
    ("UK-DRS-60", "ALLOW", call("2026-08-01T00:00"), [ev("moratorium", "2026-06-01")]),
    ("UK-DRS-60", "ALLOW", call("2026-07-01T10:00"), [ev("moratorium", "2026-06-01", end="2026-06-30")]),
    ("UK-DRS-60", "ALLOW", call("2026-06-02T10:00", purpose="duty"), [ev("moratorium", "2026-06-01")]),
    ("UK-DRS-60", "BLOCK", call("2027-06-02T10:00"), [ev("moratorium_start", "2026-06-01", kind="mental_health")]),
    ("UK-DRS-60", "BLOCK", call("2026-09-30T10:00"), [ev("crisis", "2026-06-01"), ev("treatment-end", "2026-08-31")]),
    ("UK-DRS-60", "ALLOW", call("2026-10-01T10:00"), [ev("crisis", "2026-06-01"), ev("treatment-end", "2026-08-31")]),
]
AUSTRALIA: list[Row] = [
    ("AU-RG96-HOURS", "BLOCK", call("2026-06-13T08:59"), []),
    ("AU-RG96-HOURS", "ALLOW", call("2026-06-13T09:00"), []),
    ("AU-RG96-HOURS", "BLOCK", call("2026-04-03T11:00"), []),
    ("AU-RG96-WORK", "BLOCK", call("2026-06-12T17:00", place="work"), []),
    ("AU-RG96-WORK", "ALLOW", call("2026-06-12T17:00"), []),
    ("AU-RG96-FREQ", "BLOCK", call("2026-06-14T10:00"), calls("2026-06", 8, 9, 10, outcome="spoke")),
    ("AU-RG96-FREQ", "ALLOW", call("2026-06-15T10:00"), calls("2026-06", 8, 9, 10, outcome="spoke")),
    ("AU-RG96-FREQ", "BLOCK", call("2026-06-30T10:00"), calls("2026-06", *range(1, 29, 3), outcome="spoke")),
    (
        "AU-RG96-VISITS",
        "BLOCK",
        visit("2026-06-30T10:00"),
        [{"at": "2026-06-01T10:00", "channel": "visit", "outcome": "met"}],
    ),
]
OTHER: list[Row] = [
    ("IN-COMPROMISE", "ALLOW", {"type": "settlement-approve", "level": 4}, [{"type": "loan-sanctioned", "level": 3}]),
    ("IN-COMPROMISE", "ALLOW", {"type": "settlement-offer", "final_payment_days": 90}, []),
]
TABLES = {
    "us-fdcpa": ("America/Chicago", US),
    "in-rbi-2022": ("Asia/Kolkata", INDIA),
    "in-mfi": ("Asia/Kolkata", MICROFINANCE),
    "in-cash": ("Asia/Kolkata", CASH),
    "in-irac": ("Asia/Kolkata", CLASSES),
    "in-settlement": ("Asia/Kolkata", OTHER),
    "policy": ("Asia/Kolkata", PROMISES),
    "uk-conc": ("Europe/London", BRITAIN),
    "uk-breathing": ("Europe/London", SPACE),
    "au-rg96": ("Australia/Sydney", AUSTRALIA),
}


@pytest.mark.parametrize("preset", TABLES)
def test_our_own_cases(preset: str) -> None:
    zone, rows = TABLES[preset]
    cases = [
        {"id": str(line), "preset": preset, "rule": rule, "expect": expect, "candidate": candidate, "log": log}
        for line, (rule, expect, candidate, log) in enumerate(rows)
    ]
    wrong = [(rows[int(result.case)], result) for result in policy.run_cases(cases, zone) if not result.ok]
    assert wrong == []
