"""The door for bots that come over HTTP: the Bot API's paths, answers and status codes.

Only this machine can come in: the door opens on the loopback address, and requests that a
foreign web page made a browser send are refused (DNS rebinding, cross-site requests).
Source of the paths: telegram-bot-api, HttpConnection.cpp.
"""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground import forms
from bot.playground.cast import Cast, Spot
from bot.playground.core import Playground
from bot.playground.page import Page
from bot.playground.rules import Answer, ApiError, ConnectionLost, envelope
from bot.playground.stage import ReadCode, Stage

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PORTS = range(8080, 8100)
MAX_REQUEST_BYTES = 64 << 20
PLAYGROUND = web.AppKey("playground", Playground)

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class NoFreePort(OSError):
    """Every port that the playground may open is taken."""


def build_app(playground: Playground, stage: Stage | None) -> web.Application:
    """The door, with or without the web page that shows a stage."""
    app = web.Application(middlewares=[_only_from_here], client_max_size=MAX_REQUEST_BYTES)
    app[PLAYGROUND] = playground
    app.router.add_route("*", "/bot{token}/{method}", _call)
    app.router.add_get("/file/bot{token}/{path:.+}", _file)
    if stage is not None:
        Page(stage).join(app)
    app.on_shutdown.append(_end_poll)
    return app


async def serve(
    playground: Playground,
    host: str = "127.0.0.1",
    port: int = 8080,
    *,
    page: bool = True,
    cast: Sequence[Cast] = (),
    places: Sequence[Spot] = (),
    read_code: ReadCode | None = None,
) -> tuple[web.AppRunner, str]:
    """Open the door; gives the runner, to be cleaned up at the end, and the address.

    The page shows the `cast`, or else one newcomer; people there can send one of the `places`
    as theirs, and scan codes in pictures if somebody can read them.

    A taken port is passed over for the next one up to 8099; port 0 takes any.
    """
    if host not in LOOPBACK:
        message = f"the playground opens on this machine only, not on {host}"
        raise ValueError(message)
    stage = Stage(playground, cast=cast, places=places, read_code=read_code) if page else None
    runner = web.AppRunner(
        build_app(playground, stage),
        access_log=None,  # Its lines would hold the token.
        handler_cancellation=True,
        shutdown_timeout=1,
    )
    await runner.setup()
    for number in [port, *(each for each in PORTS if each > port)] if port else [0]:
        try:
            await web.TCPSite(runner, host, number).start()
        except OSError:
            continue
        shown = f"[{host}]" if ":" in host else host
        return runner, f"http://{shown}:{runner.addresses[0][1]}"
    await runner.cleanup()
    message = f"no free port from {port} to {max(port, PORTS[-1])}: close another program"
    raise NoFreePort(message)


@web.middleware
async def _only_from_here(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse names that are not this machine's, and browsers on errands of other pages."""
    if _hostname(f"//{request.host}") not in LOOPBACK:
        return web.Response(status=403, text="The playground answers to this machine only.\n")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return web.Response(status=403, text="The playground takes no errands of other pages.\n")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.path != "/":
        return web.Response(status=403, text="The playground takes no errands of other pages.\n")
    return await handler(request)


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


async def _call(request: web.Request) -> web.Response:
    token, method = request.match_info["token"], request.match_info["method"]
    outcome: Answer | ApiError
    try:
        parameters, files = await forms.read(request)
        outcome = await request.app[PLAYGROUND].call(token, method, parameters, files)
    except ApiError as error:
        outcome = error
    except ConnectionLost:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    status, body = envelope(outcome)
    return web.json_response(body, status=status)


async def _file(request: web.Request) -> web.Response:
    token, path = request.match_info["token"], request.match_info["path"]
    try:
        content = request.app[PLAYGROUND].file(token, path)
    except ApiError as error:
        status, body = envelope(error)
        return web.json_response(body, status=status)
    return web.Response(body=content, content_type="application/octet-stream")


async def _end_poll(app: web.Application) -> None:
    """A bot that waits for updates is told that the server goes (get_closing_error)."""
    app[PLAYGROUND].world.updates.end_poll(500, "Internal Server Error: restart")
