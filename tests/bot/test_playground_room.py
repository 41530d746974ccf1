"""Several people side by side on the playground's page: a resident, a volunteer, staff."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.enums import ContentType
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from PIL import Image

from bot.playground import Cast, Playground, PlaygroundSession, Spot
from bot.playground.door import serve
from tests.bot.test_playground_messages import picture
from tests.chrome import Chrome

WANG, LI, CHEN = 101, 102, 103
CAST = [Cast("王奶奶", WANG, "居民"), Cast("小李", LI, "志愿者"), Cast("陈站长", CHEN, "工作人员")]
LINK = "https://t.me/greenbin_bot?start=h7"


class Room:
    """A playground with its page, and a bot at work that knows what each may do."""

    def __init__(self, playground: Playground, address: str) -> None:
        self.playground = playground
        self.address = address

    def last(self, person_id: int) -> dict[str, Any]:
        """What somebody sent last."""
        sent = self.playground.somebody(person_id).chat.messages.values()
        return [each for each in sent if each["from"]["id"] == person_id][-1]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    playground = Playground(token="42:page", clock=lambda: datetime.now(UTC))
    places = [Spot("幸福里三号站", 31.2304, 121.4737)]
    runner, address = await serve(
        playground, port=0, cast=CAST, places=places, read_code=lambda _: LINK
    )
    bot = Bot("42:page", session=PlaygroundSession(playground))
    dispatcher = Dispatcher()
    dispatcher.message(F.text.startswith("/start"))(greet)
    dispatcher.message(F.text == "我的码")(show_code)
    dispatcher.message()(record)
    dispatcher.callback_query()(correct)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    yield Room(playground, address)
    await dispatcher.stop_polling()
    await polling
    await runner.cleanup()


async def greet(message: Message) -> None:
    keys = {
        WANG: [KeyboardButton(text="我的码"), KeyboardButton(text="电话", request_contact=True)],
        LI: [KeyboardButton(text="我在站点", request_location=True)],
    }.get(message.chat.id, [KeyboardButton(text="人员")])
    await message.answer("您好", reply_markup=ReplyKeyboardMarkup(keyboard=[keys]))


async def show_code(message: Message) -> None:
    await message.answer_photo(
        BufferedInputFile(picture(400, 400), "code.png"), caption=f"给志愿者看 {LINK}"
    )


async def record(message: Message) -> None:
    button = InlineKeyboardButton(text="不对", callback_data="wrong")
    keys = InlineKeyboardMarkup(inline_keyboard=[[button]])
    await message.answer(f"已记录 {ContentType(message.content_type).value}", reply_markup=keys)


async def correct(query: CallbackQuery) -> None:
    assert isinstance(query.message, Message)
    await query.message.edit_text("改好了")
    await query.answer("改好了")


def phone(page: Any, name: str) -> Any:
    """Somebody's chat on the page."""
    return page.locator(f'.chat[aria-label^="{name}"]')


async def start(page: Any, *names: str) -> None:
    for name in names:
        await phone(page, name).get_by_role("button", name="开始", exact=True).click()
        await phone(page, name).get_by_text("您好").wait_for()


async def test_three_people_side_by_side_each_with_their_own_keys(
    chrome: Chrome, room: Room
) -> None:
    page = await chrome.opens(room.address, width=1400)
    await start(page, "王奶奶", "小李", "陈站长")
    for each, key in zip(CAST, ("我的码", "我在站点", "人员"), strict=True):
        keys = phone(page, each.name).locator(".keyboard button")
        assert await keys.first.inner_text() == key
        assert await phone(page, each.name).locator(".role").inner_text() == each.role
    li = phone(page, "小李")
    await li.locator(".input").fill("3-1-502 对")
    await page.keyboard.press("Enter")
    await li.get_by_role("button", name="不对").click()
    await li.locator(".toast").get_by_text("改好了").wait_for()
    assert await phone(page, "陈站长").locator(".message").count() == 2
    assert not await page.locator("#tabs").is_visible()

    await page.get_by_role("button", name="加一个人").click()
    await start(page, "新朋友1")
    assert await page.locator("#tabs").is_visible()
    await phone(page, "新朋友1").locator(".attach").click()
    await phone(page, "新朋友1").get_by_role("button", name="这个人离开").click()
    await page.get_by_role("button", name="好的").click()
    await phone(page, "新朋友1").wait_for(state="detached")
    await page.locator("#tabs").wait_for(state="hidden")


async def test_tabs_lead_to_people_on_a_phone_and_tell_of_news(chrome: Chrome, room: Room) -> None:
    page = await chrome.opens(room.address)
    tabs = page.locator("#tabs")
    await start(page, "王奶奶")
    assert await tabs.locator('[aria-current="true"]').inner_text() == "王奶奶\n居民"
    await tabs.get_by_role("button", name="小李").click()
    await tabs.locator('[aria-current="true"]', has_text="小李").wait_for()
    room.playground.somebody(WANG).say("旧报纸")
    await tabs.locator(".unread", has_text="王奶奶").wait_for()
    await tabs.get_by_role("button", name="王奶奶").click()
    await phone(page, "王奶奶").get_by_text("已记录 text").wait_for()
    await tabs.locator('[aria-current="true"]', has_text="王奶奶").wait_for()

    assert await tabs.locator(".unread").count() == 0


async def test_a_picture_is_picked_or_pasted_and_gets_words(
    chrome: Chrome, room: Room, tmp_path: Path
) -> None:
    written = io.BytesIO()
    Image.new("RGB", (2000, 1000), "green").save(written, "WEBP")
    (tmp_path / "bin.webp").write_bytes(written.getvalue())
    page = await chrome.opens(room.address)
    await start(page, "王奶奶")
    wang = phone(page, "王奶奶")
    await wang.locator(".attach").click()
    await wang.locator(".picture input").set_input_files(tmp_path / "bin.webp")
    await page.get_by_label("想说的话").fill("这个桶满了")
    await page.keyboard.press("Enter")
    await wang.get_by_text("已记录 photo").wait_for()
    assert room.last(WANG)["caption"] == "这个桶满了"
    widths = [size["width"] for size in room.last(WANG)["photo"]]
    assert widths == [90, 320, 800, 1280]

    await wang.locator(".input").evaluate(
        """async (input) => {
            const canvas = new OffscreenCanvas(300, 200);
            canvas.getContext("2d").fillRect(0, 0, 9, 9);
            const data = new DataTransfer();
            data.items.add(new File([await canvas.convertToBlob()], "x.png", {type: "image/png"}));
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }"""
    )
    await page.locator("#sending").get_by_role("button", name="发送").click()
    await wang.get_by_text("已记录 photo").nth(1).wait_for()
    assert [size["width"] for size in room.last(WANG)["photo"]] == [90, 300]
    await wang.locator(".attach").click()
    (tmp_path / "no.png").write_bytes(b"no picture")
    await wang.locator(".picture input").set_input_files(tmp_path / "no.png")
    await page.locator("#sending").get_by_role("button", name="发送").click()
    await wang.locator(".toast").get_by_text("不是图片").wait_for()


async def test_a_volunteer_photographs_or_scans_what_a_resident_shows(
    chrome: Chrome, room: Room
) -> None:
    page = await chrome.opens(room.address, width=1400)
    await start(page, "王奶奶", "小李")
    await phone(page, "王奶奶").get_by_role("button", name="我的码").click()
    await phone(page, "王奶奶").locator(".photo").click()
    await page.get_by_role("button", name="小李 拍下来发给机器人").click()
    await phone(page, "小李").get_by_text("已记录 photo").wait_for()
    assert [size["width"] for size in room.last(LI)["photo"]] == [90, 320, 400]

    await phone(page, "王奶奶").locator(".photo").click()
    await page.get_by_role("button", name="小李 用手机扫这个码").click()
    await phone(page, "小李").get_by_role("button", name="开始", exact=True).click()
    await phone(page, "小李").locator(".composer").wait_for()
    assert room.last(LI)["text"] == "/start h7"


async def test_links_to_the_bot_are_opened_pasted_or_not_followed(
    chrome: Chrome, room: Room
) -> None:
    page = await chrome.opens(f"{room.address}/?start=first", width=1400)
    await start(page, "王奶奶")
    assert room.last(WANG)["text"] == "/start first"
    await phone(page, "王奶奶").get_by_role("button", name="我的码").click()
    await phone(page, "王奶奶").get_by_role("link", name=LINK).click()
    await phone(page, "王奶奶").get_by_role("button", name="取消").click()
    await phone(page, "王奶奶").get_by_role("link", name=LINK).click()
    await phone(page, "王奶奶").get_by_role("button", name="开始", exact=True).click()
    await phone(page, "王奶奶").locator(".composer").wait_for()
    assert room.last(WANG)["text"] == "/start h7"

    await start(page, "小李")
    for code, outcome in (("31-502", "不是本机器人的"), (f" {LINK} ", "")):
        await phone(page, "小李").locator(".attach").click()
        await phone(page, "小李").get_by_role("button", name="扫码、开链接").click()
        await page.get_by_label("二维码里的链接").fill(code)
        await page.keyboard.press("Enter")
        if outcome:
            await phone(page, "小李").locator(".toast").get_by_text(outcome).wait_for()
    await phone(page, "小李").get_by_role("button", name="开始", exact=True).click()
    await phone(page, "小李").locator(".composer").wait_for()
    assert room.last(LI)["text"] == "/start h7"


async def test_places_and_telephone_numbers_are_sent(chrome: Chrome, room: Room) -> None:
    page = await chrome.opens(room.address, width=1400)
    await start(page, "王奶奶", "小李")
    li = phone(page, "小李")
    await li.get_by_role("button", name="我在站点").click()
    await page.get_by_role("button", name="幸福里三号站").click()
    await li.get_by_text("已记录 location").wait_for()
    assert room.last(LI)["location"] == {"latitude": 31.2304, "longitude": 121.4737}
    await li.locator(".attach").click()
    await li.get_by_role("button", name="发位置").click()
    await page.get_by_label("纬度, 经度").fill("不知道")
    await page.locator("#placing").get_by_role("button", name="发送").click()
    assert await page.locator("#placing").is_visible()
    await page.get_by_label("纬度, 经度").fill("31.24，-121.5")
    await page.keyboard.press("Enter")
    await li.get_by_text("31.24000, -121.50000").wait_for()
    assert room.last(LI)["location"] == {"latitude": 31.24, "longitude": -121.5}

    await phone(page, "王奶奶").get_by_role("button", name="电话").click()
    await page.get_by_role("button", name="好的").click()
    await phone(page, "王奶奶").get_by_text("已记录 contact").wait_for()
    assert room.last(WANG)["contact"]["phone_number"] == "+8613800000101"


async def test_somebody_blocks_the_bot_and_comes_back(chrome: Chrome, room: Room) -> None:
    page = await chrome.opens(room.address)
    await start(page, "王奶奶")
    await phone(page, "王奶奶").locator(".attach").click()
    await phone(page, "王奶奶").get_by_role("button", name="停用机器人").click()
    await page.get_by_role("button", name="好的").click()
    again = phone(page, "王奶奶").get_by_role("button", name="开始", exact=True)
    await again.wait_for()
    assert room.playground.somebody(WANG).chat.is_blocked
    await again.click()
    await phone(page, "王奶奶").locator(".composer").wait_for()

    assert not room.playground.somebody(WANG).chat.is_blocked


@pytest.mark.parametrize("width", [390, 800, 1400])
async def test_what_is_tapped_is_large_and_nothing_lies_outside(
    chrome: Chrome, room: Room, width: int
) -> None:
    page = await chrome.opens(room.address, width=width)
    await start(page, "王奶奶")
    await phone(page, "王奶奶").locator(".attach").click()
    small = """[...document.querySelectorAll("button, .choice")]
        .filter((node) => node.checkVisibility() && !node.matches(".link, .spoiler, .photo"))
        .map((node) => [node.id || node.className, node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
    outside = """document.documentElement.scrollWidth > innerWidth
        || document.documentElement.scrollHeight > innerHeight"""

    assert await page.evaluate(small) == []
    assert not await page.evaluate(outside)
