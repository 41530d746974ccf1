"""The playground hands out updates as Telegram does: confirming, forgetting, expiring."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramRetryAfter
from aiogram.types import Update

from bot.playground import (
    Answer,
    ApiError,
    Call,
    ConnectionLost,
    Person,
    Playground,
    PlaygroundSession,
    updates,
)
from tests.conftest import Clock


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    return playground.person("Mei")


def texts(found: list[Update]) -> list[str | None]:
    return [update.message.text for update in found if update.message]


async def test_ids_grow_and_the_next_offset_confirms(bot: Bot, mei: Person) -> None:
    for text in ("一", "二", "三"):
        mei.say(text)
    found = await bot.get_updates()
    assert texts(found) == ["一", "二", "三"]
    first = found[0].update_id
    assert [update.update_id for update in found] == [first, first + 1, first + 2]

    assert texts(await bot.get_updates(offset=first + 1)) == ["二", "三"]
    assert texts(await bot.get_updates(offset=first + 3)) == []
    assert texts(await bot.get_updates(offset=first)) == []


async def test_what_was_not_confirmed_comes_again(bot: Bot, mei: Person, clock: Clock) -> None:
    mei.say("一")
    mei.say("二")
    for _ in range(3):
        assert texts(await bot.get_updates()) == ["一", "二"]
        clock.passes(seconds=1)


async def test_asking_again_at_once_gives_only_one(bot: Bot, mei: Person, clock: Clock) -> None:
    mei.say("一")
    mei.say("二")
    await bot.get_updates()

    assert texts(await bot.get_updates()) == ["一"]
    clock.passes(seconds=0.5)
    assert texts(await bot.get_updates()) == ["一", "二"]


async def test_a_negative_offset_forgets_all_before(bot: Bot, mei: Person) -> None:
    for text in ("一", "二", "三"):
        mei.say(text)

    assert texts(await bot.get_updates(offset=-2)) == ["二", "三"]
    assert texts(await bot.get_updates()) == ["二", "三"]


async def test_an_offset_far_ahead_forgets_nothing(bot: Bot, mei: Person) -> None:
    mei.say("一")
    (update,) = await bot.get_updates()

    assert texts(await bot.get_updates(offset=update.update_id + 1000)) == ["一"]


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (0, 1), (100, 100), (1000, 100), (-5, 1)])
async def test_the_limit_is_kept_inside_its_bounds(
    bot: Bot, mei: Person, limit: int, count: int
) -> None:
    for number in range(101):
        mei.say(str(number))
    assert len(await bot.get_updates(limit=limit, offset=-200)) == count


async def test_updates_are_kept_for_a_day(bot: Bot, mei: Person, clock: Clock) -> None:
    mei.say("一")
    clock.passes(hours=23, minutes=59)
    mei.say("二")
    assert texts(await bot.get_updates()) == ["一", "二"]

    clock.passes(minutes=1)
    assert texts(await bot.get_updates()) == ["二"]


async def test_presses_and_searches_are_kept_shorter(bot: Bot, mei: Person, clock: Clock) -> None:
    mei.press(mei.say("一"), "x")
    mei.search("电池")
    assert len(await bot.get_updates()) == 3

    clock.passes(seconds=30)
    assert [update.inline_query for update in await bot.get_updates()] == [None, None]
    clock.passes(seconds=120)
    assert [update.callback_query for update in await bot.get_updates()] == [None]


async def test_the_queue_has_an_end(
    bot: Bot, mei: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert updates.MAX_UPDATES == 100_000
    monkeypatch.setattr(updates, "MAX_UPDATES", 2)
    for text in ("一", "二", "三"):
        mei.say(text)

    assert texts(await bot.get_updates()) == ["一", "二"]


async def test_only_wanted_kinds_are_kept(bot: Bot, mei: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    said = mei.say("一")
    mei.press(said, "x")
    assert [update.event_type for update in await bot.get_updates()] == ["callback_query"]

    mei.say("二")
    assert (await bot.get_webhook_info()).allowed_updates == ["callback_query"]
    await bot.get_updates(offset=-1, allowed_updates=[])
    mei.say("三")
    assert texts(await bot.get_updates()) == ["三"]


async def test_a_waiting_request_ends_with_the_next_message(bot: Bot, mei: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    assert not polling.done()

    mei.say("一")
    assert texts(await polling) == ["一"]


async def test_waiting_ends_after_the_timeout(
    bot: Bot, playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert updates.LONGEST_POLL_SECONDS == 50
    monkeypatch.setattr(updates, "LONGEST_POLL_SECONDS", 0.001)

    assert await bot.get_updates(timeout=3600) == []
    assert playground.world.updates.is_fetched()


async def test_a_second_poller_ends_the_first(bot: Bot, mei: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    second = asyncio.create_task(bot.get_updates(timeout=50, offset=1))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first

    mei.say("一")
    assert texts(await second) == ["一"]


async def test_a_webhook_and_polling_exclude_each_other(bot: Bot, mei: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    assert await bot.set_webhook("https://bot.example.cn/hook", secret_token="s_1-A")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await polling
    mei.say("一")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://bot.example.cn/hook", 1)

    assert await bot.delete_webhook()
    assert texts(await bot.get_updates()) == ["一"]
    assert (await bot.get_webhook_info()).url == ""


async def test_pending_updates_are_dropped_on_demand(bot: Bot, mei: Person) -> None:
    mei.say("一")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"url": "http://a.cn"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://a.cn", "secret_token": "s" * 257}, "secret token is too long"),
        (
            {"url": "https://a.cn", "secret_token": "秘密"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_webhooks_that_telegram_refuses(
    bot: Bot, parameters: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(TelegramAPIError, match=complaint):
        await bot.set_webhook(**parameters)


async def test_wrong_tokens_and_methods(playground: Playground) -> None:
    async def refusal(token: str, method: str) -> tuple[int, str]:
        with pytest.raises(ApiError) as caught:
            await playground.call(token, method, {})
        return caught.value.code, caught.value.description

    assert await refusal("4242424242:another", "getMe") == (401, "Unauthorized")
    assert await refusal("nonsense", "getMe") == (404, "Not Found")
    assert await refusal(playground.token, "getMoon") == (404, "Not Found: method not found")
    assert (await playground.call(playground.token, "GETME", {})).result["is_bot"]


async def test_flood_limits_when_switched_on(clock: Clock) -> None:
    playground = Playground(token="42:limits", clock=clock, limits=True)
    bot = Bot("42:limits", session=PlaygroundSession(playground))
    mei = playground.person("Mei")
    mei.start()
    for _ in range(3):
        await bot.send_message(mei.id, "快")
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(mei.id, "快")
    assert caught.value.retry_after == 1
    clock.passes(seconds=1)
    await bot.send_message(mei.id, "慢")

    others = [playground.person(str(number)) for number in range(31)]
    for other in others:
        other.start()
    clock.passes(seconds=2)
    for other in others[:30]:
        await bot.send_message(other.id, "群发")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(others[30].id, "群发")


async def test_a_group_gets_twenty_a_minute(clock: Clock) -> None:
    playground = Playground(token="42:limits", clock=clock, limits=True)
    bot = Bot("42:limits", session=PlaygroundSession(playground))
    group = playground.group("三号楼")
    for _ in range(20):
        await bot.send_message(group.id, "通知")
        clock.passes(seconds=1)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(group.id, "通知")

    assert caught.value.retry_after == 40


class Storm:
    """Breaks every call, before or after it is carried out."""

    def __init__(self, when: str, error: Exception) -> None:
        self.when = when
        self.error = error

    async def before(self, call: Call) -> None:
        if self.when == "before":
            raise self.error

    async def after(self, call: Call, answer: Answer) -> None:
        if self.when == "after":
            raise self.error


@pytest.mark.parametrize(("when", "carried_out"), [("before", 0), ("after", 1)])
async def test_faults_come_before_or_after_the_deed(
    bot: Bot, mei: Person, playground: Playground, when: str, carried_out: int
) -> None:
    mei.start()
    for error in (ConnectionLost(), ApiError(500, "Internal Server Error: restart")):
        playground.hook = Storm(when, error)
        with pytest.raises(TelegramAPIError, match=r"ServerDisconnectedError|restart"):
            await bot.send_message(mei.id, "好")

    assert len(playground.received(mei.id)) == 2 * carried_out
