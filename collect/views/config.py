"""Settings as a sheet."""

from collections.abc import Mapping

from collect.config import SETTINGS
from collect.views.sheet import Column, Done, Fact, Sheet


def settings(kept: Mapping[str, str]) -> Sheet:
    """Every setting with its value, whether it is the default, and its meaning."""
    columns = (
        Column("key", "Setting"),
        Column("value", "Value"),
        Column("default", "Default", rank=2),
        Column("help", "What it is", rank=1),
    )
    rows = [(key, kept.get(key, one.default), one.default, one.help) for key, one in SETTINGS.items()]
    return Sheet("config", "Settings", columns, rows)


def changed(key: str, before: str, value: str, *, dry_run: bool) -> Done:
    """What was set."""
    facts = (Fact("key", "Setting", key), Fact("value", "Value", value), Fact("before", "Before", before))
    return Done("config set", [f"{key} is now {value or 'empty'}, was {before or 'empty'}"], facts, dry_run)
