"""The web page: one newcomer's chat with the bot, without a Telegram account."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground.core import Playground
from bot.playground.people import Person
from bot.playground.queries import PRESS_ANSWERABLE
from bot.playground.rules import ApiError, Json
from bot.playground.settings import commands_for

FOLDER = Path(__file__).parent / "page"
SHOWN_MESSAGES = 300
HEARTBEAT_SECONDS = 2
MAX_PICTURE_BYTES = 10 << 20
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_CODES = {"zh": "zh-hans", "en": "en"}
"""What Telegram's apps call these languages."""
_PICTURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}


class Page:
    """What the browser asks for, and what it is told. All open tabs look at the same chat."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.language = "zh"
        self.person = self._newcomer()
        self.presses: list[str] = []
        self.search_id: str | None = None
        self.watching: set[asyncio.Event] = set()
        self.closing = False
        playground.world.watchers.append(self._wake)

    def join(self, app: web.Application) -> None:
        """Add the page's paths to the door."""
        app.router.add_get("/", self._index)
        app.router.add_get("/page/{name:page[.](?:css|js)}", self._static)
        app.router.add_get("/page/news", self._news)
        app.router.add_get("/page/files/{file_id}", self._file)
        app.router.add_post("/page/act", self._act)
        app.router.add_post("/page/picture", self._picture)
        app.on_shutdown.append(self._close)

    def state(self) -> Json:
        """Everything the page shows."""
        world, chat = self.playground.world, self.person.chat
        presses = [world.presses[each] for each in self.presses[-20:]]
        search = world.searches.get(self.search_id or "")
        return {
            "bot": {
                "name": world.bot["first_name"],
                "username": world.bot["username"],
                "searches": world.bot["supports_inline_queries"],
            },
            "me": self.person.id,
            "open": chat.is_open,
            "fetched": world.updates.is_fetched(),
            "action": chat.action,
            "messages": list(chat.messages.values())[-SHOWN_MESSAGES:],
            "keyboard": chat.keyboard,
            "commands": commands_for(world, self.person.id, self.language),
            "patience": PRESS_ANSWERABLE.seconds,
            "presses": [
                {"id": p.id, "message": p.message_id, "data": p.data, "answer": p.answer}
                for p in presses
            ],
            "search": search and {"id": search.id, "results": search.results},
        }

    def _newcomer(self) -> Person:
        return self.playground.person("你", language_code=_CODES[self.language])

    def _wake(self) -> None:
        for event in self.watching:
            event.set()

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(FOLDER / "index.html", headers=HEADERS)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(FOLDER / request.match_info["name"], headers=HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        upload = self.playground.world.files.by_id(request.match_info["file_id"])
        if upload is None:
            raise web.HTTPNotFound
        kinds = (kind for start, kind in _PICTURES.items() if upload.content.startswith(start))
        kind = next(kinds, "application/octet-stream")
        return web.Response(body=upload.content, content_type=kind, headers=HEADERS)

    async def _news(self, request: web.Request) -> web.StreamResponse:
        """The state, again after every change, for as long as the tab is open."""
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        event = asyncio.Event()
        self.watching.add(event)
        told = ""
        try:
            while not self.closing:
                event.clear()
                news = json.dumps(self.state())
                await response.write(f"data: {news}\n\n".encode() if news != told else b":\n\n")
                told = news
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), HEARTBEAT_SECONDS)
        except ConnectionResetError:
            pass  # The tab was closed.
        finally:
            self.watching.discard(event)
        return response

    async def _act(self, request: web.Request) -> web.Response:
        """Do what the person did on the page."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            wish = json.loads(await request.text())
            answer = self._carry_out(wish)
        except (ValueError, KeyError, TypeError, ApiError, AssertionError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self._wake()
        return web.json_response(answer)

    async def _picture(self, request: web.Request) -> web.Response:
        """Send the picture that the person picked."""
        if request.content_type not in _PICTURES.values():
            raise web.HTTPUnsupportedMediaType
        content = await request.read()
        if not content or len(content) > MAX_PICTURE_BYTES:
            raise web.HTTPRequestEntityTooLarge(MAX_PICTURE_BYTES, len(content))
        self.person.send_photo(content)
        return web.json_response({})

    def _carry_out(self, wish: dict[str, Any]) -> Json:
        match wish:
            case {"do": "start", "payload": str(payload)}:
                self.person.start(payload)
            case {"do": "say", "text": str(text)}:
                self.person.say(text)
            case {"do": "press", "message": int(message_id), "data": str(data)}:
                self.presses.append(self.person.press(message_id, data))
                return {"id": self.presses[-1]}
            case {"do": "search", "query": str(query)}:
                self.search_id = self.person.search(query).id
                return {"id": self.search_id}
            case {"do": "choose", "result": str(result_id)}:
                search = self.playground.world.searches[self.search_id or ""]
                self.person.choose(search, result_id)
                self.search_id = None
            case {"do": "share_contact"}:
                self.person.send_contact("+8613800000000")
            case {"do": "share_location"}:
                self.person.send_location(31.2304, 121.4737)
            case {"do": "speak", "language": "zh" | "en" as language}:
                self.language = language
                self.person.about["language_code"] = _CODES[language]
            case {"do": "renew"}:
                self.person = self._newcomer()
                self.presses, self.search_id = [], None
            case _:
                raise ValueError(wish)
        return {}

    async def _close(self, _: web.Application) -> None:
        self.closing = True
        self._wake()
