"""Callback data is what an app says: forged, old or garbled, it changes nothing.

It is sent by somebody who may press the button: nothing but the data stands in the way.
"""

import pytest

import handlers
from handlers.texts import texts
from tests.handlers.matrix import MATRIX, Row
from tests.handlers.neighbourhood import Neighbourhood, Who, here, name_of

__all__ = ["here"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUTTONS = {row.handler: row for row in MATRIX if row.data and row.may}
"""A well-formed button of each handler."""

ANY_DATA = {"lost.button_from_before"}
"""What takes every data."""

NUMBERS = (
    "", "-1", "+1", " 1", "1 ", "01", "1_0", "1.0", "1e3", "0x1", "１", "٣", "NaN", "None", "true",
    str(2**62 + 1), "9" * 30,
)  # fmt: skip
"""What stands where a number should."""

WORDS = ("", "LEAVE", "nothing", "True", "yes", "2", "-1", "\x00", "'; --", "…")
"""What stands where one of a few words should."""


def forged(data: str) -> list[str]:
    """This data, in every way in which it should not be, as far as Telegram delivers it."""
    prefix, *fields = data.split(":")
    found = ["", ":", f"x{data}", data[1:], data.upper(), f" {data}", f"{data} ", f"{data}:",
             f"{data}:1", f"{prefix}:{data}", f"old{prefix}:{':'.join(fields)}", f"{data}\n",
             (data + ":" + "1" * 64)[:64], (data + "0" * 65)[:65]]  # fmt: skip
    if fields:
        found += [prefix, f"{prefix}:", data.rpartition(":")[0], "|".join((prefix, *fields))]
    for place, field in enumerate(fields):
        for other in NUMBERS if field.isdecimal() else WORDS:
            if not (field in "01" and other in "01" and other):
                said = [*fields[:place], other, *fields[place + 1 :]]
                found.append(":".join((prefix, *said)))
    return [each for each in dict.fromkeys(found) if each != data]


async def test_every_button_is_forged() -> None:
    pressed = {
        name_of(handler.callback)
        for router in handlers.routers()
        for handler in router.callback_query.handlers
    }
    assert pressed - ANY_DATA == set(BUTTONS)


@pytest.mark.parametrize("handler", sorted(BUTTONS))
async def test_forged_data_changes_nothing_and_is_answered(
    here: Neighbourhood, handler: str
) -> None:
    row = BUTTONS[handler]
    who = next(each for each in Who if each in row.may)
    said = forged(_data(here, row, who))
    before = set(here.town.playground.world.presses)
    await here.presses(who, *said)

    assert await here.changed() == []
    assert await here.failed() == []
    presses = here.town.playground.world.presses
    new = [press for id_, press in presses.items() if id_ not in before]
    assert [press.data for press in new if not (press.answer and press.answer["text"])] == []
    assert texts("zh")("fault") not in {press.answer["text"] for press in new if press.answer}


@pytest.mark.parametrize("handler", sorted(BUTTONS))
async def test_what_is_not_there_is_answered(here: Neighbourhood, handler: str) -> None:
    """Ids that fit and name nothing; each number in turn."""
    row = BUTTONS[handler]
    who = next(each for each in Who if each in row.may)
    prefix, *fields = _data(here, row, who).split(":")
    said = [
        ":".join((prefix, *fields[:place], number, *fields[place + 1 :]))
        for place, field in enumerate(fields)
        for number in ("2147483647", "2147483648")
        if field.isdecimal()
    ]
    await here.presses(who, *said)

    assert await here.changed() == []
    assert await here.failed() == []


def _data(here: Neighbourhood, row: Row, who: Who) -> str:
    assert row.data
    return row.data(here, who).pack()
