"""A process that has imported everything and forks a bot for each start: 20 ms instead of five
seconds. Orders come on standard input, a JSON object a line; answers go to standard output.
"""

import asyncio
import gc
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot import __main__ as program
from bot import app, commands
from bot.intake import Intake
from bot.settings import Settings
from handlers import refusals
from models import Refusal, Session, notices
from tests.trials import points

REFUSED = "请拒绝我"
TOLD = "请通知我"


def slow_down(seed: int, least: float, most: float) -> None:
    """Make every handler take its time, from outside."""
    chance = random.Random(seed)
    build = app.build_dispatcher

    async def slowly(handler: Any, event: Any, data: Any) -> Any:
        await asyncio.sleep(chance.uniform(least, most))
        return await handler(event, data)

    def build_slow(*args: Any) -> Dispatcher:
        dispatcher = build(*args)
        for observer in (dispatcher.message, dispatcher.callback_query):
            observer.middleware(slowly)
        return dispatcher

    app.build_dispatcher = build_slow


class NotToday(Refusal):
    """A refusal that no feature has yet."""


def telling() -> Router:
    """A feature that tells people something afterwards."""

    async def tell(message: Message, session: Session, now: datetime) -> SendMessage:
        about = f"message {message.message_id}"
        fields = {"fault": "none", "in": "update", "number": "1", "day": "today"}
        await notices.post(session, message.chat.id, "fault", about, fields, now)
        return message.answer("好，我会通知你。")

    router = Router()
    router.message.register(tell, F.text == TOLD, flags={"writes": True})
    return router


def strike_at_once() -> None:
    """What the clock strikes for again and again, it strikes for at the start, too."""
    scheduler = app.build_scheduler

    def build_striking(*args: Any, **more: Any) -> Any:
        built = scheduler(*args, **more)
        for job in built.get_jobs():
            built.add_job(job.func, args=job.args)  # now, too
        return built

    app.build_scheduler = build_striking


def refuse_tell_and_forget() -> None:
    """Bring about what happens seldom: a refusal, a notice, what the clock strikes for."""
    build, routers = app.build_dispatcher, app.routers
    app.routers = lambda: [telling(), *routers()]  # type: ignore[attr-defined]
    refusals.text_key = lambda _: "lost-other"

    async def refuse(handler: Any, event: Any, data: Any) -> Any:
        if isinstance(event, Message) and event.text == REFUSED:
            raise NotToday
        return await handler(event, data)

    def build_refusing(*args: Any) -> Dispatcher:
        dispatcher = build(*args)
        dispatcher.message.middleware(refuse)
        return dispatcher

    app.LOOK_SECONDS = 0.2  # type: ignore[attr-defined]
    app.build_dispatcher = build_refusing
    strike_at_once()


def confirm_first() -> None:
    """For a control: confirm updates to Telegram before they are stored, as others do."""
    store = Intake._store

    async def confirmed(intake: Intake, batch: list[Any]) -> None:
        if batch:
            intake._offset = max(each["update_id"] for each in batch) + 1
        await store(intake, batch)

    Intake._store = confirmed  # type: ignore[method-assign]


def retry_blindly() -> None:
    """For a control: what was in the air goes once more, in a broadcast, too."""

    async def once_more(session: Any, _: Any, *which: Any, note: str | None = None) -> None:
        again = {"state": notices.State.WAITING, "note": note}
        await session.execute(notices._update().where(*which).values(again))

    notices._once_more = once_more


def tell_later() -> None:
    """For a control: what people are told is written after the fact's commit, as others do."""
    post, tasks = notices.post_all, set()

    async def later(session: Session, to: Any, *what: Any, **more: Any) -> None:
        people = list(to)

        async def write() -> None:
            await asyncio.sleep(1)
            async with Session(session.bind) as other, other.begin():
                await post(other, people, *what, **more)

        # Nobody waits for it, and a kill takes it along: that is what the control is about.
        task = asyncio.create_task(write())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    # From outside: what is shipped has no switch for it. (Types are checked in shipped code only.)
    notices.post_all = later


def aiograms_own_polling(seed: int, least: float, most: float) -> int:
    """The control: the same answers by aiogram's own polling, which must lose some."""
    chance = random.Random(seed)
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        if most:
            await asyncio.sleep(chance.uniform(least, most))
        await message.answer(f"⚫ {message.text} → ?")

    async def poll() -> None:
        server = TelegramAPIServer.from_base(os.environ["GREENBIN_API_BASE"])
        bot = Bot(os.environ["GREENBIN_TOKEN"], session=AiohttpSession(api=server))
        await dispatcher.start_polling(bot)

    asyncio.run(poll())
    return 0


def fork(order: dict[str, Any], do: Callable[[dict[str, Any]], int]) -> int:
    """Do this in a process of its own; its id."""
    log = os.open(order["log"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    child = os.fork()
    if child:
        os.close(log)
        return child
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.update(order["environment"])
        for stream in (1, 2):
            os.dup2(log, stream)
        os.close(0)
        status = do(order)
        sys.stdout.flush()
    finally:
        os._exit(status)


def serve(order: dict[str, Any]) -> int:
    """A bot of a trial."""
    slowness = (order["seed"], order["least"], order["most"])
    if order["own_polling"]:
        return aiograms_own_polling(*slowness)
    if order["most"]:
        slow_down(*slowness)
    if order.get("confirm_first"):
        confirm_first()
    if order.get("retry_blindly"):
        retry_blindly()
    if order.get("tell_later"):
        tell_later()
    if order.get("strikes"):
        strike_at_once()
    if watched := order.get("points"):
        refuse_tell_and_forget()
        points.watch(Path(watched["log"]), watched["deadly"], watched["time"])
    return commands.run()


def command(order: dict[str, Any]) -> int:
    """`greenbin` with these arguments."""
    os.chdir(order["folder"])
    return program.main(order["arguments"])


def read_the_catalogue() -> None:
    """Read it once for all bots; each reads it anew when it starts, a second long."""
    find = commands.place_of
    usual = commands.place_of(Settings(_env_file=None))

    def look_up(settings: Settings) -> app.Place:
        wanted = (settings.scheme, settings.language, settings.timezone)
        is_usual = wanted == (usual.scheme.key, usual.language, usual.timezone)
        return usual if is_usual else find(settings)

    commands.place_of = look_up


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    read_the_catalogue()
    gc.freeze()  # as the command `greenbin` does
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        match order["do"]:
            case "start":
                answer = fork(order, serve)
            case "command":
                answer = fork(order, command)
            case _:
                answer = os.waitstatus_to_exitcode(os.waitpid(order["process"], 0)[1])
        print(answer, flush=True)


main()
