"""The web page: people chat with the bot without a Telegram account, side by side."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from bot.playground import acts, forms
from bot.playground.rules import ApiError, Json
from bot.playground.stage import Stage

FOLDER = Path(__file__).parent / "page"
HEARTBEAT_SECONDS = 2
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_CANNOT = (ValueError, KeyError, IndexError, TypeError, ApiError, AssertionError)


class Page:
    """What the browser asks for, and what it is told. All open tabs look at the same people."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.watching: set[asyncio.Event] = set()
        self.closing = False
        stage.playground.world.watchers.append(self._wake)

    def join(self, app: web.Application) -> None:
        """Add the page's paths to the door."""
        app.router.add_get("/", self._index)
        app.router.add_get("/page/{name:[a-z]+[.](?:css|js)}", self._static)
        app.router.add_get("/page/news", self._news)
        app.router.add_get("/page/files/{file_id}", self._file)
        app.router.add_post("/page/act", self._act)
        app.router.add_post("/page/picture", self._picture)
        app.on_shutdown.append(self._close)

    def _wake(self) -> None:
        for event in self.watching:
            event.set()

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(FOLDER / "index.html", headers=HEADERS)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        file = FOLDER / request.match_info["name"]
        if not file.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(file, headers=HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        upload = self.stage.playground.world.files.by_id(request.match_info["file_id"])
        if upload is None:
            raise web.HTTPNotFound
        is_picture = upload.content.startswith(b"\xff\xd8\xff")
        kind = "image/jpeg" if is_picture else "application/octet-stream"
        return web.Response(body=upload.content, content_type=kind, headers=HEADERS)

    async def _news(self, request: web.Request) -> web.StreamResponse:
        """The state, and after every change what became of it, as long as the tab is open."""
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        event = asyncio.Event()
        self.watching.add(event)
        told: dict[str, str] = {}
        try:
            while not self.closing:
                event.clear()
                news = _changes(self.stage.state(), told)
                await response.write(
                    f"data: {json.dumps(news)}\n\n".encode() if news else b":\n\n"
                )
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), HEARTBEAT_SECONDS)
        except ConnectionResetError:
            pass  # The tab was closed.
        finally:
            self.watching.discard(event)
        return response

    async def _act(self, request: web.Request) -> web.Response:
        """Do what a person did on the page."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            wish = json.loads(await request.text())
            answer = acts.carry_out(self.stage, wish)
        except _CANNOT as error:
            return web.json_response({"error": str(error)}, status=400)
        self.stage.playground.world.changed()
        return web.json_response(answer)

    async def _picture(self, request: web.Request) -> web.Response:
        """Send the picture that a person picked, pasted or took."""
        if request.content_type != "multipart/form-data":
            raise web.HTTPUnsupportedMediaType
        try:
            said, files = await forms.read(request)
            content = files["picture"].content
            acts.send_picture(self.stage, int(said["person"]), content, said["caption"])
        except _CANNOT as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({})

    async def _close(self, _: web.Application) -> None:
        self.closing = True
        self._wake()


def _changes(state: Json, told: dict[str, str]) -> Json | None:
    """The state with only those people in it who look otherwise than was told; None if nobody.

    `told` is brought up to date.
    """
    people = state.pop("people")
    now = {each: json.dumps(shown) for each, shown in people.items()}
    now["everything else"] = json.dumps(state)
    changed = {each for each, text in now.items() if told.get(each) != text}
    told.clear()
    told.update(now)
    if not changed:
        return None
    return {**state, "people": {each: people[each] for each in people if each in changed}}
