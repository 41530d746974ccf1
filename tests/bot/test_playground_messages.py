"""The playground takes and refuses messages as Telegram does: through aiogram's real Bot."""

import io
from collections.abc import Awaitable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from PIL import Image

from bot.playground import Person, Playground, PlaygroundSession
from tests.conftest import Clock


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


async def complaint(call: Awaitable[object]) -> str:
    """What Telegram says against a call."""
    with pytest.raises(TelegramAPIError) as caught:
        await call
    return caught.value.message


def picture(width: int = 4, height: int = 3) -> bytes:
    """A white PNG."""
    written = io.BytesIO()
    Image.new("L", (width, height), "white").save(written, "PNG")
    return written.getvalue()


async def test_a_message_arrives(
    bot: Bot, mei: Person, playground: Playground, clock: Clock
) -> None:
    sent = await bot.send_message(mei.id, "过期药品是有害垃圾")

    assert sent.chat.id == mei.id
    assert sent.chat.type == "private"
    assert sent.date == clock.now
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    assert [message["text"] for message in playground.received(mei.id)] == ["过期药品是有害垃圾"]


async def test_who_cannot_be_written_to(bot: Bot, playground: Playground) -> None:
    stranger, acquaintance, angry = map(playground.person, ("A", "B", "C"))
    acquaintance.say(f"/start@{playground.me['username']}", chat=playground.group("G"))
    angry.start()
    angry.block()

    assert await complaint(bot.send_message("", "hi")) == "Bad Request: chat_id is empty"
    assert await complaint(bot.send_message("@nobody", "hi")) == "Bad Request: chat not found"
    assert await complaint(bot.send_message(stranger.id, "hi")) == "Bad Request: chat not found"
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation with a user"):
        await bot.send_message(acquaintance.id, "hi")
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(angry.id, "hi")

    angry.unblock()
    await bot.send_message(angry.id, "hi")


async def test_the_text_is_judged_before_the_chat(bot: Bot, playground: Playground) -> None:
    stranger = playground.person("A")
    assert await complaint(bot.send_message(stranger.id, "")) == (
        "Bad Request: message text is empty"
    )
    assert await complaint(bot.send_message(stranger.id, "  ")) == "Bad Request: chat not found"


async def test_answers_to_a_message(bot: Bot, mei: Person) -> None:
    asked = mei.say("电池")
    answer = await bot.send_message(
        mei.id, "有害", reply_parameters=ReplyParameters(message_id=asked)
    )
    assert isinstance(answer.reply_to_message, Message)
    assert answer.reply_to_message.text == "电池"

    lost = ReplyParameters(message_id=999)
    call = bot.send_message(mei.id, "有害", reply_parameters=lost)
    assert await complaint(call) == "Bad Request: message to be replied not found"

    lost = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    sent = await bot.send_message(mei.id, "有害", reply_parameters=lost)
    assert (sent.text, sent.reply_to_message) == ("有害", None)


async def test_link_preview_options_are_taken(bot: Bot, mei: Person) -> None:
    options = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(mei.id, "https://a.cn", link_preview_options=options)

    assert sent.text == "https://a.cn"


async def test_captions_are_shorter_than_texts(bot: Bot, mei: Person) -> None:
    file = BufferedInputFile(picture(), "x.png")
    assert (await bot.send_photo(mei.id, file, caption="桶" * 1024)).caption

    call = bot.send_photo(mei.id, file, caption="桶" * 1025)
    assert await complaint(call) == "Bad Request: message caption is too long"


async def test_a_file_that_is_not_there(bot: Bot, mei: Person) -> None:
    wrong = "Bad Request: wrong remote file identifier specified: Wrong string length"
    assert await complaint(bot.send_photo(mei.id, "AgACAgIAAx")) == wrong
    unavailable = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert await complaint(bot.get_file("AgACAgIAAx")) == unavailable


async def test_a_document_is_sent(bot: Bot, mei: Person) -> None:
    sent = await bot.send_document(mei.id, BufferedInputFile(b"PK", "points.xlsx"), caption="积分")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("points.xlsx", 2)


async def test_a_voice_is_sent_on_by_its_id(bot: Bot, mei: Person) -> None:
    mei.send_voice(7)
    heard = mei.chat.messages[max(mei.chat.messages)]["voice"]
    sent = await bot.send_voice(mei.id, heard["file_id"], caption="工单 1")

    assert sent.voice is not None
    assert (sent.voice.duration, sent.caption) == (7, "工单 1")
    with pytest.raises(TelegramBadRequest, match="there is no voice in the request"):
        await bot.send_voice(mei.id, "")
    with pytest.raises(TelegramBadRequest, match="wrong remote file identifier"):
        await bot.send_voice(mei.id, "nothing")


def one_button(text: str = "好", data: str = "ok") -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=text, callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def test_an_edit_changes_what_stands_there(
    bot: Bot, mei: Person, playground: Playground, clock: Clock
) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=one_button())
    clock.passes(minutes=1)
    edited = await bot.edit_message_text("选好了", chat_id=mei.id, message_id=sent.message_id)
    assert isinstance(edited, Message)

    assert (edited.text, edited.reply_markup) == ("选好了", None)
    assert edited.edit_date == int(clock.now.timestamp())
    assert [message["text"] for message in playground.received(mei.id)] == ["选好了"]
    methods = [delivery.method for delivery in playground.deliveries(mei.id)]
    assert methods == ["sendmessage", "editmessagetext"]


async def test_edits_that_telegram_refuses(bot: Bot, mei: Person) -> None:
    own = mei.say("我写的")
    sent = await bot.send_message(mei.id, "请选", reply_markup=one_button())
    photo = await bot.send_photo(mei.id, BufferedInputFile(picture(), "x.png"))

    async def edit(message_id: int | None, text: str = "新") -> str:
        return await complaint(bot.edit_message_text(text, chat_id=mei.id, message_id=message_id))

    assert await edit(own) == "Bad Request: message can't be edited"
    assert await edit(999) == "Bad Request: message to edit not found"
    assert await edit(None) == "Bad Request: message to edit not found"
    assert await edit(sent.message_id, "") == "Bad Request: message text is empty"
    assert await edit(photo.message_id) == "Bad Request: there is no text in the message to edit"
    nowhere = bot.edit_message_text("新")
    assert await complaint(nowhere) == "Bad Request: message identifier is not specified"
    posted = bot.edit_message_text("新", inline_message_id="x")
    assert await complaint(posted) == "Bad Request: MESSAGE_ID_INVALID"
    same = bot.edit_message_text(
        "请选", chat_id=mei.id, message_id=sent.message_id, reply_markup=one_button()
    )
    assert (await complaint(same)).startswith("Bad Request: message is not modified: ")


async def test_only_the_buttons_are_edited(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(mei.id, "请选", reply_markup=one_button())
    edited = await bot.edit_message_reply_markup(
        chat_id=mei.id, message_id=sent.message_id, reply_markup=one_button("别")
    )
    assert isinstance(edited, Message)
    assert edited.text == "请选"
    assert edited.reply_markup is not None
    assert edited.reply_markup.inline_keyboard[0][0].text == "别"

    cleared = await bot.edit_message_reply_markup(chat_id=mei.id, message_id=sent.message_id)
    assert isinstance(cleared, Message)
    assert cleared.reply_markup is None
    again = bot.edit_message_reply_markup(chat_id=mei.id, message_id=sent.message_id)
    assert "message is not modified" in await complaint(again)


async def test_a_caption_is_edited(bot: Bot, mei: Person) -> None:
    photo = await bot.send_photo(mei.id, BufferedInputFile(picture(), "x.png"), caption="旧")
    edited = await bot.edit_message_caption(
        chat_id=mei.id, message_id=photo.message_id, caption="新"
    )
    assert isinstance(edited, Message)
    assert edited.caption == "新"


async def test_messages_are_deleted_for_two_days(
    bot: Bot, mei: Person, playground: Playground, clock: Clock
) -> None:
    own, sent = mei.say("我写的"), await bot.send_message(mei.id, "回答")
    old = await bot.send_message(mei.id, "旧")
    assert await bot.delete_message(mei.id, sent.message_id)
    assert await bot.delete_message(mei.id, own)

    gone = bot.delete_message(mei.id, sent.message_id)
    assert await complaint(gone) == "Bad Request: message to delete not found"
    clock.passes(hours=48)
    late = bot.delete_message(mei.id, old.message_id)
    assert await complaint(late) == "Bad Request: message can't be deleted for everyone"
    assert [message["text"] for message in playground.received(mei.id)] == ["旧"]


async def test_typing_is_seen_until_the_message(bot: Bot, mei: Person) -> None:
    await bot.send_chat_action(mei.id, "typing")
    assert mei.chat.action == "typing"

    await bot.send_message(mei.id, "好")
    assert mei.chat.action == ""
    call = bot.send_chat_action(mei.id, "dancing")
    assert await complaint(call) == "Bad Request: wrong parameter action in request"


async def test_text_that_cannot_be_written_fails_as_over_the_network(
    bot: Bot, mei: Person, playground: Playground
) -> None:
    written = await complaint(bot.send_message(mei.id, "\ud83d"))
    assert written == "Bad Request: strings must be encoded in UTF-8"
    assert playground.received(mei.id) == []


async def test_refused_calls_are_kept(bot: Bot, mei: Person, playground: Playground) -> None:
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(mei.id, " ")

    (refused,) = playground.refused
    assert refused.call.method == "sendmessage"
    assert refused.error.description == "Bad Request: text must be non-empty"
