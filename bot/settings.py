"""What differs between deployments, read once from the environment or `.env`, then frozen."""

import os
import re
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from handlers.texts import LANGUAGES
from knowledge.schemes import scheme_keys
from models.database import BadDatabaseUrl, password_in

TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,100}")
"""What BotFather hands out: the bot's id, a colon, and the secret."""

VAR = Path("var")
"""Where everything is kept that nobody named a place for."""


class Settings(BaseSettings):
    """One field, one environment variable with the prefix `GREENBIN_`."""

    model_config = SettingsConfigDict(
        env_prefix="GREENBIN_", env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    token: SecretStr | None = None
    """The bot's token; without one the playground is opened."""
    api_base: str = "https://api.telegram.org"
    """Where the Bot API is; a self-hosted server hands its files out over HTTP, too."""
    proxy: SecretStr | None = None
    """http://, socks4:// or socks5://, with user and password if need be (so it is a secret)."""
    database_url: SecretStr | None = None
    """A SQLAlchemy URL; None for SQLite under `var/`."""
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    """Telegram ids of those who run the deployment."""
    scheme: str = "four_way"
    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    port: int = Field(default=8080, ge=1, le=65535)
    """Where the playground is opened, or the next free one."""
    rate: int = Field(default=25, ge=1, le=1000)
    """How many notices leave a second; Telegram allows about 30, more is paid for."""
    paid: bool = False
    """Whether notices are paid for with Stars, so that Telegram allows up to 1,000 a second."""
    in_flight: int = Field(default=5, ge=1, le=1000)
    """How many notices are on their way at once: as many may a crash leave unknown."""

    second_above: int = Field(default=500, ge=0, le=10_000_000)
    """A broadcast to more people than this needs a second person's yes."""

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not TOKEN.fullmatch(token.get_secret_value()):
            msg = "this is not a bot token; it looks like 123456:ABC-DEF and comes from @BotFather"
            raise ValueError(msg)
        return token

    @field_validator("api_base")
    @classmethod
    def _is_an_address(cls, api_base: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", api_base):
            msg = "it must be an address such as http://127.0.0.1:8081"
            raise ValueError(msg)
        return api_base.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _is_a_proxy(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy and not re.fullmatch(
            r"(https?|socks4|socks5)://[^\s/]+:\d+/?", proxy.get_secret_value()
        ):
            msg = "it must be an address with a port, such as socks5://127.0.0.1:1080"
            raise ValueError(msg)
        return proxy

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, database_url: SecretStr | None) -> SecretStr | None:
        if database_url:
            try:
                password_in(database_url.get_secret_value())
            except BadDatabaseUrl:
                msg = (
                    "it must be sqlite+aiosqlite:///FILE or "
                    "postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE"
                )
                raise ValueError(msg) from None
        return database_url

    @field_validator("admins", mode="before")
    @classmethod
    def _are_ids(cls, admins: Any) -> Any:
        if isinstance(admins, (str, int)):
            parts = [part.strip() for part in str(admins).replace("，", ",").split(",")]
            parts = [part for part in parts if part]
            if not all(re.fullmatch(r"[1-9][0-9]{0,15}", part) for part in parts):
                msg = "they must be Telegram ids, such as 12345678 or 12345678,87654321"
                raise ValueError(msg)
            return frozenset(int(part) for part in parts)
        return admins

    @field_validator("scheme")
    @classmethod
    def _is_a_scheme(cls, scheme: str) -> str:
        return _one_of(scheme, scheme_keys())

    @field_validator("language")
    @classmethod
    def _is_a_language(cls, language: str) -> str:
        return _one_of(language, LANGUAGES)

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, timezone: str) -> str:
        if timezone not in available_timezones():
            msg = "it must be a time zone's name, such as Asia/Shanghai"
            raise ValueError(msg)
        return timezone

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def database(self, *, playground: bool = False) -> str:
        """The database's URL. What is played is kept apart from what is real."""
        if self.database_url:
            return self.database_url.get_secret_value()
        file = "playground.db" if playground else "greenbin.db"
        return f"sqlite+aiosqlite:///{VAR / file}"

    def secrets(self) -> tuple[str, ...]:
        """What may stand in no log, error or address shown to anyone."""
        hidden = [secret.get_secret_value() for secret in (self.token, self.proxy) if secret]
        if self.token:
            hidden.append(self.token.get_secret_value().partition(":")[2])
        if self.database_url:
            hidden.append(password_in(self.database_url.get_secret_value()))
        return tuple(secret for secret in hidden if secret)


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        msg = f"it must be one of {', '.join(known)}"
        raise ValueError(msg)
    return value


def unknown_names() -> list[str]:
    """Variables of the environment that look like settings of ours and are none."""
    prefix = "GREENBIN_"
    known = {prefix + name.upper() for name in Settings.model_fields}
    mine = {name for name in os.environ if name.startswith(prefix)}
    return sorted(mine - known - {"GREENBIN_TEST_POSTGRES"})
