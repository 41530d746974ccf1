"""Shifts: a volunteer comes to a station, hands it over, and goes home."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup

from handlers.buttons import column
from handlers.casework import Problem
from handlers.filters import Has, Key, OnShift, Scanned, Wish
from handlers.menu import menu
from handlers.texts import Texts
from knowledge.calendar import Civil
from models import Session, actors, areas, codes, drop_offs, notices, shifts, stations
from models.codes import Kind
from models.roles import Role, Roles
from models.shifts import NEAR_METRES, NotOnShift, Shift, TooFar
from models.stations import Station

KEYS = (
    ("drop-off-key-right", "drop-off-key-partly", "drop-off-key-wrong"),
    ("drop-off-key-weigh", "drop-off-key-move", "drop-off-key-withdraw"),
    ("shift-key-take-over", "shift-key-end"),
)
"""What a volunteer needs with cold hands, row by row; each is a message, so it waits for the
network like one (a button press is lost after 150 s)."""

MONTH = timedelta(days=30)


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    volunteer = Has(Role.VOLUNTEER)
    writes = {"writes": True}
    message = router.message.register
    message(begin_at_sign, Scanned(Kind.STATION), private, volunteer, flags=writes)
    message(show_station, Scanned(Kind.STATION), private)
    message(status, Command("shift", ignore_case=True), private)
    message(status, Wish("wish-shift"), private, volunteer)
    message(begin_near, F.location, private, volunteer, flags=writes)
    message(end, Key("shift-key-end"), private, volunteer, flags=writes)
    message(end, Wish("wish-shift-end"), OnShift(), private, flags=writes)
    message(take_over, Key("shift-key-take-over"), private, volunteer, flags=writes)
    return router


async def begin_at_sign(
    message: Message, code: str, session: Session, roles: Roles, t: Texts, civil: Civil
) -> SendMessage:
    sign = await codes.read(session, code)
    station = await stations.by_token(session, sign.token)
    return await _begin(message, station, session, roles, t, civil)


async def begin_near(
    message: Message, session: Session, roles: Roles, t: Texts, civil: Civil
) -> SendMessage:
    assert message.location
    where = (message.location.latitude, message.location.longitude)
    near = [
        (metres, station)
        for station in await stations.within(session, _areas(roles))
        if (metres := station.metres_to(*where)) is not None and metres <= NEAR_METRES
    ]
    if not near:
        raise TooFar(metres=NEAR_METRES)
    _, station = min(near, key=lambda each: each[0])
    return await _begin(message, station, session, roles, t, civil)


async def show_station(
    message: Message, code: str, session: Session, t: Texts, civil: Civil, now: datetime
) -> SendMessage:
    sign = await codes.read(session, code)
    station = await stations.by_token(session, sign.token)
    policy = await areas.policy(session, station.area_id, civil.holidays)
    windows = [
        t(
            "station-window",
            begins=window.starts_at.astimezone(civil.zone),
            ends=window.ends_at.astimezone(civil.zone),
        )
        for window in policy.calendar.today(now, civil.zone).windows
    ]
    hours = t("comma").join(windows) or t("station-shut-today")
    wrong = column([(t("button-problem"), Problem(station=station.id))])
    text = t("station-shown", station=station.name, hours=hours)
    return message.answer(text, reply_markup=wrong)


async def status(
    message: Message, shift: Shift | None, roles: Roles, session: Session, t: Texts, civil: Civil
) -> SendMessage:
    if not _areas(roles):
        return message.answer(t("shift-not-volunteer"))
    if shift is None or not shift.covers(message.date):
        return message.answer(t("shift-how-to-begin"), reply_markup=_where_am_i(t))
    station = await session.get_one(Station, shift.station_id)
    worked = await shifts.hours(session, shift.actor_id, message.date - MONTH, message.date)
    return message.answer(
        t(
            "shift-goes-on",
            station=station.name,
            began=shift.began_at.astimezone(civil.zone),
            until=shift.until.astimezone(civil.zone),
            recorded=await drop_offs.number_in(session, shift.id),
            hours=_hours(worked),
        ),
        reply_markup=keys(t),
    )


async def end(message: Message, session: Session, t: Texts, civil: Civil) -> SendMessage:
    assert message.from_user
    over = await shifts.end(session, message.from_user.id, message.date)
    station = await session.get_one(Station, over.station_id)
    assert over.ended_at
    return message.answer(
        t(
            "shift-ended",
            station=station.name,
            began=over.began_at.astimezone(civil.zone),
            ended=over.ended_at.astimezone(civil.zone),
            recorded=await drop_offs.number_in(session, over.id),
        ),
        reply_markup=menu(t),
    )


async def take_over(
    message: Message, session: Session, t: Texts, civil: Civil, now: datetime
) -> SendMessage:
    assert message.from_user
    actor = await actors.of(session, message.from_user.id)
    mine = await shifts.open_of(session, actor, now)
    if mine is None:
        raise NotOnShift
    station = await session.get_one(Station, mine.station_id)
    relieved = 0
    for other in await shifts.others_at(session, mine, now):
        person = await shifts.take_over(session, mine, other.id, now)
        relieved += 1
        if person is not None:
            at = now.astimezone(civil.zone).isoformat()
            fields = {"station": station.name, "at": at}
            about = f"shift {other.id} handed over"
            await notices.post(session, person, "shift-taken-over", about, fields, now)
    key = "shift-taken-over" if relieved else "shift-alone"
    return message.answer(t(key, station=station.name, number=relieved), reply_markup=keys(t))


async def close_late(session: Session, civil: Civil, now: datetime) -> None:
    """When the clock strikes: shifts whose time is over end, and their volunteers are told."""
    for shift in await shifts.close_late(session, now):
        person = await actors.person(session, shift.actor_id)
        if person is None:
            continue
        station = await session.get_one(Station, shift.station_id)
        fields = {
            "station": station.name,
            "began": shift.began_at.astimezone(civil.zone).isoformat(),
            "ended": shift.until.astimezone(civil.zone).isoformat(),
            "recorded": await drop_offs.number_in(session, shift.id),
        }
        await notices.post(session, person, "shift-closed", f"shift {shift.id}", fields, now)


def keys(t: Texts) -> ReplyKeyboardMarkup:
    """The keys of a volunteer on shift."""
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=t(key)) for key in row] for row in KEYS],
        is_persistent=True,
        resize_keyboard=False,
        input_field_placeholder=t("shift-placeholder"),
    )


async def _begin(
    message: Message, station: Station, session: Session, roles: Roles, t: Texts, civil: Civil
) -> SendMessage:
    assert message.from_user
    policy = await areas.policy(session, station.area_id, civil.holidays)
    shift = await shifts.begin(
        session, station, message.from_user.id, roles, policy.calendar,
        zone=civil.zone, now=message.date,
    )  # fmt: skip
    others = await shifts.others_at(session, shift, message.date)
    said = t(
        "shift-begun",
        station=station.name,
        began=shift.began_at.astimezone(civil.zone),
        until=shift.until.astimezone(civil.zone),
    )
    if others:
        said += "\n\n" + t("shift-others", number=len(others))
    return message.answer(said, reply_markup=keys(t))


def _where_am_i(t: Texts) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=t("shift-key-here"), request_location=True)],
            [KeyboardButton(text=t("menu-ask")), KeyboardButton(text=t("menu-help"))],
        ],
        resize_keyboard=False,
    )


def _areas(roles: Roles) -> list[int]:
    return [one.area_id for one in roles if one.role is Role.VOLUNTEER]


def _hours(span: timedelta) -> str:
    """Hours to one decimal."""
    return f"{span.total_seconds() / 3600:.1f}"
