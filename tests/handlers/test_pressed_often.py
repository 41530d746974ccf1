"""One press, one scan, under twenty update ids: one effect."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from bot import intake
from models.drop_off_tables import DropOff, DropOffChange
from models.updates import StoredUpdate
from tests.conftest import Town
from tests.handlers.conftest import card_of
from tests.models.conftest import Estate
from tests.people import Person
from tests.trials import faults

TIMES = 20


async def counted(town: Town, table: type) -> int:
    async with town.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def scanned_often(town: Town, estate: Estate, volunteer: Person) -> Sequence[str]:
    """A scan that comes under many update ids: what is said to it."""
    card, _ = await card_of(town, estate.neighbour)
    said = len(volunteer.screen)
    message_id = volunteer.account.open(card)
    for _ in range(TIMES - 1):
        faults.resend(town.playground, volunteer.account, message_id)
    await town.settle()
    return volunteer.screen[said:]


async def test_a_scan_is_recorded_and_answered_once(
    town: Town, estate: Estate, zhang: Person, at_home: Person
) -> None:
    heard = len(at_home.screen)

    assert await scanned_often(town, estate, zhang) == ["✅ 3-1-601 07:30 分类正确，+5 分"]
    assert await counted(town, DropOff) == 1
    assert len(at_home.screen) == heard + 1


async def test_a_press_changes_once_and_is_answered_once(
    town: Town, zhang: Person, at_home: Person
) -> None:
    await zhang.says("3-1-601")
    shown = [m for m in zhang.chat.messages.values() if "inline_keyboard" in str(m)][-1]
    heard, taken_in = len(at_home.screen), await counted(town, StoredUpdate)
    press = faults.press_often(zhang.account, shown["message_id"], "fix:1:partly", TIMES)
    await town.settle()

    assert zhang.sees == "🟡 3-1-601 07:30 部分正确，+3 分"
    assert await counted(town, DropOffChange) == 1
    assert len(at_home.screen) == heard + 1
    calls = town.playground.calls
    assert [each.text("callback_query_id") for each in calls].count(press) == 1
    assert await counted(town, StoredUpdate) == taken_in + 1


async def test_twenty_presses_change_once_and_each_is_answered(
    town: Town, zhang: Person, at_home: Person
) -> None:
    await zhang.says("3-1-601")
    heard = len(at_home.screen)
    presses = [zhang.account.press(max(zhang.chat.messages), "fix:1:partly") for _ in range(TIMES)]
    await town.settle()

    assert await counted(town, DropOffChange) == 1
    assert len(at_home.screen) == heard + 1
    answers = [town.playground.world.presses[each].answer for each in presses]
    assert None not in answers
    unchanged = [each.error.description for each in town.playground.refused]
    assert ["message is not modified" in each for each in unchanged] == [True] * (TIMES - 1)
    town.playground.refused.clear()


async def test_if_messages_were_known_by_their_update_ids_all_would_be_answered_and_one_recorded(
    town: Town, estate: Estate, zhang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_origin", lambda *told: f"update {told[-1]}")
    said = await scanned_often(town, estate, zhang)

    assert len(said) == TIMES
    assert sum("已经记过" in each for each in said) == TIMES - 1
    assert await counted(town, DropOff) == 1
