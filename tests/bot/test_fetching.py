"""A photo or a file is there before its handler begins, or the person is told why not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram import F, Router
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiohttp import ClientPayloadError

from bot import fetching
from bot.playground import Answer, ApiError, Call, PlaygroundSession
from bot.playground.rules import Upload
from handlers.texts import texts
from models.files import LARGEST
from tests.conftest import Town
from tests.desk import all_updates
from tests.people import Person

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x10\0\0\0\x10" + b"a picture"
UNREACHABLE = texts("zh")("refusal-file-unreachable")
TOO_LARGE = texts("zh")("refusal-file-too-large")


def looking() -> Router:
    """A feature that says how large it is."""

    async def look(message: Message, file: bytes) -> SendMessage:
        return message.answer(f"{len(file)} {file[-9:].decode('latin-1')}")

    router = Router()
    flags = {"file": True, "writes": True}
    router.message.register(look, F.photo | F.document, flags=flags)
    return router


@pytest.fixture
async def looking_town(
    town: Town, opens_with: Callable[..., Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> Town:
    await opens_with(looking)
    monkeypatch.setattr(fetching, "WAIT_SECONDS", 0.0)
    return town


class Telegram:
    """Counts getFile, and refuses it so many times."""

    def __init__(self, *refusals: ApiError) -> None:
        self.asked = 0
        self.refusals = list(refusals)

    async def before(self, call: Call) -> None:
        if call.method == "getfile":
            self.asked += 1
            if self.refusals:
                raise self.refusals.pop()

    async def after(self, call: Call, answer: Answer) -> None:
        """What was carried out stays so."""


async def test_a_handler_gets_the_photo(looking_town: Town, wang: Person) -> None:
    await wang.sends_photo(PICTURE)

    assert wang.sees == f"{len(PICTURE)} a picture"


async def test_a_handler_gets_the_document(looking_town: Town, wang: Person) -> None:
    kept = looking_town.playground.world.files.keep(Upload("list.csv", b"1-2-3,Wang"), "document")
    await wang.sends({"document": kept})

    assert wang.sees == "10 -2-3,Wang"


async def test_of_the_sizes_of_a_photo_the_largest_is_taken(
    looking_town: Town, wang: Person
) -> None:
    files = looking_town.playground.world.files
    sizes = [
        files.keep(Upload("a.jpg", content), "photo", {"width": width, "height": width})
        for content, width in ((b"small one", 90), (b"large one", 1280), (b"middle 1.", 320))
    ]
    await wang.sends({"photo": sizes})

    assert wang.sees == "9 large one"


async def test_what_telegram_cannot_hand_over_now_is_asked_for_again(
    looking_town: Town, wang: Person
) -> None:
    hook = looking_town.playground.hook = Telegram(ApiError(500, "Internal Server Error"))
    await wang.sends_photo(PICTURE)

    assert hook.asked == 2
    assert wang.screen == [f"{len(PICTURE)} a picture"]
    looking_town.playground.refused.clear()


@pytest.mark.parametrize(
    ("refusal", "asked"),
    [
        (ApiError(500, "Internal Server Error"), 3),
        (ApiError(400, "Bad Request: wrong file_id"), 1),
    ],
)
async def test_when_it_cannot_be_had_the_person_is_told_and_nothing_is_written(
    looking_town: Town, wang: Person, refusal: ApiError, asked: int
) -> None:
    hook = looking_town.playground.hook = Telegram(*[refusal] * 3)
    await wang.sends_photo(PICTURE)

    assert hook.asked == asked
    assert wang.screen == [UNREACHABLE]
    (update,) = await all_updates(looking_town)
    assert (update.state, update.note) == ("answered", None)
    looking_town.playground.refused.clear()


async def test_a_download_that_breaks_off_is_tried_again(
    looking_town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, broken = PlaygroundSession.stream_content, [ClientPayloadError(), TimeoutError()]

    async def breaks_off(*args: Any, **named: Any) -> Any:
        async for chunk in stream(*args, **named):
            if broken:
                raise broken.pop()
            yield chunk

    monkeypatch.setattr(PlaygroundSession, "stream_content", breaks_off)
    await wang.sends_photo(PICTURE)

    assert wang.screen == [f"{len(PICTURE)} a picture"]


async def test_a_file_that_says_it_is_too_large_is_not_asked_for(
    looking_town: Town, wang: Person
) -> None:
    hook = looking_town.playground.hook = Telegram()
    files = looking_town.playground.world.files
    kept = files.keep(Upload("a.csv", b"1"), "document") | {"file_size": LARGEST + 1}
    await wang.sends({"document": kept})
    photo = files.keep(Upload("a.jpg", b"1"), "photo", {"width": 9, "height": 9})
    await wang.sends({"photo": [photo | {"file_size": LARGEST + 1}]})

    assert hook.asked == 0
    assert wang.screen == [TOO_LARGE, TOO_LARGE]


async def test_a_file_that_does_not_say_it_is_too_large_is_not_read_to_its_end(
    looking_town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 8)
    kept = looking_town.playground.world.files.keep(Upload("a.csv", b"123456789"), "document")
    del kept["file_size"]
    monkeypatch.setattr("bot.playground.files.Files.about", lambda _, file_id: {
        "file_id": file_id, "file_unique_id": "u", "file_path": "documents/file_1.csv",
    })  # fmt: skip
    await wang.sends({"document": kept})

    assert wang.screen == [TOO_LARGE]


async def test_the_file_is_there_before_the_transaction_begins(
    looking_town: Town, wang: Person
) -> None:
    """On SQLite a transaction that waits for Telegram would hold everybody up."""
    written = asyncio.Event()

    class Writing(Telegram):
        async def before(self, call: Call) -> None:
            if call.method == "getfile":
                async with asyncio.timeout(5), looking_town.database.write():
                    written.set()

    looking_town.playground.hook = Writing()
    await wang.sends_photo(PICTURE)

    assert written.is_set()
