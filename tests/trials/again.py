"""Trials of repetition: updates come again, in another order, late, one press under many ids."""

import random
from pathlib import Path

from tests.people import Person
from tests.trials import faults, kills
from tests.trials.far_town import FarTown, Report, town_of
from tests.trials.faults import Faults
from tests.trials.tools import Tools

PEOPLE = 60
ASKS_BACK = "电池"
"""A thing for which the bot asks back with buttons."""


async def again(tools: Tools, database: str, seed: int, _: Path) -> str:
    """Whatever comes however often, each question and each press is answered once."""
    report, chance = Report(), random.Random(seed)
    names = kills.questions(tools.catalogue, tools.search, PEOPLE, seed)
    async with (
        tools.opened(database) as opened,
        town_of(opened, tools.place, Faults(seed), report, f"again, seed {seed}") as town,
    ):
        town.door.redelivers = 0.3
        people = [town.person(name) for name in names]
        await _ask_often(town, people, chance)
        for person in people:
            person.account.say(ASKS_BACK)
        await town.settles()
        presses = await _press_often(town, people, chance)
    for person in people:
        made = [each.method for each in town.playground.deliveries(person.id)]
        if made.count("sendmessage") != 2:
            report.wrong.append(f"{person.name} received {made.count('sendmessage')} answers")
        late = person.id not in presses
        if made.count("editmessagetext") != (not late):
            report.wrong.append(f"{person.name}: {made.count('editmessagetext')} edits")
    answered = [call.text("callback_query_id") for call in town.playground.calls]
    for id_ in presses.values():
        if answered.count(id_) != 1:
            report.wrong.append(f"a press was answered {answered.count(id_)} times")
    return "; ".join(report.red)


async def _ask_often(town: FarTown, people: list[Person], chance: random.Random) -> None:
    await town.closes()
    for person in people:
        message_id = person.account.say(person.name)
        for _ in range(chance.choice((0, 0, 1, 5))):
            faults.resend(town.playground, person.account, message_id)
    faults.reorder(town.playground, chance)
    await town.opens()
    await town.settles()


async def _press_often(
    town: FarTown, people: list[Person], chance: random.Random
) -> dict[int, str]:
    """Each presses a button, some too late: the presses that came in time."""
    await town.closes()
    late = people[: PEOPLE // 5]
    presses: dict[int, str] = {}
    for person in people:
        if person is people[len(late)]:
            town.clock.passes(seconds=151)
            assert not town.playground.pending(), "Telegram keeps a press for 150 s"
        shown = [m for m in person.chat.messages.values() if "reply_markup" in m][-1]
        data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        times = chance.randint(1, 20)
        presses[person.id] = faults.press_often(person.account, shown["message_id"], data, times)
    for person in late:
        del presses[person.id]
    faults.reorder(town.playground, chance)
    await town.opens()
    await town.settles()
    return presses
