"""The commands as the engineer uses them: real processes, the HTTP door as Telegram."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web

from bot import demo
from bot.playground import Playground
from bot.playground.door import serve
from models import migrations
from tests.trials.tools import Forked, Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
TOKEN = "55555:secret-secret-secret"


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[tuple[Playground, str]]:
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
    runner, address = await serve(playground, port=0, page=False)
    yield playground, address
    await runner.cleanup()


class Command:
    """A command in a process of its own, in an empty folder."""

    def __init__(self, process: asyncio.subprocess.Process | Forked) -> None:
        self.process = process
        self.output = ""

    async def says(self, words: str) -> None:
        """Wait until it has said so."""
        assert self.process.stdout
        while words not in self.output:
            line = await self.process.stdout.readline()
            assert line, f"it ended without {words!r}: {self.output}"
            self.output += line.decode()

    async def ends(self) -> int:
        assert self.process.stdout
        self.output += (await self.process.stdout.read()).decode()
        return await self.process.wait()


Commands = Callable[..., AbstractAsyncContextManager[Command]]


@asynccontextmanager
async def program(*arguments: str, **settings: str) -> AsyncIterator[Command]:
    """As it is installed: all of it is imported, and read, five seconds long."""
    environment = {f"GREENBIN_{name}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Command(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
def command(zygote: Zygote) -> Commands:
    """The same without those five seconds."""

    @asynccontextmanager
    async def begin(*arguments: str, **settings: str) -> AsyncIterator[Command]:
        async with zygote.command(*arguments, **settings) as forked:
            yield Command(forked)

    return begin


async def _until_heard(playground: Playground, number: int) -> None:
    while len(playground.deliveries()) < number:
        await asyncio.sleep(0.01)


async def test_run_serves_telegram_and_a_second_sigterm_changes_nothing(
    telegram: tuple[Playground, str],
) -> None:
    playground, address = telegram
    person = playground.person("somebody")
    person.say("香蕉皮")

    async with program("run", TOKEN=TOKEN, API_BASE=address) as run:
        await _until_heard(playground, 1)
        run.process.send_signal(signal.SIGTERM)
        run.process.send_signal(signal.SIGTERM)
        status = await run.ends()

    assert status == 0
    assert "厨余垃圾" in playground.received(person.chat.id)[0]["text"]
    assert TOKEN not in run.output
    assert "secret-secret" not in run.output
    with closing(sqlite3.connect("var/greenbin.db")) as connection:
        assert connection.execute("SELECT count(*) FROM updates").fetchone() == (1,)


async def test_run_without_a_token_opens_the_playground_and_answers_there() -> None:
    async with program("run", PORT="8095") as run:
        await run.says("Playground: http://127.0.0.1:")
        await run.says("Serving @greenbin_bot")
        run.process.send_signal(signal.SIGINT)
        status = await run.ends()

    assert status == 0
    assert Path("var/playground.db").exists()
    assert not Path("var/greenbin.db").exists()


async def test_the_playground_shows_the_people_of_the_demo_city(command: Commands) -> None:
    async with command("run", PORT="8095") as run:
        _, state = await _page(run)
        run.process.send_signal(signal.SIGTERM)
        await run.ends()

    people = [state["people"][str(id_)] for id_ in state["order"]]
    assert [(each["name"], each["role"]) for each in people] == [
        (each.name, each.role) for each in demo.CAST
    ]
    assert len(state["places"]) == 4
    assert state["reads_codes"]


async def _page(run: Command) -> tuple[str, Any]:
    """The address of the playground that a command opened, and what its page is told."""
    await run.says("Serving")
    address = run.output.partition("Playground: ")[2].split()[0]
    async with ClientSession() as browser, browser.get(f"{address}/page/news") as news:
        line = await news.content.readline()
    return address, json.loads(line.removeprefix(b"data: "))


async def _asks(run: Command, text: str) -> None:
    """Ask on the page, and wait until the answer is on the disk."""
    address, state = await _page(run)
    wish = {"do": "say", "person": state["order"][0], "text": text}
    async with ClientSession() as browser, browser.post(f"{address}/page/act", json=wish):
        pass
    kept = Path("var/playground.json")
    while not kept.exists() or len(_texts(json.loads(kept.read_bytes()))) % 2 or (
        text not in _texts(json.loads(kept.read_bytes()))
    ):  # fmt: skip
        await asyncio.sleep(0.01)


def _first_phone(state: Any) -> Any:
    return state["people"][str(state["order"][0])]


def _texts(kept: Any) -> list[str]:
    return [message["text"] for chat in kept["chats"] for message in chat["messages"]]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
async def test_the_playground_goes_on_after_a_restart(
    command: Commands, stop: signal.Signals
) -> None:
    async with command("run", PORT="8095") as run:
        await _asks(run, "香蕉皮")
        before = (await _page(run))[1]
        run.process.send_signal(stop)
        await run.ends()

    async with command("run", PORT="8095") as run:
        after = (await _page(run))[1]
        chat = _first_phone(after)
        assert after["people"] == before["people"]
        assert "厨余垃圾" in chat["messages"][1]["text"]
        await _asks(run, "旧报纸")
        chat = _first_phone((await _page(run))[1])
        run.process.send_signal(signal.SIGTERM)
        assert await run.ends() == 0

    assert [each["from"]["is_bot"] for each in chat["messages"]] == [False, True] * 2
    assert "可回收物" in chat["messages"][3]["text"]


async def test_a_playground_that_cannot_be_read_is_moved_aside_with_one_line(
    command: Commands,
) -> None:
    Path("var").mkdir()
    Path("var/playground.json").write_text("{")

    async with command("run", PORT="8095") as run:
        await run.says("Serving")
        run.process.send_signal(signal.SIGTERM)
        assert await run.ends() == 0

    (line,) = [line for line in run.output.splitlines() if "cannot be read" in line]
    aside = line.rpartition(" ")[2]
    assert Path(aside).read_text() == "{"
    assert Path("var/playground.json").exists()


async def test_a_token_that_telegram_does_not_know_stops_the_start_with_one_line(
    command: Commands, telegram: tuple[Playground, str]
) -> None:
    _, address = telegram

    async with command("run", TOKEN="1:somebody-elses", API_BASE=address) as run:
        status = await run.ends()

    assert status == 2
    *_, last = run.output.strip().splitlines()
    assert "does not know this GREENBIN_TOKEN" in last
    assert "somebody-elses" not in run.output


async def test_a_wrong_setting_stops_the_start_with_one_line(command: Commands) -> None:
    async with command("run", SCHEME="five_way") as run:
        status = await run.ends()

    assert status == 2
    assert run.output == "GREENBIN_SCHEME: it must be one of dry_wet, four_way\n"


async def test_a_second_bot_on_the_same_file_is_refused(
    command: Commands, telegram: tuple[Playground, str]
) -> None:
    _, address = telegram

    async with command("run", TOKEN=TOKEN, API_BASE=address) as first:
        await first.says("Serving")
        async with command("run", TOKEN=TOKEN, API_BASE=address) as second:
            status = await second.ends()

    assert status == 2
    assert "in use by another Greenbin" in second.output


async def test_telegram_out_of_reach_is_said_and_waited_for(
    command: Commands, unused_port: int
) -> None:
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
    address = f"http://127.0.0.1:{unused_port}"

    async with command("run", TOKEN=TOKEN, API_BASE=address) as run:
        await run.says("cannot be reached")
        runner, _ = await serve(playground, port=unused_port, page=False)
        await run.says("Serving")
        run.process.send_signal(signal.SIGTERM)
        assert await run.ends() == 0
    await runner.cleanup()


async def test_a_database_that_this_version_does_not_know_stops_the_start(
    command: Commands, telegram: tuple[Playground, str], tmp_path: Path
) -> None:
    _, address = telegram
    file = tmp_path / "old.db"
    url = f"sqlite+aiosqlite:///{file}"
    await asyncio.to_thread(migrations.upgrade, url)
    await asyncio.to_thread(migrations.downgrade, url, "base")
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO alembic_version VALUES ('0000')")
    connection.close()

    async with command("run", TOKEN=TOKEN, API_BASE=address, DATABASE_URL=url) as run:
        status = await run.ends()

    assert status == 2
    assert "at revision 0000, which this version does not know" in run.output


async def test_doctor_finds_everything_in_order_and_says_what_is_not(
    command: Commands, telegram: tuple[Playground, str]
) -> None:
    playground, address = telegram
    playground.me["supports_inline_queries"] = False

    async with command("migrate", TOKEN=TOKEN, API_BASE=address) as migrate:
        assert await migrate.ends() == 0
    async with command("doctor", TOKEN=TOKEN, API_BASE=address) as doctor:
        status = await doctor.ends()

    assert status == 1
    lines = doctor.output.splitlines()
    about_this_year = "BAD  holidays"  # red when the notice of a year is late, which is no fault
    bad = [line for line in lines if line.startswith("BAD")]
    assert [line for line in bad if not line.startswith(about_this_year)] == [
        "BAD  inline mode: off. Mend: send /setinline to @BotFather"
    ]
    assert "ok   city: 0 areas, 0 households, 0 stations" in lines
    assert "ok   points: all balances add up to zero, and each to its transfers" in lines
    for what in ("settings", "catalogue", "database", "connection", "clock"):
        assert any(line.startswith(f"ok   {what}:") for line in lines), what


async def test_doctor_names_a_token_that_is_not_known_and_a_rate_that_is_not_free(
    command: Commands, telegram: tuple[Playground, str]
) -> None:
    _, address = telegram

    settings = {"TOKEN": "1:somebody-elses", "API_BASE": address, "RATE": "31"}
    async with command("doctor", **settings) as doctor:
        status = await doctor.ends()

    assert status == 1
    assert "BAD  token" in doctor.output
    assert "BAD  settings: 31 notices a second" in doctor.output
    assert "somebody-elses" not in doctor.output


async def test_the_playground_opens_alone_for_a_bot_that_runs_elsewhere(command: Commands) -> None:
    async with command("playground", "--port", "8097") as playground:
        await playground.says("GREENBIN_API_BASE=http://127.0.0.1:")
        playground.process.send_signal(signal.SIGTERM)

        assert await playground.ends() == 0


@pytest_asyncio.fixture(loop_scope="session")
async def unused_port() -> int:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = int(runner.addresses[0][1])
    await runner.cleanup()
    return port
