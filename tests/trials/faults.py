"""A faulty way to Telegram: whatever can go wrong on the wire does, on order or by chance.

`Door` is the playground's HTTP door with faults in it. `FaultyLine` is the bot's own HTTP session;
it adds what goes wrong before the door is reached. `Faults` decides, from a seed, which call
fails and how. The judge of a trial is what the playground counts: `door.playground`.
"""

import asyncio
import contextlib
import contextvars
import dataclasses
import json
import random
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import web

from bot.network import Line
from bot.playground import Person, Playground
from bot.playground.door import build_app
from bot.playground.rules import Json

SHORT_SECONDS = 0.08
"""The bot's time-out where we know that no answer will come."""

SLOW_SECONDS = 0.03

HTML = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
LOGIN_PAGE = "<html><title>网络认证</title><body>请先登录校园网</body></html>".encode("gbk")


@dataclass(frozen=True)
class Wire:
    """One call that is to fail, as the door sees it."""

    request: web.Request
    answer: bytes
    """What would be answered."""
    status: int
    faults: "Faults"


Act = Callable[[Wire], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong."""

    name: str
    row: str
    """The row of `bot.failures.TABLE` that it ends in; empty if nothing is noticed."""
    act: Act | None = None
    """What the door does."""
    detour: str = ""
    """Where the call goes instead of to the door."""
    carried_out: bool | None = False
    """Whether Telegram carries the call out nevertheless; None if the seed decides."""
    silent: bool = False
    """Whether the bot has to wait for its time-out."""
    only: tuple[str, ...] = ()
    """The methods that this can happen to; all if empty."""


@dataclass(frozen=True)
class Happened:
    """A call that a fault befell."""

    method: str
    fault: Fault
    carried_out: bool


# What the door does.


def _no(code: int, description: str | None = None, **more: Any) -> Act:
    """Telegram says no."""

    async def act(wire: Wire) -> web.StreamResponse:
        body: Json = {"ok": False, "error_code": code, **more}
        if description is not None:
            body["description"] = description
        return web.json_response(body, status=code)

    return act


async def _too_many(wire: Wire) -> web.StreamResponse:
    seconds = wire.faults.chance.randint(*wire.faults.pauses)
    words = f"Too Many Requests: retry after {seconds}"
    return await _no(429, words, parameters={"retry_after": seconds})(wire)


async def _migrate(wire: Wire) -> web.StreamResponse:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    moved = {"migrate_to_chat_id": wire.faults.moved_to}
    return await _no(400, words, parameters=moved)(wire)


def _says(status: int, body: str | bytes, kind: str = "application/json") -> Act:
    """Something answers in Telegram's place."""

    async def act(wire: Wire) -> web.StreamResponse:
        content = body.encode() if isinstance(body, str) else body
        return web.Response(status=status, body=content, headers={"Content-Type": kind})

    return act


async def _half(wire: Wire) -> web.StreamResponse:
    """The answer's first half, as if it were all."""
    half = wire.answer[: max(1, len(wire.answer) // 2)]
    return web.Response(body=half, content_type="application/json")


async def _cut_off(wire: Wire) -> web.StreamResponse:
    """The connection ends in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": str(len(wire.answer))})
    await response.prepare(wire.request)
    await response.write(wire.answer[: len(wire.answer) // 2])
    assert wire.request.transport
    wire.request.transport.close()
    return response


async def _strange(wire: Wire) -> web.StreamResponse:
    """Telegram's yes, in a form that aiogram does not know."""
    if wire.status != 200:
        return await _slowly(wire)
    return web.json_response({"ok": True, "result": {"strange": [1, 2]}})


async def _hang_up(wire: Wire) -> web.StreamResponse:
    assert wire.request.transport
    wire.request.transport.close()
    return web.Response()


async def _reset(wire: Wire) -> web.StreamResponse:
    """The connection ends with a TCP reset."""
    transport = wire.request.transport
    assert transport
    plug = transport.get_extra_info("socket")
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    return web.Response()


async def _babble(wire: Wire) -> web.StreamResponse:
    """Bytes that are no HTTP."""
    transport = wire.request.transport
    assert isinstance(transport, asyncio.Transport)
    transport.write(b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n")
    transport.close()
    return web.Response()


async def _silence(wire: Wire) -> web.StreamResponse:
    """No answer, for as long as the bot waits for one."""
    await asyncio.Event().wait()
    raise AssertionError


async def _slowly(wire: Wire) -> web.StreamResponse:
    await asyncio.sleep(SLOW_SECONDS)
    return web.Response(body=wire.answer, status=wire.status, content_type="application/json")


_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
_GBK = "text/html"  # Without a charset, as such pages come.
_QUERIES = ("answerCallbackQuery", "answerInlineQuery")
_REFUSED = "connection refused, or not encrypted as it should be"
_PROXY = "proxy out of reach, or it refuses or hangs up"
_LOST = "connection lost, or other trouble on the way"
_LATE = "no answer within 30 s"
_UNREADABLE = "half an answer, or none that can be read"

FAULTS = (
    Fault("429 with parameters", "429 with `retry_after`", _too_many),
    Fault("429 without parameters", "429 without `retry_after`",
          _no(429, "Too Many Requests: retry after 7")),
    Fault("429 without seconds", "429 without `retry_after`", _no(429, "Too Many Requests")),
    Fault("429 without words", "a no without words", _no(429)),
    Fault("403 blocked", "403 bot was blocked by the user",
          _no(403, "Forbidden: bot was blocked by the user")),
    Fault("403 deactivated", "403 user is deactivated",
          _no(403, "Forbidden: user is deactivated")),
    Fault("403 kicked", "403 with other words",
          _no(403, "Forbidden: bot was kicked from the group chat")),
    Fault("400 chat not found", "400 chat not found", _no(400, "Bad Request: chat not found")),
    Fault("400 migrate", "400, the group became a supergroup", _migrate),
    Fault("400 can't parse entities", "400 can't parse entities",
          _no(400, "Bad Request: can't parse entities: Can't find end of the entity")),
    Fault("400 too long", "400 message is too long", _no(400, "Bad Request: message is too long")),
    Fault("400 not modified", "400 message is not modified", _no(400, _MODIFIED),
          only=("editMessageText",)),
    Fault("400 query too old", "400 query is too old", _no(400, _OLD), only=_QUERIES),
    Fault("400 other", "400 with other words", _no(400, "Bad Request: PEER_ID_INVALID")),
    Fault("400 without words", "400 with other words", _no(400)),
    Fault("401", "401 unauthorized", _no(401, "Unauthorized")),
    Fault("404", "404 not found", _no(404, "Not Found")),
    Fault("404 method", "404 method not found", _no(404, "Not Found: method not found")),
    Fault("409", "409 conflict",
          _no(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                   "instance is running")),
    Fault("413", "413 too large", _no(413, "Request Entity Too Large")),
    Fault("420", "any other no", _no(420, "FLOOD_WAIT_X")),
    Fault("500", "500 with a description", _no(500, "Internal Server Error"), carried_out=None),
    Fault("500 restart", "500 with a description", _no(500, "Internal Server Error: restart"),
          carried_out=None),
    Fault("500 without description", "500 without a description", _no(500), carried_out=None),
    Fault("502 HTML", "a web page, as with 502", _says(502, HTML, "text/html"), carried_out=None),
    Fault("200 login page", _UNREADABLE, _says(200, LOGIN_PAGE, _GBK)),
    Fault("empty 200", "an empty answer", _says(200, ""), carried_out=None),
    Fault("truncated 200", _UNREADABLE, _half, carried_out=None),
    Fault("cut-off 200", _UNREADABLE, _cut_off, carried_out=None),
    Fault("strange 200", "a yes of unknown form", _strange, carried_out=True),
    Fault("hung up before delivery", _LOST, _hang_up),
    Fault("hung up after delivery", _LOST, _hang_up, carried_out=True),
    Fault("reset before delivery", _LOST, _reset),
    Fault("reset after delivery", _LOST, _reset, carried_out=True),
    Fault("no HTTP", _LOST, _babble, carried_out=None),
    Fault("time-out before delivery", _LATE, _silence, silent=True),
    Fault("time-out after delivery", _LATE, _silence, carried_out=True, silent=True),
    Fault("slow", "", _slowly, carried_out=True),
    Fault("connection refused", _REFUSED, detour="refused"),
    Fault("not encrypted", _REFUSED, detour="not encrypted"),
    Fault("DNS failure", "name not found (DNS)", detour="nowhere"),
    Fault("swallowed", "no connection within 10 s", detour="swallowed"),
    Fault("proxy refused", _PROXY, detour="proxy refused"),
    Fault("proxy says no", _PROXY, detour="proxy says no"),
    Fault("proxy wants a password", _PROXY, detour="proxy wants a password"),
    Fault("proxy hangs up", _PROXY, detour="proxy hangs up"),
    Fault("proxy resets", _LOST, detour="proxy resets"),
    Fault("proxy is silent", "no connection within 10 s", detour="proxy is silent"),
)  # fmt: skip

AT_THE_DOOR = tuple(fault for fault in FAULTS if not fault.detour)
"""What a bot in another process can meet."""


def by_name(name: str) -> Fault:
    return next(fault for fault in FAULTS if fault.name == name)


class Faults:
    """Decides which call fails, and how: as told, or by chance from the seed."""

    def __init__(
        self, seed: int = 0, rate: float = 0.0, kinds: tuple[Fault, ...] = FAULTS
    ) -> None:
        self.chance = random.Random(seed)
        self.rate = rate
        """Share of all calls that fail by chance."""
        self.kinds = kinds
        self.pauses = (1, 10_072)
        """How long a 429 wants silence, in seconds."""
        self.moved_to = -1_001_999_999_999
        """The supergroup that "migrate" names."""
        self.outage: Fault | None = None
        """While this is set, every call fails so."""
        self.begin_at: tuple[str, Fault] | None = None
        """An outage begins at the next call of this method."""
        self.calls: list[str] = []
        """The method of every call that the bot tried to make."""
        self.happened: list[Happened] = []
        self._told: dict[str, deque[Fault]] = {}

    def next(self, method: str, *faults: Fault) -> None:
        """The next calls of this method fail so, one after the other."""
        self._told.setdefault(method, deque()).extend(faults)

    def stop(self) -> None:
        """From here on everything works."""
        self.rate, self.outage, self.begin_at = 0.0, None, None
        self._told.clear()

    def waiting(self, method: str) -> int:
        """How many told faults have not happened yet."""
        return len(self._told.get(method, ()))

    def draw(self, method: str) -> Fault | None:
        """What befalls this call."""
        self.calls.append(method)
        if self.begin_at and self.begin_at[0] == method:
            self.outage, self.begin_at = self.begin_at[1], None
        told = self._told.get(method)
        if told:
            return told.popleft()
        if self.outage:
            return self.outage
        if not self.rate or self.chance.random() >= self.rate:
            return None
        possible = [each for each in self.kinds if not each.only or method in each.only]
        return self.chance.choice(possible)

    def note(self, method: str, fault: Fault) -> bool:
        """Write a fault down; whether Telegram carries the call out nevertheless."""
        carried_out = fault.carried_out
        if carried_out is None:
            carried_out = self.chance.random() < 0.5
        self.happened.append(Happened(method, fault, carried_out))
        return carried_out


# The door.

_FAULT: contextvars.ContextVar[int | None] = contextvars.ContextVar("fault", default=None)


class Door:
    """The playground's HTTP door, which fails as `faults` decides."""

    def __init__(self, playground: Playground, faults: Faults, *, decides: bool = False) -> None:
        """`decides` is for bots that come without a `FaultyLine`, from other processes."""
        self.playground = playground
        self.faults = faults
        self.batches: list[int] = []
        """How many updates were in each answer to getUpdates."""
        self.redelivers = 0.0
        """Share of updates that come again, under the same id."""
        self.address = ""
        self._decides = decides
        self._given: list[Json] = []
        self._ordered: dict[int, Fault] = {}
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._port = 0

    async def opens(self) -> None:
        """Listen; always on the same port."""
        if self._runner is None:
            app = build_app(self.playground, None)
            app.middlewares.append(self._fail)
            self._runner = web.AppRunner(
                app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
            )
            await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{self._port}"

    async def shuts(self) -> None:
        """Listen no more, and end what is connected: the next connection is refused."""
        assert self._site
        assert self._runner
        assert self._runner.server
        await self._site.stop()
        self._site = None
        for connection in self._runner.server.connections:
            if connection.transport:
                connection.transport.abort()

    async def closes(self) -> None:
        """Clean up."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def order(self, fault: Fault) -> int:
        """A fault for the call that comes with this number."""
        number = len(self._ordered)
        self._ordered[number] = fault
        return number

    @web.middleware
    async def _fail(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        method = request.match_info.get("method", "")
        fault = None
        if "fault" in request.query:
            fault = self._ordered[int(request.query["fault"])]
            request = request.clone(rel_url=request.rel_url.with_query(None))
        elif self._decides and method:
            fault = self.faults.draw(method)
        if fault is None or fault.act is None:
            return await self._carry_out(method, request, handler)
        answer, status = b'{"ok":true,"result":true}', 200
        if self.faults.note(method, fault):
            response = await self._carry_out(method, request, handler)
            assert isinstance(response, web.Response)
            assert isinstance(response.body, bytes)
            answer, status = response.body, response.status
        else:
            await request.read()
        return await fault.act(Wire(request, answer, status, self.faults))

    async def _carry_out(
        self,
        method: str,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        response = await handler(request)
        if method != "getUpdates" or not isinstance(response, web.Response):
            return response
        assert isinstance(response.body, bytes)
        body = json.loads(response.body)
        if not body["ok"]:
            return response
        body["result"] = self._tampered(body["result"])
        return web.json_response(body)

    def _tampered(self, updates: list[Json]) -> list[Json]:
        """What was confirmed comes again, before the new: never so that something new would be
        skipped, and never alone, or every question would have an answer."""
        self.batches.append(len(updates))
        if not updates:
            return []
        first = updates[0]["update_id"]
        confirmed = [each for each in self._given[-90:] if each["update_id"] < first]
        again = [each for each in confirmed if self.faults.chance.random() < self.redelivers]
        updates = updates[: 100 - len(again)]  # an answer holds a hundred
        self._given += updates
        return again + updates


# The way to the door.


class _Numbered(TelegramAPIServer):
    """Tells the door which of the faults is meant for a call."""

    def api_url(self, token: str, method: str) -> str:
        number = _FAULT.get()
        url = super().api_url(token, method)
        return url if number is None else f"{url}?fault={number}"


class FaultyLine(Line):
    """The bot's HTTP session, which fails as the door's faults decide."""

    def __init__(self, door: Door) -> None:
        super().__init__(api=_Numbered.from_base(door.address))
        self._door = door
        self._detours = Detours(door.address)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: float | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> TelegramType:
        name = method.__api_method__
        fault = self._door.faults.draw(name)
        if fault is None:
            return await super().make_request(bot, method, timeout)  # type: ignore[arg-type]
        if fault.detour:
            self._door.faults.note(name, fault)
            line = await self._detours.line(fault.detour)
            return await line.make_request(bot, method)
        ordered = _FAULT.set(self._door.order(fault))
        try:
            limit = SHORT_SECONDS if fault.silent else timeout
            return await super().make_request(bot, method, limit)  # type: ignore[arg-type]
        finally:
            _FAULT.reset(ordered)

    async def close(self) -> None:
        """Without aiogram's quarter of a second, which is for TLS."""
        await self._detours.close()
        if self._session is not None:
            await self._session.close()


@dataclass
class Detours:
    """Ways that do not lead to the door."""

    address: str
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _lines: dict[str, Line] = field(default_factory=dict)
    _sockets: list[socket.socket] = field(default_factory=list)
    _servers: list[asyncio.Server] = field(default_factory=list)

    async def line(self, name: str) -> Line:
        """An HTTP session that goes this way."""
        async with self._turn:
            return await self._line(name)

    async def _line(self, name: str) -> Line:
        if name not in self._lines:
            base, proxy = self.address, None
            if name == "refused":
                base = f"http://127.0.0.1:{self._taken_port()}"
            elif name == "not encrypted":
                base = self.address.replace("http:", "https:")
            elif name == "nowhere":
                base = "http://api.telegram.invalid"
            elif name == "swallowed":
                base = f"http://127.0.0.1:{self._full_port()}"
            elif name == "proxy refused":
                proxy = f"socks5://127.0.0.1:{self._taken_port()}"
            else:
                kind = "http" if name == "proxy wants a password" else "socks5"
                proxy = f"{kind}://127.0.0.1:{await self._bad_proxy(name)}"
            line = Line(proxy=proxy, api=TelegramAPIServer.from_base(base))
            line.timeout = 5.0
            if name in ("swallowed", "proxy is silent"):
                line.connect_timeout = SHORT_SECONDS
            self._lines[name] = line
        return self._lines[name]

    async def close(self) -> None:
        for line in self._lines.values():
            if line._session is not None:
                await line._session.close()
        for server in self._servers:
            server.close()
        for plug in self._sockets:
            plug.close()

    def _taken_port(self) -> int:
        """A port that is taken, though nobody listens: connections are refused."""
        plug = socket.socket()
        plug.bind(("127.0.0.1", 0))
        self._sockets.append(plug)
        return int(plug.getsockname()[1])

    def _full_port(self) -> int:
        """A port whose queue is full: who wants a connection hears nothing at all."""
        plug = socket.socket()
        plug.bind(("127.0.0.1", 0))
        plug.listen(0)
        self._sockets.append(plug)
        for _ in range(3):
            guest = socket.socket()
            guest.setblocking(False)
            guest.connect_ex(plug.getsockname())
            self._sockets.append(guest)
        return int(plug.getsockname()[1])

    async def _bad_proxy(self, name: str) -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                match name:
                    case "proxy says no":
                        await reader.readexactly(3)
                        writer.write(b"\x05\x00")
                        await reader.read(100)
                        writer.write(b"\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00")
                    case "proxy wants a password":
                        await reader.readuntil(b"\r\n\r\n")
                        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                    case "proxy resets":
                        await reader.readexactly(3)
                        plug = writer.get_extra_info("socket")
                        linger = struct.pack("ii", 1, 0)
                        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                        writer.transport.abort()
                    case "proxy is silent":
                        await reader.read()
                    case "proxy hangs up":
                        await reader.readexactly(3)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])


# Updates.


def resend(playground: Playground, person: Person, message_id: int) -> None:
    """The same message comes again, under another update id."""
    playground.world.updates.add("message", person.chat.messages[message_id])


def reorder(playground: Playground, chance: random.Random) -> None:
    """What waits for the bot comes in another order, as from several queues (reliability T10)."""
    waiting = playground.world.updates._waiting
    contents = [each.content for each in waiting]
    chance.shuffle(contents)
    for place, content in enumerate(contents):
        waiting[place] = dataclasses.replace(waiting[place], content=content)


def press_often(person: Person, message_id: int, data: str, times: int) -> str:
    """One press that arrives under several update ids (reliability T3); the query's id."""
    updates = person.world.updates
    press_id = person.press(message_id, data)
    content = updates._waiting[-1].content["callback_query"]
    for _ in range(times - 1):
        updates.add("callback_query", content)
    return press_id


@contextlib.asynccontextmanager
async def second_poller(door: Door) -> AsyncIterator[None]:
    """Inside, another program asks for updates with the same token: 409 for one of the two."""
    url = f"{door.address}/bot{door.playground.token}/getUpdates"

    async def poll() -> None:
        async with aiohttp.ClientSession() as client:
            while True:
                async with client.post(url, data={"timeout": "50"}) as answer:
                    await answer.read()

    polling = asyncio.create_task(poll())
    try:
        yield
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
