"""A bot in a process of its own, at the HTTP door of a playground."""

import os
import tempfile
from pathlib import Path

from bot.playground import Playground
from bot.playground.door import serve
from tests.trials.kills import TOKEN
from tests.trials.tools import Zygote

ECHO = "bare aiogram echo"
"""The floor: aiogram's own polling, which stores nothing and answers with the question."""


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
        self._process = await self._zygote.do(
            do="start", seed=self._seed, least=0, most=0, own_polling=not self._url,
            log=f"{self._folder.name}/log",
            environment={
                "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
                "GREENBIN_DATABASE_URL": self._url, **self._environment,
            },
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
        await self._zygote.do(do="wait", process=self._process)
