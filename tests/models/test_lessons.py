"""Lessons and quizzes, many at once, and in every process."""

import asyncio
from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from knowledge import lessons as known
from knowledge.answers import verdict
from knowledge.catalogue import Catalogue
from knowledge.lessons import Says
from knowledge.quizzes import BINS
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import Session, editions, lessons, people, points, questions, quizzes
from models.areas import Area
from models.city_rules import COLUMNS
from models.lessons import Lesson, QuestionAnswered
from models.notices import Notice
from models.places import NOWHERE, Places, Shipped
from models.points import KeyReused, Transfer
from models.quizzes import Answered, Quiz
from models.roles import Held, Role
from tests import city, invariants
from tests.models.conftest import MORNING, Estate
from tests.races import without_lock

STRANGE = "虫洞发生器"
ASKERS = (501, 502, 503)
ADD = (
    "INSERT INTO lessons (area_id, key, name, says, taught_by, taught_at)"
    " VALUES (1, 'a', 'a', 'no_rubbish', 0, '2026-11-22 08:00:00')"
)
RULE = ("area_id", "since", "name", "group_key", *list(COLUMNS.values())[2:])


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    catalogue, scheme = Catalogue.load(), load_scheme("four_way")
    return Shipped(catalogue, scheme, Search(catalogue, scheme), city.SHANGHAI)


async def ask(session: Session, estate: Estate, *askers: int, name: str = STRANGE) -> None:
    asked = [questions.Asked(name, name, asker, estate.area) for asker in askers]
    await questions.keep(session, asked, MORNING)


async def teaches(estate: Estate, staff: int, shipped: Shipped, group: str) -> Lesson:
    """In a transaction of its own."""
    async with estate.database.write() as session:
        question = await session.scalar(select(func.max(questions.Question.id)))
        assert question
        lesson, _ = await lessons.teach(
            session, question, known.Lesson(STRANGE, Says.ITEM, group=group), staff,
            (Held(Role.STAFF, estate.area),), Places(shipped), MORNING,
        )  # fmt: skip
    return lesson


async def test_however_many_teach_at_once_one_lesson_holds_and_each_is_told_once(
    estate: Estate, shipped: Shipped
) -> None:
    async with estate.database.write() as session:
        await ask(session, estate, *ASKERS, *ASKERS)
    groups = list(known.GROUPS.values())

    ended = await asyncio.gather(
        *(teaches(estate, 600 + number, shipped, groups[number]) for number in range(5)),
        return_exceptions=True,
    )

    assert sum(isinstance(each, Lesson) for each in ended) == 1
    assert sum(isinstance(each, QuestionAnswered) for each in ended) == 4
    async with estate.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Lesson)) == 1
        told = list(await session.scalars(select(Notice.to).where(Notice.kind == "lesson")))
    assert sorted(told) == list(ASKERS)


async def test_two_meanings_of_one_name_cannot_hold_in_one_area(estate: Estate) -> None:
    async def add_twice() -> None:
        async with estate.database.write() as session:
            await session.execute(text(ADD))
            await session.execute(text(ADD))

    with pytest.raises(IntegrityError):
        await add_twice()


async def test_what_is_taught_in_one_process_holds_in_the_next_answer_of_another(
    estate: Estate, shipped: Shipped
) -> None:
    another = Places(shipped)

    async def answered() -> str:
        async with estate.database.read() as session:
            met = (await people.met(session, [ASKERS[0]], (), MORNING))[ASKERS[0]]
            here = await another.at(session, met.edition, met.area_id, MORNING)
        return verdict(here.search.answers(STRANGE)[0])[0]

    async with estate.database.write() as session:
        await ask(session, estate, *ASKERS)
    assert await answered() == "unknown"
    async with estate.database.write() as session:
        top = await session.scalar(select(Area.id).where(Area.parent_id.is_(None)))
        await session.execute(update(questions.Question).values(area_id=top))
    estate.area = top or 0
    await teaches(estate, 600, shipped, "staff_hazardous")

    assert await answered() == "hazardous"


async def test_every_change_of_what_a_place_owns_is_a_new_edition(estate: Estate) -> None:
    """Whichever way it is changed."""
    rule = f"{estate.area}, '2026-01-01', '书', 'paper', '', '', '', '', '', '通告'"
    orders = (
        "UPDATE areas SET scheme = 'dry_wet'",
        f"INSERT INTO city_rules ({', '.join(RULE)}) VALUES ({rule})",
        "UPDATE city_rules SET source = '新通告'",
        "DELETE FROM city_rules",
        ADD,
        "UPDATE lessons SET undone_at = '2026-11-22 08:00:00'",
    )
    seen = [await _edition(estate)]
    for order in orders:
        async with estate.database.write() as session:
            await session.execute(text(order))
        seen.append(await _edition(estate))

    assert seen == sorted(set(seen))


async def _edition(estate: Estate) -> int:
    async with estate.database.read() as session:
        return await editions.current(session)


async def test_a_thousand_areas_are_looked_up_without_looking_at_them_all(
    shipped: Shipped, estate: Estate
) -> None:
    """Places that own nothing share what is shipped."""
    async with estate.database.write() as session:
        top = await city.add_area(session, "other", city.areas.Kind.CITY, None)
        for number in range(20):
            await city.add_area(session, f"estate {number}", city.areas.Kind.ESTATE, top)
    places = Places(shipped)
    async with estate.database.read() as session:
        known_ = await places.afresh(session)
        ids = list(await session.scalars(select(Area.id)))

    found = {id(known_.at(id_, date(2026, 11, 23)).search) for id_ in ids}
    assert len(found) == 1
    assert known_.at(NOWHERE, date(2026, 11, 23)).area_id == NOWHERE  # there are two cities


# Quizzes.


async def finishes(estate: Estate, resident: int, right: int) -> Answered:
    """All of a quiz but the last answer, and then, in a transaction of its own, that."""
    async with estate.database.write() as session:
        quiz = await session.scalar(select(Quiz).where(Quiz.resident_id == resident))
        assert quiz
        riddle = quiz.chosen[-1]
        wrong = next(stream for stream in BINS if stream is not riddle.stream)
        is_right = right > quiz.right
        return await quizzes.answer(
            session, quiz.id, len(quiz.chosen) - 1, riddle.stream if is_right else wrong,
            resident, estate.civil, MORNING,
        )  # fmt: skip


async def family(estate: Estate, catalogue: Catalogue, right: Sequence[int]) -> None:
    """Members of one household, each before the last riddle, with so many right at the end."""
    day = MORNING.astimezone(city.SHANGHAI).date()
    async with estate.database.write() as session:
        for number, each in enumerate(right):
            person = 700 + number
            await city.move_in(session, estate.neighbour, estate.area, person, "王", MORNING)
            quiz = await quizzes.today(session, person, catalogue, day)
            quiz.answered, quiz.right = len(quiz.chosen) - 1, each - 1


@pytest.mark.parametrize("right", [(3, 3), (3, 1), (1, 2, 3)])
async def test_two_of_a_household_finish_at_once_and_it_earns_once(
    estate: Estate, shipped: Shipped, right: tuple[int, ...]
) -> None:
    await family(estate, shipped.catalogue, right)

    ended = await asyncio.gather(
        *(finishes(estate, 700 + number, each) for number, each in enumerate(right))
    )

    assert sorted(each.pay.why for each in ended if each.pay) == [
        "earned", *["family"] * (len(right) - 1)
    ]  # fmt: skip
    async with estate.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Transfer)) == 1
    assert await invariants.broken(estate.database, invariants.CHEAP) == []


async def test_without_the_households_lock_the_second_would_be_a_fault(
    estate: Estate, shipped: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    if estate.database.is_sqlite:
        pytest.skip("SQLite's one writer is its own protection")
    estate.is_protected = False
    await family(estate, shipped.catalogue, (3, 1))
    without_lock(monkeypatch)
    both = asyncio.Barrier(2)
    earn = points.earn

    async def earn_together(*args: object) -> int:
        await both.wait()
        return await earn(*args)  # type: ignore[arg-type]  # whatever it was given

    monkeypatch.setattr(points, "earn", earn_together)
    ended = await asyncio.gather(
        finishes(estate, 700, 3), finishes(estate, 701, 1), return_exceptions=True
    )

    assert [type(each) for each in ended if isinstance(each, Exception)] == [KeyReused]
