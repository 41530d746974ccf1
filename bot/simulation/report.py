"""What a simulated month was like, in numbers, and whether its books are right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.playground import Playground
from bot.simulation.acts import Door, Event, Way
from bot.simulation.month import Month
from bot.simulation.people import People
from models import Database, figures, notices, points, updates
from models.figures import Figures
from models.notices import State

GONE = "bot was blocked by the user"


@dataclass(frozen=True, slots=True)
class Report:
    """A month in numbers."""

    figures: Figures
    drop_offs: int
    by_way: Mapping[Way | None, int]
    by_quality: Mapping[str, int]
    refused: Mapping[str, int]
    total: int
    """The sum of all balances."""
    unbalanced: int
    """Accounts whose balance is not their transfers."""
    notices: Mapping[State, int]
    sent: int
    """By people."""
    came_twice: int
    answered: int
    """By the bot: messages and edits."""
    asked: int
    at_a_loss: int
    faults: int
    """Updates and notices that failed, and calls that Telegram refused."""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong in the books, and nothing broke."""
        return not (self.total or self.unbalanced or self.faults)


async def draw_up(
    database: Database,
    playground: Playground,
    people: People,
    month: Month,
    events: Sequence[Event],
) -> Report:
    """Count everything."""
    async with database.read() as session:
        found = await figures.recorded(session)
        counted = await figures.figures(session)
        states = await updates.counts(session)
        sent = await notices.counts(session)
        total, unbalanced = await points.total(session), len(await points.unbalanced(session))
    ways = _ways(events)
    told = Counter(ways.get((Door(one.place, one.address), one.at)) for one in found)
    refused = [each.error.description for each in playground.refused]
    broken = states.get(updates.State.FAILED, 0) + states.get(updates.State.PARKED, 0)
    return Report(
        counted,
        len(found),
        told,
        Counter(one.quality for one in found),
        month.heard.refused | {"in-a-line": _in_lines(playground)},
        total,
        unbalanced,
        sent,
        people.sent,
        people.came_twice,
        len(playground.deliveries()),
        people.asked,
        len(people.at_a_loss),
        max(broken, month.heard.faults)
        + sent.get(State.FAILED, 0)
        + sum(GONE not in why for why in refused),
    )


def _ways(events: Sequence[Event]) -> dict[tuple[Door, datetime], Way]:
    """How each drop-off was told, by the home and the moment."""
    return {(door, at): event.way for event in events if event.way for door, at in event.records}


def _in_lines(playground: Playground) -> int:
    """Lines of several that were not recorded: the bot says so in its answer to all of them."""
    return sum(str(made.message.get("text", "")).count("⚠️") for made in playground.deliveries())
