"""The playground over HTTP: the Bot API's paths, encodings, answers and status codes."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
)
from aiogram.methods import AnswerCallbackQuery, SendMessage, SendPhoto, SetMyCommands
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)
from aiohttp import ClientSession, FormData, ServerDisconnectedError

from bot.intake import GetRawUpdates
from bot.network import Line
from bot.playground import Answer, Call, ConnectionLost, Person, Playground
from bot.playground.door import NoFreePort, serve
from bot.playground.page import FOLDER
from bot.responses import send
from tests.bot.test_playground_messages import picture


@pytest.fixture
async def address(playground: Playground) -> AsyncIterator[str]:
    runner, address = await serve(playground, port=0)
    yield address
    await runner.cleanup()


@pytest.fixture(params=[AiohttpSession, Line], ids=["aiogram's", "ours"])
async def bot(
    playground: Playground, address: str, request: pytest.FixtureRequest
) -> AsyncIterator[Bot]:
    session = request.param(api=TelegramAPIServer.from_base(address))
    yield Bot(playground.token, session=session)
    await session.close()


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


async def test_a_bot_works_over_http(bot: Bot, mei: Person, playground: Playground) -> None:
    assert (await bot.get_me()).username == "greenbin_bot"
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start"
    sent = await bot.send_photo(mei.id, BufferedInputFile(picture(), "a.png"), caption="门牌码")
    assert sent.photo is not None
    got = await bot.download(sent.photo[0])
    assert got is not None
    assert got.read().startswith(b"\xff\xd8")
    with pytest.raises(TelegramBadRequest, match="text must be non-empty"):
        await bot.send_message(mei.id, " ")

    assert [message["caption"] for message in playground.received(mei.id)] == ["门牌码"]


class Arrival:
    """Tells when the next call has come in."""

    def __init__(self) -> None:
        self.event = asyncio.Event()

    async def before(self, call: Call) -> None:
        self.event.set()

    async def after(self, call: Call, answer: Answer) -> None: ...


async def test_long_polling_over_http(bot: Bot, mei: Person, playground: Playground) -> None:
    (start,) = await bot.get_updates()
    playground.hook = arrival = Arrival()
    polling = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=50))
    await arrival.event.wait()
    mei.say("电池")

    (update,) = await polling
    assert update.message is not None
    assert update.message.text == "电池"


async def post(browser: ClientSession, url: str, **how: Any) -> tuple[int, Any]:
    async with browser.post(url, **how) as response:
        return response.status, await response.json()


async def test_every_way_of_writing_parameters(
    browser: ClientSession, address: str, playground: Playground, mei: Person
) -> None:
    url = f"{address}/bot{playground.token}/sendMessage"
    fields = {"chat_id": str(mei.id), "text": "有害 & 红桶"}
    form = FormData(fields, default_to_multipart=True)
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    body = {"chat_id": mei.id, "text": "有害 & 红桶", "reply_markup": markup, "entities": None}
    async with browser.get(url, params=fields) as response:
        assert (response.status, (await response.json())["ok"]) == (200, True)
    for how in ({"data": fields}, {"data": form}, {"json": body}, {"params": fields}):
        status, answer = await post(browser, url, **how)
        assert (status, answer["ok"], answer["result"]["text"]) == (200, True, "有害 & 红桶")

    assert len(playground.received(mei.id)) == 5
    assert playground.received(mei.id)[3]["reply_markup"] == markup


async def test_errors_have_telegrams_form(
    browser: ClientSession, address: str, playground: Playground
) -> None:
    good = f"{address}/bot{playground.token}"
    assert await post(browser, f"{good}/sendMessage", data={"text": "x"}) == (
        400,
        {"ok": False, "error_code": 400, "description": "Bad Request: chat_id is empty"},
    )
    assert await post(browser, f"{address}/bot1:a/getMe") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert (await post(browser, f"{address}/botnonsense/getMe"))[0] == 404
    status, answer = await post(browser, f"{good}/getMoon")
    assert (status, answer["description"]) == (404, "Not Found: method not found")
    assert (await post(browser, f"{good}/sendMessage", json=[]))[0] == 400
    webhook = {"url": "https://a.cn/hook"}
    status, answer = await post(browser, f"{good}/setWebhook", json=webhook)
    assert (status, answer["description"]) == (200, "Webhook was set")
    assert (await post(browser, f"{good}/getUpdates"))[0] == 409


async def test_a_flood_is_told_how_long_to_wait(
    browser: ClientSession, address: str, playground: Playground, mei: Person
) -> None:
    playground.world.limits.on = True
    url = f"{address}/bot{playground.token}/sendMessage"
    answers = [await post(browser, url, json={"chat_id": mei.id, "text": "x"}) for _ in range(4)]

    assert [status for status, _ in answers] == [200, 200, 200, 429]
    assert answers[3][1]["parameters"] == {"retry_after": 1}
    assert answers[3][1]["description"] == "Too Many Requests: retry after 1"


class Heard:
    """Notes what is asked for, as the door has read it."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any], list[bytes]]] = []

    async def before(self, call: Call) -> None:
        said = {name: _read(value) for name, value in call.parameters.items()}
        self.calls.append((call.method, said, [file.content for file in call.files.values()]))

    async def after(self, call: Call, answer: Answer) -> None: ...


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value.partition("attach://")[0]


async def test_our_line_says_what_aiograms_says(playground: Playground, address: str) -> None:
    keys = [[InlineKeyboardButton(text="好", callback_data="x:1")]]
    calls = [
        SendMessage(
            chat_id=-5,
            text='电池\n"👍"&=%',
            reply_markup=InlineKeyboardMarkup(inline_keyboard=keys),
            reply_parameters=ReplyParameters(message_id=7),
            disable_notification=False,
        ),
        AnswerCallbackQuery(callback_query_id="1", show_alert=True),
        SetMyCommands(commands=[BotCommand(command="bin", description="查")], language_code="zh"),
        SendPhoto(chat_id=5, photo=BufferedInputFile(b"1", "a.png"), caption="门牌码"),
        GetRawUpdates(offset=9, timeout=0),
    ]
    heard = []
    for kind in (AiohttpSession, Line):
        playground.hook = hook = Heard()
        async with Bot(playground.token, kind(api=TelegramAPIServer.from_base(address))) as bot:
            for call in calls:
                with suppress(TelegramAPIError):
                    await bot(call)
        heard.append(hook.calls)

    assert heard[0] == heard[1]
    assert [method for method, _, _ in heard[1]] == [c.__api_method__.lower() for c in calls]


async def test_who_only_sends_does_not_read_what_was_sent(
    playground: Playground, address: str, mei: Person
) -> None:
    """So it cannot fail where Telegram tells of messages in a newer way."""
    playground.hook = Newer()
    async with Bot(playground.token, Line(api=TelegramAPIServer.from_base(address))) as bot:
        call = SendMessage(chat_id=mei.id, text="好")
        with pytest.raises(ClientDecodeError):
            await bot(call)
        await send(bot, call)
        with pytest.raises(TelegramBadRequest, match="text is empty"):
            await send(bot, SendMessage(chat_id=mei.id, text=""))

    assert len(playground.received(mei.id)) == 2


class Newer:
    """Tells of messages in a way that nobody knows yet."""

    async def before(self, call: Call) -> None: ...

    async def after(self, call: Call, answer: Answer) -> None:
        if call.method == "sendmessage":
            answer.result["chat"] = "another"


@pytest.mark.parametrize(
    "body",
    [b'{"chat_id": 1, "text": "\\ud83d"}', b"chat_id=1&text=%ff", b"chat_id=1&text=\xff"],
)
async def test_text_that_is_no_unicode_is_refused(
    browser: ClientSession, address: str, playground: Playground, body: bytes
) -> None:
    kind = "json" if body.startswith(b"{") else "x-www-form-urlencoded"
    url = f"{address}/bot{playground.token}/sendMessage"
    status, answer = await post(
        browser, url, data=body, headers={"Content-Type": f"application/{kind}"}
    )
    assert (status, answer["description"]) == (
        400,
        "Bad Request: strings must be encoded in UTF-8",
    )


async def test_the_door_opens_to_this_machine_only(
    browser: ClientSession, address: str, playground: Playground
) -> None:
    async def status(path: str, **headers: str) -> int:
        async with browser.get(address + path, headers=headers) as response:
            return response.status

    call = f"/bot{playground.token}/getMe"
    own = address.removeprefix("http://")
    assert await status(call) == 200
    assert await status("/", Host="localhost:8080") == 200
    assert await status("/", Host="[::1]:8080") == 200
    assert await status("/", Host="evil.example") == 403
    assert await status("/", Host="127.0.0.1.evil.example") == 403
    assert await status(call, Host="evil.example:80") == 403
    assert await status("/", Origin=address) == 200
    assert await status(call, Origin="http://evil.example") == 403
    assert await status("/page/news", Origin="null") == 403
    assert await status("/page/news", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert own.startswith("127.0.0.1:")


async def test_only_loopback_addresses_are_opened(playground: Playground) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await serve(playground, host="0.0.0.0")


async def test_a_taken_port_is_passed_over(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr("bot.playground.door.PORTS", range(port, port + 20))
        runner, address = await serve(playground, port=port)
        assert address != f"http://127.0.0.1:{port}"
        await runner.cleanup()

        monkeypatch.setattr("bot.playground.door.PORTS", range(port, port + 1))
        with pytest.raises(NoFreePort, match="close another program"):
            await serve(playground, port=port)


class Cut:
    """Carries calls out, and then cuts the line."""

    async def before(self, call: Call) -> None: ...

    async def after(self, call: Call, answer: Answer) -> None:
        raise ConnectionLost


async def test_a_lost_connection_is_lost_over_http_too(
    bot: Bot, mei: Person, playground: Playground
) -> None:
    playground.hook = Cut()
    with pytest.raises(TelegramNetworkError) as caught:
        await bot.send_message(mei.id, "好")

    assert isinstance(caught.value.__cause__, ServerDisconnectedError)
    assert len(playground.received(mei.id)) == 1


async def test_the_token_is_not_logged(
    browser: ClientSession, address: str, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await post(browser, f"{address}/bot{playground.token}/getMe")
    await post(browser, f"{address}/bot{playground.token}/getMoon")

    assert playground.token not in caplog.text


async def test_the_page_lets_nothing_in_from_outside(browser: ClientSession, address: str) -> None:
    scripts = [f"/page/{file.name}" for file in FOLDER.iterdir() if file.suffix != ".html"]
    for path in ("/", *scripts):
        async with browser.get(address + path) as response:
            text = await response.text()
            policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "innerHTML" not in text
        assert "//cdn" not in text
