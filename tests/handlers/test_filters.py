"""What a filter says no to at a glance, it says no to when asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from aiogram.dispatcher.event.handler import FilterObject
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.buttons import Pressed
from handlers.filters import (
    Asked,
    FromInline,
    Has,
    Idle,
    Key,
    Mention,
    Number,
    OnShift,
    Step,
    Wish,
)
from handlers.registry import Expel
from handlers.texts import texts
from knowledge import numbers
from models.roles import Held, Role
from models.shifts import Shift
from models.steps import Step as Open

NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
ZH = texts("zh")
CHAT = {"id": 5, "type": "private"}
PERSON = {"id": 5, "is_bot": False, "first_name": "王"}
SAID: tuple[dict[str, Any], ...] = (
    *({"text": text} for text in (
        "香蕉皮", ZH("menu-ask"), ZH("wish-help").split("|")[0] + "？", "/help",
        numbers.make(123_456), "1234560", "@greenbin_bot 电池", "a@b.c",
    )),
    {"caption": "@greenbin_bot 电池"},
    {"text": "电池", "via_bot": PERSON | {"is_bot": True, "username": "greenbin_bot"}},
)  # fmt: skip


def messages() -> Iterator[TelegramObject]:
    for chat, said in product((CHAT, {"id": -5, "type": "group", "title": "小区"}), SAID):
        yield Message.model_validate(
            {"message_id": 1, "date": NOW, "chat": chat, "from": PERSON, **said}
        )


def presses() -> Iterator[TelegramObject]:
    message = {"message_id": 1, "date": NOW, "chat": CHAT}
    ours = Expel(member=7).pack()
    for data in (ours, f"{ours}:9", "expelled:7", "expel", "", None):
        yield CallbackQuery.model_validate({
            "id": "1", "from": PERSON, "chat_instance": "1", "message": message, "data": data,
        })  # fmt: skip


def known() -> Iterator[dict[str, Any]]:
    steps = [
        None,
        *(
            Open(resident_id=5, what=what, fields={}, expires_at=NOW + timedelta(seconds=seconds))
            for what in ("weight", "other")
            for seconds in (-1, 0, 1)
        ),
    ]
    crew, staff = Held(Role.CREW, 1), Held(Role.STAFF, 1)
    shifts = [
        None,
        *(
            Shift(began_at=NOW + timedelta(minutes=each), until=NOW + timedelta(hours=1))
            for each in (-1, 1)
        ),
    ]
    for step, roles, shift in product(steps, ((), (crew,), (crew, staff)), shifts):
        yield {"step": step, "roles": roles, "shift": shift, "now": NOW,
               "username": "greenbin_bot"}  # fmt: skip


@pytest.mark.parametrize(
    ("filter_", "events"),
    [
        (Key("menu-ask"), messages),
        (Asked("weight"), messages),
        (Step("weight"), messages),
        (Wish("wish-help"), messages),
        (Idle(), messages),
        (Number(), messages),
        (Has(Role.STAFF), messages),
        (OnShift(), messages),
        (Mention(), messages),
        (FromInline(), messages),
        (Pressed(Expel), presses),
    ],
    ids=lambda each: type(each).__name__,
)
async def test_a_glance_passes_over_nobody_who_would_take_it(filter_: Any, events: Any) -> None:
    asked = FilterObject(filter_)
    answers = [
        (bool(filter_.at_a_glance(event, data)), bool(await asked.call(event, **data)))
        for event, data in product(events(), known())
    ]

    assert (False, True) not in answers
    assert {(False, False), (True, True)} <= set(answers)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Key("menu-ask"), Key("menu-bins")),
        (Wish("wish-help"), Wish("wish-language")),
        (Step("weight"), Asked("other")),
    ],
    ids=lambda each: type(each).__name__,
)
async def test_a_gate_keeps_nobody_out_who_would_take_it(one: Any, other: Any) -> None:
    """It is the same for all of a kind, and shut to what none of them takes."""
    assert one.gate is other.gate
    answers = [
        (bool(one.gate(event, data)), bool(await FilterObject(filter_).call(event, **data)))
        for event, data in product(messages(), known())
        for filter_ in (one, other)
    ]

    assert (False, True) not in answers
    assert {(False, False), (True, True)} <= set(answers)
