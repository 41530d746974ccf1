"""What the page asks of the playground, and is told: several people side by side."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from aiohttp import ClientSession, FormData

from bot.playground import Cast, Playground, Spot
from bot.playground.door import serve
from tests.bot.test_playground_messages import picture

CAST = [Cast("王奶奶", 101, "居民"), Cast("小李", 102, "志愿者")]
CODE = "https://t.me/greenbin_bot?start=h7"


class Browser:
    """The page's side of the door."""

    def __init__(self, session: ClientSession, address: str) -> None:
        self.session = session
        self.address = address

    async def acts(self, person: int | None = None, /, **wish: Any) -> tuple[int, Any]:
        wish |= {"person": person} if person is not None else {}
        async with self.session.post(f"{self.address}/page/act", json=wish) as response:
            return response.status, await response.json()

    async def sends_picture(self, person: object, content: bytes, caption: str = "") -> int:
        form = FormData({"person": str(person), "caption": caption})
        form.add_field("picture", content, filename="picture", content_type="image/png")
        async with self.session.post(f"{self.address}/page/picture", data=form) as response:
            return response.status

    async def sees(self) -> Any:
        """What the page is told first."""
        async with self.session.get(f"{self.address}/page/news") as response:
            return await _line(response)


async def _line(response: Any) -> Any:
    while not (line := await response.content.readline()).startswith(b"data: "):
        pass
    return json.loads(line.removeprefix(b"data: "))


@pytest.fixture
async def address(playground: Playground) -> AsyncIterator[str]:
    runner, address = await serve(
        playground, port=0, cast=CAST, places=[Spot("三号站", 31.2, 121.4)],
        read_code=lambda content: CODE if content.startswith(b"\xff\xd8") else None,
    )  # fmt: skip
    yield address
    await runner.cleanup()


@pytest.fixture
async def browser(address: str) -> AsyncIterator[Browser]:
    async with ClientSession() as session:
        yield Browser(session, address)


@pytest.fixture
async def bot(playground: Playground, address: str) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    yield Bot(playground.token, session=session)
    await session.close()


async def test_one_newcomer_stands_there_if_nobody_else_does(playground: Playground) -> None:
    runner, address = await serve(playground, port=0)
    async with ClientSession() as session:
        state = await Browser(session, address).sees()
    await runner.cleanup()

    (shown,) = state["people"].values()
    assert (shown["name"], shown["role"], shown["stays"]) == ("你", "", False)
    assert (state["places"], state["reads_codes"]) == ([], False)


async def test_each_has_a_chat_of_their_own(bot: Bot, browser: Browser) -> None:
    assert await browser.acts(101, do="start", payload="door-7") == (200, {})
    assert await browser.acts(do="speak", language="en") == (200, {})
    assert await browser.acts(102, do="say", text="电池") == (200, {})
    heard = [update.message for update in await bot.get_updates() if update.message]
    assert [(each.text, each.from_user and each.from_user.language_code) for each in heard] == [
        ("/start door-7", "zh-hans"), ("电池", "en"),
    ]  # fmt: skip

    sent = await bot.send_message(102, "有害")
    press = {"do": "press", "message": sent.message_id, "data": "ok"}
    _, pressed = await browser.acts(102, **press)
    await bot.answer_callback_query(pressed["id"], text="好的")
    _, searched = await browser.acts(102, do="search", query="电")
    state = await browser.sees()
    wang, li = state["people"]["101"], state["people"]["102"]
    assert state["order"] == [101, 102]
    assert [each["text"] for each in wang["messages"]] == ["/start door-7"]
    assert [each["text"] for each in li["messages"]] == ["电池", "有害"]
    assert li["presses"][0]["answer"] == {"text": "好的", "show_alert": False}
    assert li["search"] == {"id": searched["id"], "results": None}
    assert (wang["presses"], wang["search"], wang["role"]) == ([], None, "居民")


async def test_only_what_changed_is_told_again(browser: Browser) -> None:
    async with browser.session.get(f"{browser.address}/page/news") as news:
        assert set((await _line(news))["people"]) == {"101", "102"}
        await browser.acts(102, do="say", text="电池")

        assert set((await _line(news))["people"]) == {"102"}


async def test_people_come_and_go(browser: Browser) -> None:
    _, added = await browser.acts(do="add")
    _, named = await browser.acts(do="add", name=" 赵师傅 ")
    people = (await browser.sees())["people"]
    assert [each["name"] for each in people.values()] == ["王奶奶", "小李", "新朋友1", "赵师傅"]
    assert (await browser.acts(added["id"], do="leave"))[0] == 200
    assert (await browser.acts(101, do="leave"))[0] == 400
    assert (await browser.acts(added["id"], do="say", text="还在"))[0] == 400

    await browser.acts(101, do="start", payload="")
    await browser.acts(do="afresh")
    state = await browser.sees()
    assert state["order"] == [101, 102]
    assert not any(each["open"] for each in state["people"].values())
    _, later = await browser.acts(do="add")
    assert later["id"] > named["id"]


async def test_the_stage_is_full_at_some_point(browser: Browser) -> None:
    statuses = [(await browser.acts(do="add"))[0] for _ in range(11)]

    assert statuses == [200] * 10 + [400]


async def test_pictures_places_and_codes(
    bot: Bot, browser: Browser, playground: Playground
) -> None:
    await browser.acts(101, do="start", payload="")
    await bot.get_updates(offset=-1)
    sent = await bot.send_photo(101, BufferedInputFile(picture(400, 400), "code.png"))
    assert sent.photo is not None
    code = sent.photo[0].file_id
    assert await browser.acts(102, do="scan", file=code) == (200, {"payload": "h7"})
    assert await browser.acts(102, do="open", link=CODE) == (200, {"payload": "h7"})
    assert await browser.acts(102, do="open", link="31-502") == (200, {"payload": None})
    await browser.acts(102, do="pass_on", file=code)
    await browser.sends_picture(102, picture(), "看" * 1024)
    await browser.acts(102, do="send_location", latitude=31, longitude=121.4)
    await browser.acts(102, do="share_contact")
    await browser.acts(102, do="block")

    *_, passed, pasted, place, contact = playground.somebody(102).chat.messages.values()
    assert [size["width"] for size in passed["photo"]] == [90, 320, 400]
    assert passed["photo"][-1]["file_id"] != sent.photo[-1].file_id
    assert (pasted["photo"][0]["width"], pasted["caption"]) == (4, "看" * 1024)
    assert place["location"] == {"latitude": 31, "longitude": 121.4}
    assert contact["contact"]["user_id"] == 102
    shown = (await browser.sees())["people"]["102"]
    assert (shown["open"], shown["blocked"]) == (False, True)
    await browser.acts(102, do="start", payload="")
    assert not playground.somebody(102).chat.is_blocked


async def test_the_page_refuses_nonsense(bot: Bot, browser: Browser) -> None:
    await browser.acts(101, do="start", payload="")
    file = await bot.send_document(101, BufferedInputFile(b"1,2", "a.csv"))
    assert file.document is not None
    wishes: list[dict[str, Any]] = [
        {"do": "fly"}, {"do": "say"}, {"do": "say", "text": "  "}, {"do": "press"},
        {"do": "choose", "result": "1"}, {"do": "press", "message": "1", "data": "x"},
        {"do": "send_location", "latitude": 91, "longitude": 0},
        {"do": "send_location", "latitude": "31", "longitude": "121"},
        {"do": "pass_on", "file": "nothing"}, {"do": "pass_on", "file": file.document.file_id},
        {"do": "scan", "file": "nothing"},
    ]  # fmt: skip
    for wish in wishes:
        assert (await browser.acts(101, **wish))[0] == 400
    assert (await browser.acts(999, do="say", text="谁？"))[0] == 400
    assert (await browser.acts(do="speak", language="xx"))[0] == 400
    for person, content, caption in (
        (101, b"<svg>", ""), (101, b"", ""), (999, picture(), ""), ("x", picture(), ""),
        (101, picture(), "桶" * 1025),
    ):  # fmt: skip
        assert await browser.sends_picture(person, content, caption) == 400
    act = f"{browser.address}/page/act"
    async with browser.session.post(act, json=[]) as response:
        assert response.status == 400
    async with browser.session.post(act, data="{}") as response:
        assert response.status == 415
    async with browser.session.post(f"{browser.address}/page/picture", data=b"x") as response:
        assert response.status == 415
    for path in ("files/nothing", "..%2fcore.py", "nothing.js"):
        async with browser.session.get(f"{browser.address}/page/{path}") as response:
            assert response.status == 404
