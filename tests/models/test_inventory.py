"""What the doctor looks for in what a city owns."""

from sqlalchemy import text

from knowledge.catalogue import Catalogue
from models import inventory
from tests.models.conftest import Estate
from tests.models.test_lessons import RULE

LESSON = "INSERT INTO lessons (area_id, key, name, says, item, group_key, taught_by, taught_at)"
AT = "0, '2026-11-22 08:00:00'"


async def test_rules_and_lessons_that_say_nothing_any_more_are_named(estate: Estate) -> None:
    rule = f"INSERT INTO city_rules ({', '.join(RULE)}) VALUES ({estate.area}, '2026-01-01', "
    rest = ", '', '', '', '', '', '通告')"
    async with estate.database.write() as session:
        for order in (
            f"{rule}'飞碟', 'gone'{rest}",
            f"{rule}'毛笔架', 'paper'{rest}",
            f"{rule}'书', 'usual'{rest}",
            f"{LESSON} VALUES ({estate.area}, 'a', '甲', 'alias', '恐龙', NULL, {AT})",
            f"{LESSON} VALUES ({estate.area}, 'b', '乙', 'alias', '毛笔架', NULL, {AT})",
            f"{LESSON} VALUES (0, 'c', '丙', 'item', NULL, 'gone', {AT})",
            f"{LESSON} VALUES (0, 'd', '丁', 'no_rubbish', NULL, NULL, {AT})",
        ):
            await session.execute(text(order))

    async with estate.database.read() as session:
        found = await inventory.idle(session, Catalogue.load())

    assert sorted(found) == [("", "丙"), ("sunny", "甲"), ("sunny", "飞碟")]
