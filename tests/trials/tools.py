"""What trials need: bots that are forked, databases, the catalogue."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import Place
from knowledge.catalogue import Catalogue
from knowledge.holidays import Holidays
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import Database
from tests.databases import Databases, open_quickly

ROOT = Path(__file__).parents[2]


@dataclass
class Zygote:
    """Forks bots."""

    process: asyncio.subprocess.Process

    @classmethod
    async def begin(cls) -> "Zygote":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.trials.zygote", cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        zygote = cls(process)
        assert await zygote._line() == "ready"
        return zygote

    async def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        await self.process.wait()

    async def do(self, **order: Any) -> int:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return int(await self._line())

    @asynccontextmanager
    async def command(self, *arguments: str, **settings: str) -> AsyncIterator["Forked"]:
        """`greenbin` with these arguments, in the folder that is this process's own now."""
        with tempfile.TemporaryDirectory() as folder:
            says = f"{folder}/says"
            os.mkfifo(says)
            stream = os.fdopen(os.open(says, os.O_RDONLY | os.O_NONBLOCK), "rb")
            id_ = await self.do(
                do="command", arguments=arguments, folder=str(Path.cwd()), log=says,
                environment={f"GREENBIN_{name}": value for name, value in settings.items()},
            )  # fmt: skip
            stdout = asyncio.StreamReader()
            heard, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(stdout), stream
            )
            forked = Forked(self, id_, stdout)
            try:
                yield forked
            finally:
                if forked.returncode is None:
                    forked.send_signal(signal.SIGKILL)
                    await forked.wait()
                heard.close()

    async def _line(self) -> str:
        assert self.process.stdout
        line = await self.process.stdout.readline()
        assert line, "the process that forks bots has ended"
        return line.decode().strip()


@dataclass
class Forked:
    """What asyncio's processes are, of one that was forked."""

    zygote: Zygote
    id: int
    stdout: asyncio.StreamReader
    returncode: int | None = None

    def send_signal(self, number: int) -> None:
        os.kill(self.id, number)

    async def wait(self) -> int:
        """Until it has ended; meanwhile nothing else is forked."""
        self.returncode = await self.zygote.do(do="wait", process=self.id)
        return self.returncode


@dataclass(frozen=True)
class Tools:
    """All of it; a trial takes what it needs."""

    zygote: Zygote
    databases: Databases
    place: Place

    @property
    def catalogue(self) -> Catalogue:
        return self.place.catalogue

    @property
    def search(self) -> Search:
        return self.place.search

    @asynccontextmanager
    async def opened(self, kind: str) -> AsyncIterator[Database]:
        """A new database of this kind."""
        database = open_quickly(self.databases.new(kind))
        try:
            yield database
        finally:
            await database.close()

    @classmethod
    @asynccontextmanager
    async def at_hand(cls, folder: Path) -> AsyncIterator["Tools"]:
        """The tools, for as long as a campaign lasts."""
        catalogue, scheme = Catalogue.load(), load_scheme("four_way")
        search, holidays = Search(catalogue, scheme), Holidays.load()
        place = Place(catalogue, scheme, search, "zh", "Asia/Shanghai", holidays)
        databases = Databases(folder)
        zygote = await Zygote.begin()
        try:
            yield cls(zygote, databases, place)
        finally:
            await zygote.end()
            databases.remove()


def as_text(**found: list[str]) -> str:
    """What went wrong in a trial, by what it is; empty if nothing did."""
    return "; ".join(f"{what}: {', '.join(which)}" for what, which in found.items() if which)
