"""The world on disk: one JSON file, and beside it a folder with the files' bytes.

Each is written under another name first and then put in its place at once, the bytes before the
JSON that tells of them: whenever the program ends, there is a whole world to begin with.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path

from bot.beside import beside
from bot.playground import snapshot
from bot.playground.limits import Limits
from bot.playground.rules import Json
from bot.playground.updates import Updates
from bot.playground.world import World

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""Between a change and its being written: what comes meanwhile is written with it."""


class Unreadable(Exception):
    """The world on disk cannot be understood. It was moved aside, to `aside`."""

    def __init__(self, file: Path, aside: Path) -> None:
        super().__init__(file, aside)
        self.file = file
        self.aside = aside


class Disk:
    """Where a world outlives the program."""

    def __init__(self, file: Path, world: World) -> None:
        self.file = file
        self.folder = file.with_suffix(".files")
        self.world = world
        self._written: set[str] = set()
        """Paths of the files whose bytes are there."""
        self._changed = asyncio.Event()
        self._ending = asyncio.Event()

    def load(self) -> None:
        """Fill the world, which must be new, with what was kept; nothing, if nothing was."""
        if not self.file.exists():
            return
        trial = World(
            self.world.bot, self.world.clock, Updates(self.world.clock), Limits(self.world.clock)
        )
        try:
            kept = json.loads(self.file.read_bytes())
            contents = self._contents(kept)
            snapshot.restored(trial, kept, contents)
        except Exception as error:  # whatever stands in a file that we did not write
            raise Unreadable(self.file, self._move_aside()) from error
        snapshot.restored(self.world, kept, contents)
        self._written = set(contents)

    @contextlib.asynccontextmanager
    async def keeping(self) -> AsyncIterator[None]:
        """Write the world down after every change, and at the end.

        If the world cannot be put into words any more, the playground ends with that fault: who
        chats on would find nothing of it at the next start.
        """
        self.world.watchers.append(self._changed.set)
        async with beside(self._keep(), self._end):
            yield

    def save(self) -> None:
        """Write the world down now."""
        self._write(*self._to_write())

    def _end(self) -> None:
        self._ending.set()
        self._changed.set()

    async def _keep(self) -> None:
        ends = False
        while not ends:
            await self._changed.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), PAUSE_SECONDS)
            self._changed.clear()
            ends = self._ending.is_set()
            try:
                await asyncio.to_thread(self._write, *self._to_write())
            except OSError as error:  # a full disk: the chats go on, and are kept when it has room
                log.warning("the playground cannot be written to %s: %s", self.file, error)

    def _to_write(self) -> tuple[bytes, dict[str, bytes]]:
        """The JSON, and the bytes of all files."""
        files = {each.path: each.upload.content for each in self.world.files.kept.values()}
        return json.dumps(snapshot.taken(self.world)).encode(), files

    def _write(self, text: bytes, files: dict[str, bytes]) -> None:
        for path in files.keys() - self._written:
            _put(self.folder / path, files[path])
        _put(self.file, text)
        for path in self._written - files.keys():
            (self.folder / path).unlink(missing_ok=True)
        self._written = set(files)

    def _contents(self, kept: Json) -> dict[str, bytes]:
        """The bytes of all files; one that was taken away is missing, and no more than that."""
        found = {path: self.folder / path for _, path, _, _ in kept["files"].values()}
        return {path: file.read_bytes() for path, file in found.items() if file.is_file()}

    def _move_aside(self) -> Path:
        ending = f".unreadable-{self.world.clock():%Y%m%dT%H%M%S}"
        for path in (self.folder, self.file):
            if path.exists():
                aside = path.with_name(path.name + ending)
                path.rename(aside)
        return self.file.with_name(self.file.name + ending)


def _put(file: Path, content: bytes) -> None:
    """Put a whole file in its place: after a crash it is the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.new")
    with new.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
