"""A bot in a process of its own, at the HTTP door of a playground."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from bot.playground import Playground
from bot.playground.door import serve
from tests.trials.kills import TOKEN
from tests.trials.tools import Zygote

ECHO = "bare aiogram echo"
"""The floor: aiogram's own polling, which stores nothing and answers with the question."""

BARE = """
import asyncio, os
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
dispatcher = Dispatcher()
@dispatcher.message()
async def echo(message):
    await message.answer(message.text)
server = TelegramAPIServer.from_base(os.environ["GREENBIN_API_BASE"])
session = AiohttpSession(api=server)
asyncio.run(dispatcher.start_polling(Bot(os.environ["GREENBIN_TOKEN"], session=session)))
"""
"""It, as anybody would start it: not forked from a process full of our own modules."""


class RunningBot:
    """Runs from entering to `ends`."""

    def __init__(
        self, zygote: Zygote, playground: Playground, url: str, seed: int = 0, **environment: str
    ) -> None:
        """`url`: of its database; without one it is the bare echo."""
        self._zygote = zygote
        self._playground = playground
        self._url = url
        self._seed = seed
        self._environment = environment

    async def __aenter__(self) -> "RunningBot":
        self._runner, address = await serve(self._playground, port=0, page=False)
        self._folder = tempfile.TemporaryDirectory()
        environment = {"GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address, **self._environment}
        if not self._url:
            quiet = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL}
            self._echo = await asyncio.create_subprocess_exec(
                sys.executable, "-c", BARE, env=os.environ | environment, **quiet
            )
            self._process = self._echo.pid
            return self
        self._process = await self._zygote.do(
            do="start", seed=self._seed, least=0, most=0, own_polling=False,
            log=f"{self._folder.name}/log",
            environment={"GREENBIN_DATABASE_URL": self._url, **environment},
        )  # fmt: skip
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        self._folder.cleanup()

    def seconds_of_processor(self) -> float:
        """What it has used so far; nothing where the system does not tell."""
        file = Path(f"/proc/{self._process}/stat")
        if not file.exists():
            return 0.0
        fields = file.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def most_memory(self) -> int:
        """The most bytes that it has held so far; nothing where the system does not tell."""
        file = Path(f"/proc/{self._process}/status")
        lines = file.read_text().splitlines() if file.exists() else []
        return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))

    async def ends(self) -> None:
        os.kill(self._process, 15)
        if self._url:
            await self._zygote.do(do="wait", process=self._process)
        else:
            await self._echo.wait()
