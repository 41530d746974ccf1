"""From the command to the first answer, beside an aiogram bot of ten lines."""

import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.playground import Playground
from bot.playground.door import serve
from models import migrations
from tests.bench.bots import BARE
from tests.bench.report import Report
from tests.trials.kills import TOKEN

ROUNDS = 3
FLOOR = "trivial aiogram bot"


async def start(report: Report) -> None:
    """On a database that is there, each in its turn."""
    took: dict[str, list[float]] = {"Greenbin": [], FLOOR: []}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/greenbin.db"
        await asyncio.to_thread(migrations.upgrade, url)
        for _ in range(ROUNDS):
            for way, seconds in took.items():
                arguments = ["-c", BARE] if way == FLOOR else ["-m", "bot", "run"]
                seconds.append(await _start(arguments, url, folder))
    report.beside("Start: from the command to the first answer", "s", FLOOR, took)


async def _start(arguments: list[str], url: str, folder: str) -> float:
    # The database remembers the last round: this one's numbers are new.
    playground = Playground(
        token=TOKEN, clock=lambda: datetime.now(UTC), first_number=time.time_ns() // 1_000_000
    )
    runner, address = await serve(playground, port=0, page=False)
    playground.person("somebody").say("香蕉皮")
    environment = {
        "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address, "GREENBIN_DATABASE_URL": url,
        "PYTHONPATH": str(Path.cwd()),
    }  # fmt: skip
    begun = time.perf_counter()
    child = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=folder, env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not playground.deliveries():
            await asyncio.sleep(0.005)
        return time.perf_counter() - begun
    finally:
        child.terminate()
        await child.wait()
        await runner.cleanup()
