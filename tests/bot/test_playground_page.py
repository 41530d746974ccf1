"""The playground's page, as a newcomer uses it: in a real browser, where there is one."""

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
)

from bot.playground import Playground, PlaygroundSession
from bot.playground.door import serve
from tests.chrome import Chrome

CARD = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoAQAAAACKwKRSAAAAGUlEQVR4"
    "2mP8z8DAwMDA8JGJAQpGGbRgAADqvwJAlp4rAgAAAABJRU5ErkJggg=="
)
"""A white picture, 60 by 40 points."""


@pytest.fixture
async def room() -> AsyncIterator[tuple[Playground, str]]:
    """A playground open to the browser."""
    playground = Playground(token="42:page", clock=lambda: datetime.now(UTC))
    runner, address = await serve(playground, port=0)
    yield playground, address
    await runner.cleanup()


@pytest.fixture
async def echo(room: tuple[Playground, str]) -> AsyncIterator[Bot]:
    """A small bot at work, which repeats words and shows what the page can draw."""
    bot = Bot("42:page", session=PlaygroundSession(room[0]))
    await bot.set_my_commands([BotCommand(command="help", description="怎么用")])
    dispatcher = Dispatcher()
    dispatcher.message(F.text.startswith("/start"))(greet)
    dispatcher.message(F.text == "门牌码")(show_picture)
    dispatcher.message(F.text == "约大件")(offer)
    dispatcher.message()(repeat)
    dispatcher.callback_query()(answer)
    dispatcher.inline_query()(find)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    yield bot
    await dispatcher.stop_polling()
    await polling


async def greet(message: Message) -> None:
    keys = [[KeyboardButton(text="约大件"), KeyboardButton(text="门牌码")]]
    await message.answer("您好", reply_markup=ReplyKeyboardMarkup(keyboard=keys))


async def show_picture(message: Message) -> None:
    await message.answer_photo(BufferedInputFile(CARD, "card.png"), caption="给志愿者看")


async def offer(message: Message) -> None:
    buttons = [
        [InlineKeyboardButton(text="周六", callback_data="saturday")],
        [InlineKeyboardButton(text="提醒", callback_data="alert")],
    ]
    keys = InlineKeyboardMarkup(inline_keyboard=buttons)
    await message.answer("请选", reply_markup=keys)


async def repeat(message: Message) -> None:
    text = message.text or "收到"
    bold = MessageEntity(type="bold", offset=0, length=len(text.encode("utf-16-le")) // 2)
    await message.answer(f"{text} 是您说的", entities=[bold])


async def answer(query: CallbackQuery) -> None:
    if query.data == "alert":
        await query.answer("八点前放到楼下", show_alert=True)
        return
    assert isinstance(query.message, Message)
    await query.message.edit_text("约好了周六")
    await query.answer("约好了")


async def find(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text="电池：有害垃圾")
    result = InlineQueryResultArticle(id="1", title="电池", input_message_content=content)
    await query.answer([result] if query.query else [])


async def start(page: Any) -> None:
    await page.get_by_role("button", name="开始", exact=True).click()
    await page.get_by_text("您好").wait_for()


async def test_a_newcomer_starts_and_asks(
    chrome: Chrome, room: tuple[Playground, str], echo: Bot
) -> None:
    page = await chrome.opens(f"{room[1]}/?start=door-7")
    await start(page)
    assert "/start door-7" in await page.locator(".log").inner_text()
    await page.locator(".input").fill("<b>😀电池</b>")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("第二行")
    await page.keyboard.press("Enter")
    await page.get_by_text("是您说的").wait_for()

    assert await page.locator(".log strong").inner_text() == "<b>😀电池</b>\n第二行"
    assert await page.locator(".input").input_value() == ""


async def test_buttons_keys_pictures_and_alerts(
    chrome: Chrome, room: tuple[Playground, str], echo: Bot
) -> None:
    page = await chrome.opens(room[1])
    await start(page)
    keyboard = page.locator(".keyboard")
    await keyboard.get_by_role("button", name="约大件").click()
    await page.get_by_role("button", name="提醒").click()
    await page.locator("#alert").get_by_text("八点前放到楼下").wait_for()
    await page.get_by_role("button", name="知道了").click()
    await page.get_by_role("button", name="周六").click()
    await page.locator(".toast").get_by_text("约好了").wait_for()
    await page.locator(".log").get_by_text("约好了周六").wait_for()
    assert await page.locator(".log [aria-busy]").count() == 0
    await keyboard.get_by_role("button", name="门牌码").click()
    await page.get_by_role("img", name="给志愿者看").click()
    await page.locator("#viewer[open]").wait_for()
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="大按钮").click()
    assert not await keyboard.is_visible()
    await page.get_by_role("button", name="大按钮").click()
    assert await keyboard.is_visible()


async def test_the_menu_and_searching_while_typing(
    chrome: Chrome, room: tuple[Playground, str], echo: Bot
) -> None:
    page = await chrome.opens(room[1])
    await start(page)
    await page.get_by_role("button", name="命令菜单").click()
    await page.get_by_role("button", name="怎么用").click()
    await page.get_by_text("/help 是您说的").wait_for()
    await page.locator(".input").fill("@greenbin_bot 电")
    await page.locator(".results").get_by_role("button", name="电池").click()
    await page.get_by_text("通过 @greenbin_bot").wait_for()

    assert await page.locator(".input").input_value() == ""


async def test_everybody_starts_anew(
    chrome: Chrome, room: tuple[Playground, str], echo: Bot
) -> None:
    page = await chrome.opens(room[1])
    await start(page)
    await page.get_by_role("button", name="加一个人").click()
    await page.get_by_role("navigation").get_by_role("button", name="新朋友").wait_for()
    await page.get_by_role("button", name="重新开始").click()
    await page.get_by_role("button", name="好的").click()
    # By locators: a string is evaluated, which the page forbids while it is loaded anew.
    await page.locator(".chat").nth(1).wait_for(state="detached")
    await page.locator(".empty").wait_for()

    assert await page.locator(".chat").count() == 1
    assert await page.locator(".message").count() == 0


async def test_a_sleeping_bot_is_told_of_and_languages_change(
    chrome: Chrome, room: tuple[Playground, str]
) -> None:
    page = await chrome.opens(room[1], locale="en-US")
    await page.get_by_text("The bot is not connected").wait_for()
    await page.get_by_role("button", name="中文").click()
    await page.get_by_text("机器人还没启动").wait_for()
    assert await page.locator("html").get_attribute("lang") == "zh-CN"

    await page.reload()
    await page.get_by_text("机器人还没启动").wait_for()


async def test_the_page_comes_back_by_itself(chrome: Chrome, room: tuple[Playground, str]) -> None:
    playground = Playground(token="42:page", clock=lambda: datetime.now(UTC))
    runner, address = await serve(playground, port=0)
    port = int(address.rpartition(":")[2])
    page = await chrome.opens(address)
    await page.get_by_text("机器人还没启动").wait_for()
    await runner.cleanup()
    await page.get_by_text("正在重连").wait_for()
    runner, again = await serve(playground, port=port)
    assert again == address

    await page.get_by_text("机器人还没启动").wait_for()
    await runner.cleanup()


@pytest.mark.parametrize("width", [360, 1400])
async def test_nothing_scrolls_sideways_and_text_is_large(
    chrome: Chrome, room: tuple[Playground, str], echo: Bot, width: int
) -> None:
    page = await chrome.opens(room[1], width=width)
    await start(page)
    await page.locator(".input").fill("很长" * 60 + "https://example.com/" + "a" * 200)
    await page.keyboard.press("Enter")
    await page.get_by_text("是您说的").wait_for()
    wide = """[document.documentElement, ...document.querySelectorAll("body *")]
        .filter((node) => !node.closest("svg, .picture") && node.scrollWidth > node.clientWidth + 1
            && getComputedStyle(node).overflowX !== "visible" && node.clientWidth)
        .map((node) => node.id || node.className || node.tagName)"""
    small = """[...document.querySelectorAll("body *")]
        .filter((node) => node.innerText && parseFloat(getComputedStyle(node).fontSize) < 16)
        .map((node) => node.className)"""

    assert await page.evaluate(wide) == []
    assert await page.evaluate(small) == []


async def test_everything_is_reached_by_tab(
    chrome: Chrome, room: tuple[Playground, str], echo: Bot
) -> None:
    page = await chrome.opens(room[1])
    await start(page)
    await page.locator("#add").focus()
    reached = []
    focused = """(({ id, classList }) => id || [...classList].at(-1))(document.activeElement)"""
    for _ in range(10):
        reached.append(await page.evaluate(focused))
        await page.keyboard.press("Tab")

    above = ["add", "language", "renew", "log", "link"]
    assert reached == [*above, "menu", "attach", "input", "fold", "send"]
