"""Drop-offs: one for each household and window, by somebody who may, at a time that was."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from knowledge.qualities import Quality
from knowledge.streams import Stream
from models import Refusal, actors, areas, drop_offs, households, points, shifts
from models.areas import Area
from models.drop_off_tables import DropOff, Found, Mistake
from models.drop_offs import (
    AlreadyRecorded,
    NotThen,
    NotYours,
    OtherPlace,
    OwnHousehold,
    Report,
    TooLate,
    Volunteer,
)
from models.notices import Notice
from models.roles import NotAllowed
from models.shifts import NotOnShift
from tests import city
from tests.city import MORNING, OTHER_VOLUNTEER, RESIDENT, VOLUNTEER, Estate


async def record(
    estate: Estate,
    by: Volunteer | None = None,
    home: int | None = None,
    now: datetime = MORNING,
    **said: object,
) -> DropOff:
    report = Report(**{"at": MORNING, **said})  # type: ignore[arg-type]
    async with estate.database.write() as session:
        return await drop_offs.record(
            session, home or estate.home, by or estate.volunteer(), report, estate.civil, now
        )


async def balance(estate: Estate, home: int | None = None) -> int:
    async with estate.database.read() as session:
        return (await points.balance(session, home or estate.home, MORNING)).points


async def counted(estate: Estate) -> int:
    async with estate.database.read() as session:
        counting = select(func.count()).select_from(DropOff).where(DropOff.voided_at.is_(None))
        return await session.scalar(counting) or 0


async def test_a_right_one_earns_what_the_tariff_says(estate: Estate) -> None:
    made = await record(estate)

    assert (made.day, made.window, made.points) == (date(2026, 11, 23), 1, 5)
    assert await balance(estate) == 5


async def test_everybody_at_home_is_told_once(estate: Estate) -> None:
    await record(estate)

    async with estate.database.read() as session:
        notices = list(await session.scalars(select(Notice)))
    assert [(each.to, each.kind, each.fields["points"]) for each in notices] == [
        (RESIDENT, "drop-off", 5)
    ]


async def test_a_second_scan_hears_who_was_first(estate: Estate) -> None:
    await record(estate)

    with pytest.raises(AlreadyRecorded) as refused:
        await record(estate, estate.volunteer(OTHER_VOLUNTEER))
    assert (refused.value.values["at"], refused.value.values["station"]) == (MORNING, "东门")
    assert (await counted(estate), await balance(estate)) == (1, 5)


async def test_a_second_scan_adds_a_stream(estate: Estate) -> None:
    await record(estate, found=(Found(Stream.FOOD, 800),))
    await record(estate, found=(Found(Stream.RECYCLABLE, 2000),))

    assert (await counted(estate), await balance(estate)) == (1, 15)


async def test_the_next_window_is_another_drop_off(estate: Estate) -> None:
    evening = MORNING + timedelta(hours=12)
    async with estate.database.write() as session:
        await city.begin_shift(session, estate, VOLUNTEER, evening)
    await record(estate)
    made = await record(estate, at=evening, now=evening)

    assert (made.window, await counted(estate), await balance(estate)) == (2, 2, 10)


async def test_when_nothing_is_open_the_day_is_the_window(estate: Estate) -> None:
    late = MORNING + timedelta(hours=2)  # the shift goes on for an hour after the window
    made = await record(estate, at=late, now=late)

    assert made.window == 0


async def test_the_cap_of_the_day_holds(estate: Estate) -> None:
    heavy = (Found(Stream.RECYCLABLE, 9_000),)
    await record(estate, found=heavy)

    assert await balance(estate) == 20


async def test_a_volunteer_does_not_record_the_own_household(estate: Estate) -> None:
    async with estate.database.write() as session:
        await city.move_in(session, estate.neighbour, estate.area, VOLUNTEER, "张", MORNING)

    with pytest.raises(OwnHousehold):
        await record(estate, home=estate.neighbour)


async def test_nobody_records_off_shift(estate: Estate) -> None:
    async with estate.database.write() as session:
        await shifts.end(session, VOLUNTEER, MORNING - timedelta(minutes=1))

    with pytest.raises(NotOnShift):
        await record(estate)


async def test_what_was_seen_on_shift_counts_though_it_arrives_late(estate: Estate) -> None:
    much_later = MORNING + timedelta(hours=5)
    await record(estate, now=much_later)

    assert await counted(estate) == 1


async def test_who_is_no_volunteer_any_more_records_nothing(estate: Estate) -> None:
    with pytest.raises(NotAllowed):
        await record(estate, Volunteer(VOLUNTEER, ()))


async def test_a_household_elsewhere_is_refused(estate: Estate) -> None:
    async with estate.database.write() as session:
        top = await areas.by_code(session, "city")
        other = await city.add_area(session, "moon", areas.Kind.ESTATE, top)
        home = await households.found(session, other, "1", "", "101", MORNING)

    with pytest.raises(OtherPlace):
        await record(estate, home=home.id)


@pytest.mark.parametrize(
    ("off", "why"), [(timedelta(hours=-1), NotOnShift), (timedelta(minutes=2), NotThen)]
)
async def test_a_time_before_the_shift_or_in_the_future_is_refused(
    estate: Estate, off: timedelta, why: type[Refusal]
) -> None:
    with pytest.raises(why):
        await record(estate, at=MORNING + off, entered_later=True)
    assert await counted(estate) == 0


async def judge(
    estate: Estate, drop_off: DropOff, quality: Quality, *mistakes: Mistake, **more: object
) -> DropOff:
    by = more.get("by", estate.volunteer())
    now = more.get("now", MORNING + timedelta(minutes=1))
    async with estate.database.write() as session:
        return await drop_offs.judge(
            session, drop_off.id, by, estate.civil, now, quality=quality, mistakes=mistakes,  # type: ignore[arg-type]
        )  # fmt: skip


async def test_a_mistake_is_mended_within_five_minutes(estate: Estate) -> None:
    made = await record(estate)
    wrong = Mistake(Stream.FOOD, "塑料袋", Stream.RESIDUAL)
    for _ in range(2):
        await judge(estate, made, Quality.WRONG, wrong)
    assert await balance(estate) == 0

    await judge(estate, made, Quality.PARTLY)
    assert await balance(estate) == 3
    with pytest.raises(TooLate):
        await judge(estate, made, Quality.RIGHT, now=MORNING + timedelta(minutes=6))


async def test_what_a_volunteer_recorded_nobody_else_changes(estate: Estate) -> None:
    made = await record(estate)

    with pytest.raises(NotYours):
        await judge(estate, made, Quality.WRONG, by=estate.volunteer(OTHER_VOLUNTEER))


async def test_it_was_another_household(estate: Estate) -> None:
    made = await record(estate)
    async with estate.database.write() as session:
        moved = await drop_offs.move(
            session, made.id, estate.neighbour, estate.volunteer(), estate.civil, MORNING
        )

    assert (await balance(estate), await balance(estate, estate.neighbour)) == (0, 5)
    assert moved.at == MORNING


async def test_taken_back_it_may_be_recorded_again(estate: Estate) -> None:
    made = await record(estate)
    async with estate.database.write() as session:
        await drop_offs.withdraw(session, made.id, estate.volunteer(), estate.civil, MORNING)
    await record(estate)

    assert (await counted(estate), await balance(estate)) == (1, 5)


async def test_a_revoked_role_ends_the_shift(estate: Estate) -> None:
    async with estate.database.write() as session:
        area = await session.get_one(Area, estate.area)
        actor = await actors.of(session, VOLUNTEER)
        await shifts.end_of_role(session, actor, area, MORNING - timedelta(seconds=30))

    with pytest.raises(NotOnShift):
        await record(estate)
