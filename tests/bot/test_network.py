"""The way to Telegram: pauses are kept, whoever asks for them and whenever we are started."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from bot.network import Pausing, connect
from bot.playground import Answer, ApiError, Call, Playground, PlaygroundSession
from bot.settings import Settings
from models import Database
from tests.conftest import Clock


class TooMany:
    """Telegram says "too many requests", once."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.said = False

    async def before(self, call: Call) -> None:
        if not self.said and call.method == "sendmessage":
            self.said = True
            words = f"Too Many Requests: retry after {self.seconds}"
            raise ApiError(429, words, {"retry_after": self.seconds})

    async def after(self, call: Call, answer: Answer) -> None:
        pass


def _bot(playground: Playground, database: Database, clock: Clock) -> tuple[Bot, Pausing]:
    bot = Bot(playground.token, session=PlaygroundSession(playground))
    pausing = Pausing(database, clock)
    bot.session.middleware(pausing)
    return bot, pausing


async def _is_held(call: Any) -> bool:
    """Whether the call has not left after everything else has had its turn."""
    task = asyncio.ensure_future(call)
    for _ in range(50):
        await asyncio.sleep(0)
    held = not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return held


@pytest.fixture
def somebody(playground: Playground) -> int:
    person = playground.person("somebody")
    person.start()
    return person.id


async def test_after_too_many_requests_nothing_leaves_to_anybody_until_the_pause_is_over(
    playground: Playground, database: Database, clock: Clock, somebody: int
) -> None:
    playground.hook = TooMany(100)
    bot, _ = _bot(playground, database, clock)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(somebody, "hello")

    assert await _is_held(bot.send_message(somebody, "hello"))
    assert await _is_held(bot.get_my_commands())

    clock.passes(seconds=101)
    assert not await _is_held(bot.send_message(somebody, "hello"))


async def test_a_restart_does_not_forget_the_pause(
    playground: Playground, database: Database, clock: Clock, somebody: int
) -> None:
    playground.hook = TooMany(10_072)
    bot, _ = _bot(playground, database, clock)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(somebody, "hello")

    bot, pausing = _bot(playground, database, clock)
    await pausing.recall(bot)
    clock.passes(seconds=10_000)

    assert await _is_held(bot.send_message(somebody, "hello"))


async def test_updates_are_still_asked_for_during_a_pause(
    playground: Playground, database: Database, clock: Clock, somebody: int
) -> None:
    playground.hook = TooMany(100)
    bot, _ = _bot(playground, database, clock)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(somebody, "hello")

    assert not await _is_held(bot.get_updates())


async def test_when_the_bot_is_stopped_nothing_waits_for_the_end_of_the_pause(
    playground: Playground, database: Database, clock: Clock, somebody: int
) -> None:
    playground.hook = TooMany(100)
    bot, pausing = _bot(playground, database, clock)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(somebody, "hello")
    waiting = asyncio.ensure_future(bot.send_message(somebody, "hello"))
    await asyncio.sleep(0)

    pausing.stop()

    with pytest.raises(TelegramRetryAfter):
        await waiting


def test_a_self_hosted_server_is_asked_for_methods_and_files_over_http(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GREENBIN_API_BASE", "http://127.0.0.1:8081/")

    api = connect(Settings()).api

    assert api.api_url("1:x", "getMe") == "http://127.0.0.1:8081/bot1:x/getMe"
    assert api.file_url("1:x", "photo.jpg") == "http://127.0.0.1:8081/file/bot1:x/photo.jpg"
    assert not api.is_local


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "http://me:secret@127.0.0.1:3128"])
def test_a_proxy_is_used_whatever_its_kind(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("GREENBIN_PROXY", proxy)

    assert connect(Settings()).proxy == proxy
