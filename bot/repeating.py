"""Repeats: when one has come, its broadcast is made; and somebody has to answer for each."""

import logging
from collections.abc import Collection

from bot.logs import complain
from bot.network import Clock
from knowledge.calendar import Civil
from models import Database, repeat_plans
from models.repeat_plans import Rules

log = logging.getLogger(__name__)


async def repeat(database: Database, clock: Clock, civil: Civil, *, rules: Rules) -> None:
    """Make the broadcasts of those whose time has come."""
    async with database.read() as session:
        due = await repeat_plans.due(session, clock())
    await _step(database, clock, civil, rules, due)


async def look_after(database: Database, clock: Clock, civil: Civil, *, rules: Rules) -> None:
    """Stop those for which nobody answers any more; note where a notice of holidays moves one."""
    async with database.read() as session:
        amiss = await repeat_plans.amiss(session, rules, civil)
    await _step(database, clock, civil, rules, amiss)


async def _step(
    database: Database, clock: Clock, civil: Civil, rules: Rules, repeats: Collection[int]
) -> None:
    for repeat_id in repeats:
        try:
            async with database.read() as session:
                counted = await repeat_plans.count(session, repeat_id)
            async with database.write() as session:
                await repeat_plans.step(session, repeat_id, counted, rules, civil, clock())
        except Exception as error:  # the others come all the same
            complain(log, f"does not carry repeat {repeat_id} out", error)
