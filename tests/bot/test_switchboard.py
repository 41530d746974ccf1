"""The switchboard finds the handler that aiogram would find."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command, CommandStart
from aiogram.types import Message, TelegramObject, Update, User

from bot.switchboard import Switchboard
from handlers.filters import Key
from handlers.texts import texts

TEXTS = (
    "/start",
    "/start abc",
    " /bin 电池",
    "/other",
    "电池",
    "菜叶",
    "跳过",
    texts("zh")("menu-ask"),
    "",
)


def heard(name: str) -> Callable[..., Any]:
    async def handle(_: Message, **found: Any) -> tuple[Any, ...]:
        said = {key: str(value) for key, value in found.items() if key in ("query", "around")}
        return name, said, found["event_router"].name

    return handle


async def skips(_: Message) -> None:
    raise SkipHandler


def features() -> list[Router]:
    """Three features, one inside of another, with every kind of filter that ours use."""
    outer, inner, last = Router(name="outer"), Router(name="inner"), Router(name="last")
    outer.message.register(heard("start with a code"), CommandStart(deep_link=True))
    outer.message.register(heard("start"), CommandStart())
    outer.message.register(heard("key"), Key("menu-ask"))
    outer.message.register(skips, F.text == "跳过")
    inner.message.register(heard("bin"), Command("bin"))
    inner.message.register(heard("battery"), F.text.as_("query"), F.text.contains("池"))
    last.message.register(heard("anything"), F.text.as_("query"), ~F.text.startswith("/"))

    async def around(handler: Any, event: TelegramObject, data: dict[str, Any]) -> Any:
        return await handler(event, data | {"around": data.get("around", "") + "inner"})

    async def outside(handler: Any, event: TelegramObject, data: dict[str, Any]) -> Any:
        return await handler(event, data | {"around": "outer"})

    inner.message.middleware(around)
    outer.message.middleware(outside)
    outer.include_router(inner)
    return [outer, last]


def update(text: str) -> Update:
    chat = {"id": 5, "type": "private"}
    person = {"id": 5, "is_bot": False, "first_name": "王"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person}
    return Update.model_validate(
        {"update_id": 1, "message": message | ({"text": text} if text else {})}
    )


@pytest.mark.parametrize("text", TEXTS)
async def test_the_same_handler_answers_as_with_aiograms_dispatcher(text: str) -> None:
    bot, said = Bot("1:a"), []
    bot._me = User(id=1, is_bot=True, first_name="小绿桶", username="greenbin_bot")
    for dispatcher in (Dispatcher(disable_fsm=True), Switchboard()):
        dispatcher.include_routers(*features())
        said.append(await dispatcher.feed_update(bot, update(text)))
    assert said[0] == said[1]
    assert (said[1] is UNHANDLED) == (text in ("/other", ""))


async def test_a_filter_on_a_whole_router_is_not_passed_over_in_silence() -> None:
    feature = features()[0]
    feature.message.filter(F.text == "电池")
    switchboard = Switchboard()
    switchboard.include_router(feature)
    with pytest.raises(TypeError, match="outer"):
        await switchboard.feed_update(Bot("1:a"), update("电池"))
