"""What is remembered of a layout: what the user said about a file, used again when one with the same headers comes."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from collect import intake
from collect.errors import InputRefused, WrongUsage
from collect.grids import Layout, Options, Tops

Finder = Callable[[Tops, Options], list[Layout]]

_KEPT = ("dates", "decimal", "currency", "credit_days", "layout")
_FLAGS = {"credit_days": "--credit-days"}


class Profile(NamedTuple):
    """A layout the book has met: its name, the mark of its headers, what each field was, what the user said."""

    id: int
    name: str
    fingerprint: str
    mapping: Mapping[str, str]
    """Field -> header, as last read."""
    options: Mapping[str, Any]
    """What the user said, by the names of `Options`; empty where the file needed nothing."""
    file: str = ""
    """The last file that was read by it."""
    used_at: str = ""
    """Instant of that, UTC text."""


class Fit(NamedTuple):
    """How a file is to be read: the options, the layouts they find, and the profile that completed them, if any."""

    options: Options
    layouts: list[Layout]
    profile: Profile | None


def said(options: Options) -> dict[str, Any]:
    """What is worth remembering of the options."""
    found = {key: value for key in _KEPT if (value := getattr(options, key)) not in {"", None}}
    return {**found, "mapping": dict(options.mapping)} if options.mapping else found


def merged(given: Options, kept: Mapping[str, Any]) -> Options:
    """The options completed by what is remembered; what the user says now stands over it."""
    missing = {key: kept[key] for key in _KEPT if key in kept and getattr(given, key) in {"", None}}
    return replace(given, mapping={**kept.get("mapping", {}), **given.mapping}, **missing)


def fit(profiles: Iterable[Profile], tops: Tops, given: Options, find: Finder = intake.find_layouts) -> Fit:
    """How to read a file, by the first profile with options whose headers are in it, else as given.

    Raises InputRefused and WrongUsage as `find` does, which looks for the layouts.
    """
    for profile in profiles:
        if not profile.options:
            continue
        options = merged(given, profile.options)
        try:
            layouts = find(tops, options)
        except (InputRefused, WrongUsage):
            continue
        if layouts[0].fingerprint == profile.fingerprint:
            return Fit(options, layouts, profile if options != given else None)
    return Fit(given, find(tops, given), None)


def flags(options: Mapping[str, Any]) -> str:
    """What is remembered, as it would be typed: `--dates dmy --map due_on="Due on"`."""
    plain = [f"{_FLAGS.get(key, f'--{key}')} {value}" for key, value in options.items() if key != "mapping"]
    maps = [f"--map {field}={json.dumps(header, ensure_ascii=False)}" for field, header in _maps(options)]
    return " ".join([*plain, *maps])


def _maps(options: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    mapping: Mapping[str, str] = options.get("mapping", {})
    return mapping.items()
