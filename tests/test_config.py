"""Settings: every default is one that may be set, and nothing else may."""

import pytest

from collect import config
from collect.errors import NotFound, WrongUsage


@pytest.mark.parametrize("key", config.SETTINGS)
def test_a_default_is_a_value_the_setting_takes(key: str) -> None:
    default = config.SETTINGS[key].default
    if key != "book.zone":  # empty means the home of the currency
        assert config.checked(key, default) == default
    assert config.SETTINGS[key].help


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("book.currency", " usd ", "USD"),
        ("book.zone", "Europe/London", "Europe/London"),
        ("aging.buckets", "15, 30 ,45", "15,30,45"),
        ("aging.by_date", "document", "document"),
        ("dates.order", "dmy", "dmy"),
        ("queue.limit", "40", "40"),
        ("queue.age_points", "-2.5", "-2.5"),
        ("book.name", "Sharma & Sons", "Sharma & Sons"),
    ],
)
def test_a_value_is_kept_in_one_form(key: str, value: str, kept: str) -> None:
    assert config.checked(key, value) == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("book.currency", "rupees"),
        ("book.zone", "Mars/Olympus"),
        ("book.zone", "../../etc/passwd"),
        ("aging.buckets", "60,30"),
        ("aging.buckets", "0,30"),
        ("aging.buckets", ""),
        ("aging.buckets", "30,30"),
        ("aging.by_date", "moon"),
        ("dates.order", "ymd"),
        ("queue.limit", "-1"),
        ("queue.limit", "many"),
        ("queue.age_points", "ten"),
        ("queue.age_points", "NaN"),
        ("queue.age_points", "1e9"),
    ],
)
def test_a_value_it_cannot_have_is_refused_with_what_to_use(key: str, value: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        config.checked(key, value)
    assert caught.value.hint


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        config.setting("aging.bucket")
    assert str(caught.value.hint).startswith("did you mean: aging.buckets")
    with pytest.raises(NotFound) as caught:
        config.setting("zzz")
    assert caught.value.hint == "see 'collect config show'"


def test_a_book_lives_where_its_currency_does() -> None:
    assert config.home_zone("INR") == "Asia/Kolkata"
    assert config.home_zone("XAF") == "UTC"
