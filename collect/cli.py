"""The contents page: every command with its module and its one line of help, and the way in and out of the program.

Nothing here is imported but what takes no time: Typer comes in `run`, a command's module when that command runs.
"""

import gc
import os
import sys
from typing import NoReturn

HELP = "Age what is owed, work the queue, keep the record."

# Section -> command -> (where its function is, its one line).
SECTIONS = {
    "Every day": {
        "queue": ("collect.commands.queue:queue", "whom to work next, and why"),
        "brief": ("collect.commands.brief:brief", "the morning on one page: yesterday, today, the queue"),
        "show": ("collect.commands.account:show", "one account on one page"),
        "find": ("collect.commands.account:find", "accounts and items by any part of a name or number"),
        "why": ("collect.commands.queue:why", "how an account comes to its place in the queue"),
        "pay": ("collect.commands.pay:pay", "take a payment and give its receipt"),
        "log": ("collect.commands.log:log", "a call, message or visit, and what came of it"),
        "can": ("collect.commands.can:can", "may this debtor be contacted now, and if not, when"),
        "aging": ("collect.commands.aging:aging", "what is owed, by how long it is overdue"),
    },
    "Ledger": {
        "import ledger": ("collect.commands.imports:ledger", "take in an ageing sheet or an item list"),
        "import payments": ("collect.commands.payment_lines:import_", "take in a bank statement or a list of receipts"),
        "import accounts": (
            "collect.commands.import_accounts:accounts",
            "take in a list of customers and how to reach them",
        ),
        "import profiles": ("collect.commands.import_accounts:profiles", "the layouts that are remembered"),
        "account list": ("collect.commands.account:list_", "all accounts with what they owe"),
        "account show": ("collect.commands.account:show", "one account, its items and credits"),
        "account add": ("collect.commands.account:add", "a debtor by hand"),
        "account set": ("collect.commands.account:set_", "change name, phone, agent or terms"),
        "account limit": ("collect.commands.limit:limit", "how much credit an account has"),
        "account hold": ("collect.commands.hold:hold", "stop contact: cease, attorney, moratorium and the like"),
        "account release": ("collect.commands.hold:release", "end a hold"),
        "account event": ("collect.commands.hold:event", "what a rule asks to have on record"),
        "account reconcile": (
            "collect.commands.reconcile:reconcile",
            "our balance beside the ledger's, and why they differ",
        ),
        "item list": ("collect.commands.item:list_", "open items, or those of one account"),
        "item show": ("collect.commands.item:show", "one item and every posting on it"),
        "item add": ("collect.commands.item:add", "an invoice or charge by hand"),
        "item credit": ("collect.commands.item:credit", "a credit note on an item"),
        "item write-off": ("collect.commands.item:write_off", "give an item, or a part of it, up"),
    },
    "Money in": {
        "payment list": ("collect.commands.payment:list_", "receipts by number"),
        "payment show": ("collect.commands.payment:show", "one receipt and everything posted with it"),
        "payment receipt": ("collect.commands.payment:receipt", "print a receipt again, as a copy"),
        "payment allocate": ("collect.commands.payment:allocate", "move what a receipt or credit note pays"),
        "payment reverse": ("collect.commands.payment:reverse", "take a receipt back: bounced, or a mistake"),
        "payment deposit": ("collect.commands.payment:deposit", "cash and cheques brought to the bank"),
        "payment clear": ("collect.commands.payment:clear", "deposits that the bank has credited"),
        "payment cash": ("collect.commands.payment:cash", "cash in hand, by agent"),
        "payment certificate": ("collect.commands.payment:certificate", "a certificate of TDS that has come"),
        "payment certificates": ("collect.commands.payment:certificates", "certificates of TDS still to come"),
        "payment unmatched": ("collect.commands.payment_lines:unmatched", "payments whose account is not certain"),
        "payment match": ("collect.commands.payment_lines:match", "decide whose payment a line is"),
        "cheque add": ("collect.commands.cheque:add", "keep a post-dated cheque until its day"),
        "cheque list": ("collect.commands.cheque:list_", "cheques in the drawer, by their day"),
        "cheque present": ("collect.commands.cheque:present", "present a cheque: it becomes a receipt"),
        "cheque return": ("collect.commands.cheque:return_", "give a cheque back"),
    },
    "Plans": {
        "plan propose": ("collect.commands.plans:propose", "work a payment plan out; nothing is written"),
        "plan agree": ("collect.commands.plans:agree", "a debt over dated instalments"),
        "plan settle": ("collect.commands.plans:settle", "less than the debt, by a day, once it is approved"),
        "plan approve": ("collect.commands.plansheet:approve", "approve a settlement that somebody else asked for"),
        "plan show": ("collect.commands.plansheet:show", "one plan: paid, late, next; for a calendar, to hand over"),
        "plan list": ("collect.commands.plansheet:list_", "plans that hold, are late, due or broken"),
        "plan cancel": ("collect.commands.plansheet:cancel", "end a plan or settlement"),
    },
    "Disputes": {
        "dispute open": ("collect.commands.dispute:open_", "what a debtor contests: it is not chased"),
        "dispute list": ("collect.commands.dispute:list_", "open disputes, those past their day first"),
        "dispute resolve": ("collect.commands.dispute:resolve", "uphold, reject or split: ends a dispute"),
    },
    "Stages": {
        "stage list": ("collect.commands.stage:list_", "where overdue accounts stand, and which step is due"),
        "stage move": ("collect.commands.stage:move", "up the ladder one step, or down, with the reason"),
        "stage hand-over": ("collect.commands.handover:hand_over", "all that is known of an account, in a folder"),
    },
    "Reports": {
        "report risk": ("collect.commands.report:risk_", "who is likely to pay late, and why"),
        "report clocks": ("collect.commands.clock:clocks", "last days that the law sets: cheques, old debts"),
        "report interest": ("collect.commands.clock:interest", "what the law adds to debts that are late"),
        "report classes": ("collect.commands.clock:classes", "the regulator's class of each loan, SMA-0 to NPA"),
        "report backtest": ("collect.commands.report:backtest", "how well the risk score would have foretold"),
        "report fit": ("collect.commands.report:fit", "weights of the risk score fitted to history"),
    },
    "Contacts": {
        "contact list": ("collect.commands.contact:list_", "the record of contacts, as evidence"),
        "contact show": ("collect.commands.contact:show", "one contact with all that is known of it"),
        "promise list": ("collect.commands.promise:list_", "promises to pay and what became of them"),
        "promise withdraw": ("collect.commands.promise:withdraw", "end a promise before its day"),
        "reach list": ("collect.commands.reach:list_", "telephone numbers, e-mails and addresses"),
        "reach add": ("collect.commands.reach:add", "a new way to reach someone"),
        "reach mark": ("collect.commands.reach:mark", "right, wrong, dead; consent given or withdrawn"),
        "reach trace": ("collect.commands.reach:trace", "one step of the search for a debtor"),
        "reach trail": ("collect.commands.reach:trail", "who was asked what in a search, and when"),
        "person list": ("collect.commands.person:list_", "guarantors, spouses, attorneys of an account"),
        "person add": ("collect.commands.person:add", "somebody with a role on an account"),
    },
    "Rules": {
        "policy list": ("collect.commands.policy:list_", "the bodies of conduct rules there are"),
        "policy show": ("collect.commands.policy:show", "every rule with its citation and basis"),
        "policy use": ("collect.commands.policy:use", "choose the rules, their scope and own caps"),
        "policy breaches": ("collect.commands.policy:breaches", "contacts that went against a rule, and why"),
        "policy test": ("collect.commands.policy:test", "run a file of cases against the rules"),
    },
    "Book": {
        "book init": ("collect.commands.book:init", "make a new book"),
        "book info": ("collect.commands.book:info", "where it is, what is in it, how it is kept"),
        "book check": ("collect.commands.book:check", "recompute everything and compare"),
        "book audit": ("collect.commands.book:audit", "who changed what, when and why"),
        "book backup": ("collect.commands.book:backup", "a copy of it, proved"),
        "book restore": ("collect.commands.book:restore", "put a backup in its place"),
        "config show": ("collect.commands.config:show", "every setting with its default"),
        "config set": ("collect.commands.config:set_", "change a setting of the book"),
        "demo": ("collect.commands.demo:demo", "a book of invented debtors, and its morning"),
    },
}

GROUPS = {
    "import": "take in files",
    "account": "who owes",
    "item": "what is owed",
    "payment": "money that came in",
    "cheque": "post-dated cheques",
    "dispute": "what is contested",
    "stage": "the ladder from a reminder to court",
    "report": "reports on the whole book",
    "plan": "what was agreed to be paid",
    "contact": "who was contacted how, and what came of it",
    "promise": "promises to pay",
    "reach": "ways to reach someone",
    "person": "people around an account",
    "policy": "conduct rules",
    "book": "the file everything is kept in",
    "config": "settings of the book",
}

EXAMPLES = (
    "collect import ledger outstanding.xlsx",
    "collect aging --as-of 2026-03-31 --output aged.xlsx",
    "collect queue --limit 10",
)


def main() -> NoReturn:
    """Run what was typed, as a program of its own: `collect ...`."""
    gc.disable()  # a command ends before the garbage of its start-up is worth collecting
    _end_by_exception()
    _leave(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; never raises."""
    os.umask(0o077)
    from collect.lazy import Contents

    return Contents(SECTIONS, GROUPS, HELP, EXAMPLES).run(arguments)


def _end_by_exception() -> None:
    """Let a signal end a command as an error does: a change under way is rolled back, the book is closed."""
    import signal

    from collect.boundary import Interrupted

    def interrupt(number: int, _frame: object) -> NoReturn:
        raise Interrupted(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP: so do we
            signal.signal(number, interrupt)


def _leave(code: int) -> NoReturn:
    """End the process at once: output is flushed and the book closed, so that nothing is left to tidy up.

    Saves a fifth of a short command's time. Not where somebody watches (coverage, a debugger) or a thread is left.
    """
    import threading

    if sys.gettrace() is None and "coverage" not in sys.modules and threading.active_count() == 1:
        os._exit(code)
    sys.exit(code)
