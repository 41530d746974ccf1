"""Settings: from the environment or `.env`; a wrong one is said in one clear line."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import console
from bot.settings import Settings, unknown_names

TOKEN = "123456:ABC-def_ghi"


def _complaints(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[str]:
    for name, value in values.items():
        monkeypatch.setenv(f"GREENBIN_{name}", value)
    with pytest.raises(ValidationError) as raised:
        Settings()
    return console.wrong_settings(raised.value)


def test_without_any_setting_it_is_the_four_way_scheme_in_chinese() -> None:
    settings = Settings()

    assert (settings.scheme, settings.language) == ("four_way", "zh")
    assert str(settings.zone) == "Asia/Shanghai"
    assert settings.token is None
    assert settings.database(playground=True) == "sqlite+aiosqlite:///var/playground.db"
    assert settings.database() == "sqlite+aiosqlite:///var/greenbin.db"


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("12345678", {12345678}), ("1, 2,3", {1, 2, 3}), ("1，2", {1, 2}), ("", set()), ("7,", {7})],
)
def test_admins_are_ids_with_commas_and_one_is_fine(
    monkeypatch: pytest.MonkeyPatch, typed: str, ids: set[int]
) -> None:
    monkeypatch.setenv("GREENBIN_ADMINS", typed)

    assert Settings().admins == ids


def test_a_file_beside_it_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"GREENBIN_TOKEN={TOKEN}\nGREENBIN_LANGUAGE=en\nOTHER=1\n")
    monkeypatch.setenv("GREENBIN_LANGUAGE", "zh")

    settings = Settings()

    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.language == "zh"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "not-a-token"),
        ("API_BASE", "api.telegram.org"),
        ("PROXY", "socks5://no-port"),
        ("PROXY", "ftp://127.0.0.1:21"),
        ("DATABASE_URL", "mysql://127.0.0.1/greenbin"),
        ("DATABASE_URL", "no//database"),
        ("ADMINS", "@somebody"),
        ("ADMINS", "1;2"),
        ("SCHEME", "five_way"),
        ("LANGUAGE", "tlh"),
        ("TIMEZONE", "Asia/Nowhere"),
        ("PORT", "http"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_name_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    (line,) = _complaints(monkeypatch, **{name: value})

    assert line.startswith(f"GREENBIN_{name}: ")
    assert len(line) > len(f"GREENBIN_{name}: ") + 10
    assert "\n" not in line
    assert value not in line


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _complaints(monkeypatch, TOKEN="x", SCHEME="y")

    assert len(lines) == 2


def test_a_misspelt_name_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENBIN_TOKN", TOKEN)
    monkeypatch.setenv("GREENBIN_SCHEME", "dry_wet")

    assert unknown_names() == ["GREENBIN_TOKN"]


def test_secrets_are_known_to_be_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENBIN_TOKEN", TOKEN)
    monkeypatch.setenv("GREENBIN_PROXY", "socks5://me:secret@127.0.0.1:1080")

    settings = Settings()

    assert {TOKEN, "ABC-def_ghi", "socks5://me:secret@127.0.0.1:1080"} <= set(settings.secrets())
    assert "ABC" not in repr(settings)
    assert "secret@" not in repr(settings)


@pytest.mark.parametrize(("name", "value"), [("RATE", "0"), ("RATE", "1001"), ("IN_FLIGHT", "0")])
def test_a_pace_that_cannot_be_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"GREENBIN_{name}", value)

    with pytest.raises(ValidationError, match="1"):
        Settings()
