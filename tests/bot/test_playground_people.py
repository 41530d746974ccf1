"""People in the playground, and as tests tell of them, with a small bot that repeats words."""

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)

from bot.playground import Playground, PlaygroundSession
from bot.playground.settings import commands_for
from tests.people import Person


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


class Echo:
    """A bot that repeats what it hears."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.heard: list[Update] = []
        self.dispatcher = Dispatcher()
        self.dispatcher.message(F.text.startswith("/start"))(self.greet)
        self.dispatcher.message()(self.repeat)
        self.dispatcher.callback_query()(self.pressed)
        self.dispatcher.inline_query()(self.searched)

    async def settle(self) -> None:
        """Deal with everything that waits."""
        offset = None
        while found := await self.bot.get_updates(offset=offset):
            for update in found:
                offset = update.update_id + 1
                self.heard.append(update)
                await self.dispatcher.feed_update(self.bot, update)

    async def greet(self, message: Message) -> None:
        keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="你好")]])
        await message.answer("欢迎", reply_markup=keys)

    async def repeat(self, message: Message) -> None:
        button = InlineKeyboardButton(text="再说一遍", callback_data="again")
        keys = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.answer(message.text or message.content_type, reply_markup=keys)

    async def pressed(self, query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"{query.message.text}！")
        await query.answer("好的")

    async def searched(self, query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=query.query)
        result = InlineQueryResultArticle(id="1", title="找到了", input_message_content=content)
        await query.answer([result])


@pytest.fixture
def echo(bot: Bot) -> Echo:
    return Echo(bot)


@pytest.fixture
def mei(playground: Playground, echo: Echo) -> Person:
    return Person.of(playground, "Mei", echo.settle, language_code="zh-hans")


async def test_a_conversation(mei: Person) -> None:
    await mei.starts()
    assert (mei.sees, mei.keys) == ("欢迎", ["你好"])
    await mei.taps("你好")
    assert (mei.sees, mei.keys) == ("你好", ["再说一遍", "你好"])
    await mei.taps("再说一遍")

    assert mei.screen == ["欢迎", "你好！"]
    assert (mei.toast, mei.keys) == ("好的", ["你好"])


async def test_a_missing_button_is_told_with_what_is_there(mei: Person) -> None:
    await mei.starts()
    with pytest.raises(BaseException, match=r"sees no button '约大件'.*欢迎.*你好") as caught:
        await mei.taps("约大件")
    assert isinstance(caught.value, pytest.fail.Exception)


async def test_a_start_link_carries_its_payload(mei: Person, echo: Echo) -> None:
    await mei.starts("door-42")
    message = echo.heard[-1].message
    assert message is not None
    assert message.text == "/start door-42"
    assert message.from_user is not None
    assert message.from_user.language_code == "zh-hans"


async def test_a_code_is_a_link_that_carries_its_payload(mei: Person, echo: Echo) -> None:
    await mei.opens("https://t.me/greenbin_bot?start=h7")

    assert echo.heard[-1].message is not None
    assert echo.heard[-1].message.text == "/start h7"


async def test_people_send_more_than_words(mei: Person, echo: Echo) -> None:
    mei.account.send_voice()
    mei.account.send_sticker()
    await mei.sends_location(31.2, 121.4)
    mei.account.send_contact("+8613800000000")
    mei.account.send_document("a.csv", b"1,2")
    await mei.sends_photo(b"\xff\xd8", "看")

    kinds = ["voice", "sticker", "location", "contact", "document", "photo"]
    assert mei.screen == kinds
    assert [update.message.content_type for update in echo.heard if update.message] == kinds


async def test_an_edit_comes_as_an_edit(mei: Person, echo: Echo) -> None:
    await mei.says("电迟")
    await mei.corrects("电池")

    assert mei.screen == ["电迟"]
    edited = echo.heard[-1].edited_message
    assert edited is not None
    assert (edited.text, edited.edit_date is not None) == ("电池", True)


async def test_blocking_is_told_and_ends_writing(mei: Person, echo: Echo) -> None:
    await mei.starts()
    await mei.blocks()
    told = echo.heard[-1].my_chat_member
    assert told is not None
    assert (told.old_chat_member.status, told.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await mei.says("在吗")

    await mei.unblocks()
    await mei.says("在吗")
    assert mei.sees == "在吗"


async def test_in_groups_the_bot_hears_only_what_is_meant_for_it(
    playground: Playground, mei: Person, echo: Echo
) -> None:
    group = playground.group("三号楼", [mei.account])
    there = mei.in_group(group)
    for text in ("大家好", "电池扔哪里", "/start@other_bot", "你好@greenbin_bot"):
        await there.says(text)
    assert there.screen == []
    await there.says("@greenbin_bot 电池")
    await there.says("/help")
    await there.says("/help@greenbin_bot")
    await there.replies("谢谢", to="电池")

    heard = ["@greenbin_bot 电池", "/help", "/help@greenbin_bot", "谢谢"]
    assert there.screen == heard
    assert [update.message.text for update in echo.heard if update.message] == heard


async def test_the_bot_cannot_touch_what_it_did_not_hear(
    playground: Playground, mei: Person, bot: Bot
) -> None:
    group = playground.group("三号楼", [mei.account])
    unheard = mei.account.say("大家好", chat=group)
    heard = mei.account.say("/help", chat=group)

    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(group.id, unheard)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(group.id, heard)


async def test_a_search_shows_results_and_one_is_posted(mei: Person) -> None:
    await mei.searches("电池")
    assert mei.results == ["找到了"]

    await mei.chooses("找到了")
    assert mei.sees == "电池"


async def test_forged_data_reaches_the_bot(mei: Person, echo: Echo) -> None:
    await mei.says("好")
    await mei.presses("admin:everything")
    query = echo.heard[-1].callback_query
    assert query is not None
    assert query.data == "admin:everything"


async def test_commands_by_scope_and_language(
    bot: Bot, mei: Person, playground: Playground
) -> None:
    await mei.starts()
    start = BotCommand(command="start", description="开始")
    english = BotCommand(command="start", description="Begin")
    points = BotCommand(command="points", description="积分")
    private = BotCommandScopeAllPrivateChats()
    hers = BotCommandScopeChat(chat_id=mei.id)
    assert await bot.set_my_commands([start])
    assert await bot.set_my_commands([english], private, language_code="en")
    assert await bot.set_my_commands([points], hers)

    assert [c.description for c in await bot.get_my_commands()] == ["开始"]
    assert [c.description for c in await bot.get_my_commands(private, "en")] == ["Begin"]
    assert await bot.get_my_commands(private) == []
    assert commands_for(playground.world, mei.id, "zh-hans")[0]["command"] == "points"
    assert await bot.delete_my_commands(hers)
    assert commands_for(playground.world, mei.id, "en")[0]["description"] == "Begin"
    assert commands_for(playground.world, mei.id, "zh-hans")[0]["description"] == "开始"


@pytest.mark.parametrize(
    ("command", "description", "complaint"),
    [
        ("Start", "x", "BOT_COMMAND_INVALID"),
        ("开始", "x", "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", "BOT_COMMAND_INVALID"),
        ("start", " ", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("start", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_that_telegram_refuses(
    bot: Bot, command: str, description: str, complaint: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=complaint):
        await bot.set_my_commands([BotCommand(command=command, description=description)])


async def test_command_settings_that_telegram_refuses(bot: Bot) -> None:
    start = BotCommand(command="start", description="开始")
    with pytest.raises(TelegramBadRequest, match="BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([start] * 101)
    with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
        await bot.set_my_commands([start], language_code="zh-hans")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.set_my_commands([start], BotCommandScopeChat(chat_id=5))
    with pytest.raises(TelegramBadRequest, match="Invalid user_id specified"):
        await bot.set_my_commands([start], BotCommandScopeChatMember(chat_id=5, user_id=0))
