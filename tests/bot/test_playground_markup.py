"""The playground takes and refuses buttons as Telegram does."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.playground import ApiError, Person, Playground, PlaygroundSession


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


def inline(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def button(text: str = "好", **action: Any) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, **(action or {"callback_data": "ok"}))


def shown(markup: InlineKeyboardMarkup | None) -> object:
    """The buttons as plain data."""
    return markup and markup.model_dump(exclude_none=True)


async def complaint(bot: Bot, mei: Person, markup: Any) -> str:
    """What Telegram says against these buttons."""
    with pytest.raises(TelegramAPIError) as caught:
        await bot.send_message(mei.id, "请选", reply_markup=markup)
    return caught.value.message


@pytest.mark.parametrize(
    ("action", "complaint_text"),
    [
        ({"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "桶" * 22}, "BUTTON_DATA_INVALID"),
        (
            {"callback_data": ""},
            (
                "can't parse inline keyboard button: "
                "Text buttons are unallowed in the inline keyboard"
            ),
        ),
        (
            {"url": "not-a-url"},
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            {"url": "ftp://example.com"},
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            {"web_app": {"url": "http://example.com"}},
            (
                "inline keyboard button Web App URL 'http://example.com' is invalid: "
                "Only HTTPS links are allowed"
            ),
        ),
        ({"pay": True}, "BUTTON_TYPE_INVALID"),
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_inline_buttons_that_telegram_refuses(
    bot: Bot, mei: Person, action: dict[str, Any], complaint_text: str
) -> None:
    markup = inline([button("b", **action)])
    assert await complaint(bot, mei, markup) == f"Bad Request: {complaint_text}"


async def test_inline_buttons_that_telegram_takes(bot: Bot, mei: Person) -> None:
    markup = inline(
        [button(callback_data="x" * 64), button(callback_data="桶" * 21)],
        [button(url="https://example.com/a"), button(url="tg://user?id=1", style="danger")],
        [button(switch_inline_query_current_chat="电池"), button(copy_text={"text": "A-1027"})],
    )
    sent = await bot.send_message(mei.id, "请选", reply_markup=markup)
    assert shown(sent.reply_markup) == shown(markup)


async def test_buttons_without_a_label_are_dropped(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=inline([button(""), button("好")]))
    assert shown(sent.reply_markup) == shown(inline([button("好")]))

    sent = await bot.send_message(mei.id, "请选", reply_markup=inline([button("")]))
    assert sent.reply_markup is None


async def test_a_row_ends_after_eight_and_a_markup_after_a_hundred(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=inline([button()] * 9))
    assert sent.reply_markup is not None
    assert len(sent.reply_markup.inline_keyboard[0]) == 8

    await bot.send_message(mei.id, "请选", reply_markup=inline(*[[button()]] * 100))
    many = inline(*[[button()]] * 101)
    assert await complaint(bot, mei, many) == "Bad Request: reply markup is too long"
    heavy = inline(*[[button("桶" * 30, callback_data="x" * 64)]] * 60)
    assert await complaint(bot, mei, heavy) == "Bad Request: reply markup is too long"


async def test_the_reply_keyboard_stays_until_removed(bot: Bot, mei: Person) -> None:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="垃圾怎么分")]])
    sent = await bot.send_message(mei.id, "您好", reply_markup=keys)
    assert sent.reply_markup is None
    assert mei.chat.keyboard is not None
    assert mei.chat.keyboard["keyboard"] == [[{"text": "垃圾怎么分"}]]

    await bot.send_message(mei.id, "好", reply_markup=inline([button()]))
    assert mei.chat.keyboard is not None
    await bot.send_message(mei.id, "再见", reply_markup=ReplyKeyboardRemove())
    assert mei.chat.keyboard is None


async def test_a_one_time_keyboard_goes_after_use(bot: Bot, mei: Person) -> None:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="是")]], one_time_keyboard=True)
    await bot.send_message(mei.id, "真的吗", reply_markup=keys)
    mei.say("是")

    assert mei.chat.keyboard is None


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [[{"text": "a"}]]},
        {"remove_keyboard": True},
        {"force_reply": True},
    ],
)
async def test_an_edit_takes_inline_buttons_only(
    bot: Bot, mei: Person, playground: Playground, markup: dict[str, Any]
) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=inline([button()]))
    parameters = {
        "chat_id": str(mei.id),
        "message_id": str(sent.message_id),
        "text": "新",
        "reply_markup": json.dumps(markup),
    }
    with pytest.raises(ApiError, match="400 Bad Request: inline keyboard expected"):
        await playground.call(bot.token, "editMessageText", parameters)


async def test_contacts_are_asked_for_in_private_only(
    bot: Bot, mei: Person, playground: Playground
) -> None:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="电话", request_contact=True)]])
    await bot.send_message(mei.id, "您的电话？", reply_markup=keys)

    group = playground.group("三号楼")
    with pytest.raises(TelegramAPIError, match="can be requested in private chats only"):
        await bot.send_message(group.id, "您的电话？", reply_markup=keys)


async def test_force_reply_is_taken(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(mei.id, "几号楼？", reply_markup=ForceReply())

    assert sent.text == "几号楼？"


@pytest.mark.parametrize(
    ("markup", "complaint_text"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ('{"inline_keyboard": "bad"}', 'field "inline_keyboard" must be of type Array'),
        (
            '{"inline_keyboard": [{}]}',
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            '{"inline_keyboard": [["a"]]}',
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            '{"inline_keyboard": [[{"callback_data": "x"}]]}',
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ('{"keyboard": [{}]}', 'field "keyboard" must be an Array of Arrays'),
        (
            '{"keyboard": [[5]]}',
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        ('{"remove_keyboard": "yes"}', 'field "remove_keyboard" must be of type Boolean'),
        (
            '{"keyboard": [["a"]], "resize_keyboard": 1}',
            'field "resize_keyboard" must be of type Boolean',
        ),
    ],
)
async def test_markup_that_cannot_be_read(
    playground: Playground, mei: Person, markup: str, complaint_text: str
) -> None:
    parameters = {"chat_id": str(mei.id), "text": "请选", "reply_markup": markup}
    with pytest.raises(ApiError) as caught:
        await playground.call(playground.token, "sendMessage", parameters)
    assert caught.value.description == f"Bad Request: {complaint_text}"
