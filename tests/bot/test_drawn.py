"""A picture is made when it is sent: from a name and values, which are kept like words."""

import io
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import pytest
from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.methods import SendDocument, SendPhoto
from aiogram.types import Message
from PIL import Image

from bot.playground import PlaygroundSession
from bot.replies import pack, unpack
from handlers import drawn, notices
from handlers.drawn import Drawn
from handlers.texts import texts
from models import notices as outbox
from models import updates
from tests.bot.test_once import NoWay
from tests.conftest import Town
from tests.desk import all_updates, states, until
from tests.people import Person

THREADS: list[str] = []


def png(width: int) -> bytes:
    """A small picture that shows a number by its width, in hundreds of points."""
    file = io.BytesIO()
    Image.new("L", (100 * width, 100), 200).save(file, "PNG")
    return file.getvalue()


def width_of(person: Person) -> int:
    """The number that the last picture shows."""
    assert person.picture
    return Image.open(io.BytesIO(person.picture)).width // 100


@pytest.fixture(autouse=True)
def _drawings() -> Iterator[None]:
    @drawn.draws("bar")
    def bar(fields: Mapping[str, Any]) -> tuple[bytes, str]:
        THREADS.append(threading.current_thread().name)
        return png(sum(fields["weeks"])), "bar.png"

    @drawn.draws("broken")
    def broken(fields: Mapping[str, Any]) -> tuple[bytes, str]:
        raise ZeroDivisionError

    yield
    del drawn.DRAWINGS["bar"], drawn.DRAWINGS["broken"]


def showing() -> Router:
    async def show(message: Message) -> SendPhoto:
        return message.answer_photo(Drawn("bar", weeks=[1, 2]), caption="十二周")

    async def hand_over(message: Message) -> SendDocument:
        return message.answer_document(Drawn("bar", weeks=[3]))

    async def fail(message: Message) -> SendPhoto:
        return message.answer_photo(Drawn("broken"))

    router = Router()
    for handler, command in ((show, "show"), (hand_over, "hand"), (fail, "fail")):
        router.message.register(handler, Command(command), flags={"writes": True})
    return router


@pytest.fixture
async def showing_town(town: Town, opens_with: Callable[..., Awaitable[None]]) -> Town:
    await opens_with(showing)
    return town


async def test_a_picture_is_drawn_in_a_thread_and_shown(showing_town: Town, wang: Person) -> None:
    THREADS.clear()
    await wang.says("/show")

    assert width_of(wang) == 3
    assert wang.sees == "十二周"
    assert [threading.current_thread().name] != THREADS
    assert len(THREADS) == 1


async def test_a_document_has_its_name(showing_town: Town, wang: Person) -> None:
    await wang.says("/hand")

    shown = max(wang.chat.messages.values(), key=lambda message: message["message_id"])
    assert shown["document"]["file_name"] == "bar.png"


async def test_a_picture_that_could_not_leave_is_drawn_again_after_a_restart(
    showing_town: Town, wang: Person
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        no_way = NoWay(patch, SendPhoto)
        wang.account.say("/show")
        await until(no_way.tried.is_set)
        await showing_town.closes()
    (update,) = await all_updates(showing_town)
    assert update.state == updates.State.DONE
    assert '"photo": {"drawn": "bar", "fields": {"weeks": [1, 2]}}' in (update.reply or "")

    await showing_town.opens()
    await showing_town.settle()
    assert width_of(wang) == 3
    assert wang.screen == ["十二周"]


async def test_a_drawing_that_breaks_is_a_fault_like_any_other(
    showing_town: Town, wang: Person
) -> None:
    await wang.says("/fail")

    assert wang.screen == [texts("zh")("fault")]
    assert await states(showing_town) == ["failed"]
    assert "ZeroDivisionError" in ((await all_updates(showing_town))[0].note or "")


async def test_a_notice_can_show_a_picture(town: Town, wang: Person) -> None:
    @notices.renders("chart")
    def chart(fields: notices.Fields, t: object, to: int) -> SendPhoto:
        return SendPhoto(chat_id=to, photo=Drawn("bar", **fields))

    await wang.starts()
    try:
        async with town.database.write() as session:
            await outbox.post(session, wang.id, "chart", "c", {"weeks": [4]}, town.clock.now)
        await town.settle()
    finally:
        del notices.RENDERERS["chart"]

    assert width_of(wang) == 4


async def test_a_notice_whose_drawing_breaks_fails(town: Town, wang: Person) -> None:
    @notices.renders("chart")
    def chart(fields: notices.Fields, t: object, to: int) -> SendPhoto:
        return SendPhoto(chat_id=to, photo=Drawn("broken"))

    try:
        async with town.database.write() as session:
            await outbox.post(session, wang.id, "chart", "c", {}, town.clock.now)
        await town.settle()
    finally:
        del notices.RENDERERS["chart"]

    async with town.database.read() as session:
        assert await outbox.counts(session) == {outbox.State.FAILED: 1}


async def test_what_is_packed_is_the_same_call_unpacked(town: Town) -> None:
    bot = Bot(town.playground.token, session=PlaygroundSession(town.playground))
    (call,) = unpack(pack([SendPhoto(chat_id=7, photo=Drawn("bar", weeks=[5]))]), bot)

    assert isinstance(call, SendPhoto)
    assert isinstance(call.photo, Drawn)
    assert (call.photo.name, call.photo.fields) == ("bar", {"weeks": [5]})
