"""Databases for tests: up to date, empty, and made in no time from a template."""

import asyncio
import itertools
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg

from models import migrations

KINDS = ("sqlite", "postgresql")
SERVER = "GREENBIN_TEST_POSTGRES"
NO_SERVER = f"no PostgreSQL: {SERVER} is not set (postgresql+asyncpg://USER@HOST:PORT/DATABASE)"


class Databases:
    """Hands out databases."""

    def __init__(self, folder: Path) -> None:
        self.server = os.environ.get(SERVER, "")
        """The URL of a database from which others may be made; empty if there is none."""
        self._folder = folder
        self._number = itertools.count(1)
        self._name = f"greenbin_{os.getpid()}"
        self._ready: set[str] = set()

    def new(self, kind: str) -> str:
        """The URL of a new database."""
        if kind not in self._ready:
            self._make_template(kind)
            self._ready.add(kind)
        number = next(self._number)
        if kind == "sqlite":
            file = self._folder / f"{number}.db"
            file.write_bytes((self._folder / "template.db").read_bytes())
            return f"sqlite+aiosqlite:///{file}"
        self._tell(f"CREATE DATABASE {self._name}_{number} TEMPLATE {self._name}_template")
        return self._url(f"{self._name}_{number}")

    def remove(self) -> None:
        """Drop what was made on the server."""
        if "postgresql" not in self._ready:
            return
        for name in ("template", *range(1, next(self._number))):
            self._tell(f"DROP DATABASE IF EXISTS {self._name}_{name} WITH (FORCE)")

    def _make_template(self, kind: str) -> None:
        if kind == "sqlite":
            url = f"sqlite+aiosqlite:///{self._folder / 'template.db'}"
        else:
            self._tell(f"CREATE DATABASE {self._name}_template")
            url = self._url(f"{self._name}_template")
        _apart(asyncio.to_thread(migrations.upgrade, url))

    def _url(self, name: str) -> str:
        return f"{self.server.rpartition('/')[0]}/{name}"

    def _tell(self, words: str) -> None:
        async def tell() -> None:
            connection = await asyncpg.connect(self.server.replace("+asyncpg", ""))
            try:
                await connection.execute(words)
            finally:
                await connection.close()

        _apart(tell())


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: a test's loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
