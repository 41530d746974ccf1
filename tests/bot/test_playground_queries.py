"""The playground lets presses and inline queries be answered as Telegram does."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)

from bot.playground import ApiError, Person, Playground, PlaygroundSession
from tests.conftest import Clock

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="好", callback_data="ok")]]
)


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


async def last_press(bot: Bot) -> CallbackQuery:
    (update,) = await bot.get_updates(offset=-1)
    assert update.callback_query is not None
    return update.callback_query


async def test_a_press_comes_with_its_message(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=BUTTONS)
    mei.press(sent.message_id, "ok")
    query = await last_press(bot)

    assert (query.from_user.id, query.data) == (mei.id, "ok")
    assert isinstance(query.message, Message)
    assert query.message.text == "请选"


async def test_under_an_old_or_deleted_message_there_is_no_content(
    bot: Bot, mei: Person, clock: Clock
) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=BUTTONS)
    clock.passes(hours=49)
    mei.press(sent.message_id, "ok")
    query = await last_press(bot)
    assert isinstance(query.message, InaccessibleMessage)
    assert (query.message.date, query.message.message_id) == (0, sent.message_id)

    mei.press(999, "ok")
    assert isinstance((await last_press(bot)).message, InaccessibleMessage)


async def test_a_press_is_answered_once(bot: Bot, mei: Person, playground: Playground) -> None:
    press = playground.world.presses[mei.press(1, "ok")]
    await bot.answer_callback_query(press.id, text="约好了", show_alert=True)
    assert press.answer == {"text": "约好了", "show_alert": True}

    with pytest.raises(TelegramBadRequest, match=TOO_OLD):
        await bot.answer_callback_query(press.id)
    with pytest.raises(TelegramBadRequest, match=TOO_OLD):
        await bot.answer_callback_query("12345")


async def test_a_press_cannot_be_answered_late(bot: Bot, mei: Person, clock: Clock) -> None:
    in_time, late = mei.press(1, "ok"), mei.press(1, "ok")
    clock.passes(seconds=15)
    assert await bot.answer_callback_query(in_time)

    clock.passes(seconds=1)
    with pytest.raises(TelegramBadRequest, match=TOO_OLD):
        await bot.answer_callback_query(late)


async def test_the_answer_to_a_press_is_short(bot: Bot, mei: Person) -> None:
    assert await bot.answer_callback_query(mei.press(1, "ok"), text="桶" * 200)
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(mei.press(1, "ok"), text="桶" * 201)
    with pytest.raises(TelegramBadRequest, match="URL_INVALID"):
        await bot.answer_callback_query(mei.press(1, "ok"), url="https://a.cn")


def article(number: int = 1, **more: Any) -> InlineQueryResultArticle:
    fields = {
        "id": str(number),
        "title": f"电池 {number}",
        "input_message_content": InputTextMessageContent(message_text="电池：有害垃圾"),
        **more,
    }
    return InlineQueryResultArticle(**fields)


async def test_a_search_is_answered_and_a_result_is_posted(
    bot: Bot, mei: Person, playground: Playground
) -> None:
    search = mei.search("电池")
    (update,) = await bot.get_updates(offset=-1)
    assert update.inline_query is not None
    assert update.inline_query.query == "电池"
    assert await bot.answer_inline_query(update.inline_query.id, [article(1), article(2)])
    assert [result["title"] for result in search.results or []] == ["电池 1", "电池 2"]

    group = playground.group("三号楼", [mei])
    mei.choose(search, "2", chat=group)
    (update,) = await bot.get_updates(offset=-1)
    assert update.message is not None
    assert update.message.text == "电池：有害垃圾"
    assert update.message.via_bot is not None
    assert update.message.via_bot.id == bot.id


async def test_a_posted_result_is_pressed_and_edited(bot: Bot, mei: Person) -> None:
    search = mei.search("电池")
    await bot.answer_inline_query(search.id, [article(reply_markup=BUTTONS)])
    posted = mei.choose(search, "1")
    mei.press(posted, "ok")
    query = await last_press(bot)
    assert query.inline_message_id is not None
    assert query.message is None

    assert await bot.edit_message_text("好了", inline_message_id=query.inline_message_id) is True
    assert mei.chat.messages[posted]["text"] == "好了"
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("好了", chat_id=mei.id, message_id=posted)


async def test_a_search_cannot_be_answered_late_or_twice(
    bot: Bot, mei: Person, clock: Clock
) -> None:
    search, late = mei.search("电"), mei.search("电池")
    assert await bot.answer_inline_query(search.id, [])
    with pytest.raises(TelegramBadRequest, match=TOO_OLD):
        await bot.answer_inline_query(search.id, [])

    clock.passes(seconds=11)
    with pytest.raises(TelegramBadRequest, match=TOO_OLD):
        await bot.answer_inline_query(late.id, [])


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article(n) for n in range(51)], "too many inline query results specified"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article(id="")], "RESULT_ID_INVALID"),
        ([article(id="桶" * 22)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "ARTICLE_TITLE_EMPTY"),
        (
            [article(input_message_content=InputTextMessageContent(message_text=""))],
            "can't parse inline query result: Input message content is not specified",
        ),
        (
            [article(input_message_content=InputTextMessageContent(message_text="a" * 4097))],
            "message is too long",
        ),
        (
            [article(input_message_content=InputTextMessageContent(message_text=" "))],
            "text must be non-empty",
        ),
    ],
)
async def test_results_that_telegram_refuses(
    bot: Bot, mei: Person, results: list[Any], complaint: str
) -> None:
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.answer_inline_query(mei.search("电池").id, results)
    assert caught.value.message == f"Bad Request: {complaint}"


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ({}, "expected an Array of inline query results"),
        (["x"], "can't parse inline query result: Inline query result must be an object"),
        ([{"id": "1"}], "can't parse inline query result: Can't find field \"type\""),
        (
            [{"id": "1", "type": "article", "title": "x"}],
            "can't parse inline query result: Can't find field \"message_text\"",
        ),
    ],
)
async def test_results_that_cannot_be_read(
    playground: Playground, mei: Person, results: object, complaint: str
) -> None:
    parameters = {"inline_query_id": mei.search("x").id, "results": json.dumps(results)}
    with pytest.raises(ApiError) as caught:
        await playground.call(playground.token, "answerInlineQuery", parameters)
    assert caught.value.description == f"Bad Request: {complaint}"


async def test_inline_mode_can_be_off(clock: Clock) -> None:
    playground = Playground(token="42:x", clock=clock, supports_inline_queries=False)
    me = await Bot("42:x", session=PlaygroundSession(playground)).get_me()
    assert me.supports_inline_queries is False
    assert (me.can_join_groups, me.can_read_all_group_messages) == (True, False)
    with pytest.raises(AssertionError, match="inline mode"):
        playground.person("Mei").search("电池")
