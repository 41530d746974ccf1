"""Problem here: what is wrong, at which station, a photo or a word, and it has a number."""

from collections.abc import Collection, Sequence
from typing import Annotated

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Message
from pydantic import AfterValidator, Field

from handlers import casework, places
from handlers.attending import Attending, Desk, Shown
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.casework import Problem
from handlers.filters import Asked, OnShift, Wish
from handlers.places import At, Choice, OnMap
from knowledge.cases import ALIKE, PROBLEMS, Kind
from models import areas, case_lists, cases, stations, steps
from models.case_steps import NOTHING, Said
from models.cases import Reported
from models.places import Here
from models.shifts import Shift
from models.stations import NoSuchStation, Station

PLACE = "problem-place"
"""The step in which somebody sends where it is."""

DETAILS = "problem-details"
"""The step in which somebody shows or describes it."""

MOST_STATIONS = 10
NEAREST = 3
"""So many stations are on offer."""

WISHES = {
    "wish-problem-full": Kind.FULL,
    "wish-problem-missed": Kind.MISSED,
    "wish-problem-mixed": Kind.MIXED,
    "wish-problem-dirty": Kind.DIRTY,
    "wish-problem-broken": Kind.BROKEN,
    "wish-problem-shut": Kind.SHUT,
}


def _is_problem(kind: Kind) -> Kind:
    if kind not in PROBLEMS:
        raise ValueError(kind)
    return kind


Wrong = Annotated[Kind, AfterValidator(_is_problem)]
"""What can be wrong at a station."""


class ProblemOf(CallbackData, prefix="problemof"):
    """This is wrong; at this station, if it names one."""

    kind: Wrong
    station: int = Field(default=0, ge=0, le=LARGEST_ID)


class ProblemIn(At, prefix="problemin"):
    """It is in this area."""

    kind: Wrong


class ProblemAt(CallbackData, prefix="problemat"):
    """It is at this station; 0: elsewhere in this area."""

    kind: Wrong
    area: int = Field(ge=1, le=LARGEST_ID)
    station: int = Field(ge=0, le=LARGEST_ID)


class Report(CallbackData, prefix="report"):
    """Report it without a word."""

    kind: Wrong
    station: int = Field(ge=1, le=LARGEST_ID)


def router() -> Router:
    router = Router(name=__name__)
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("desk", Desk))
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    message, press = router.message.register, router.callback_query.register
    message(begin, Command("problem", ignore_case=True), private)
    message(begin, Wish("wish-problem"), private)
    for wish, kind in WISHES.items():
        message(report_on_shift, Wish(wish, kind=kind), private, OnShift(), flags=writes)
        message(ask_where, Wish(wish, kind=kind), private, flags=writes)
    message(hear_place, Asked(PLACE), F.location)
    message(hear_name, Asked(PLACE), F.text, flags=writes)
    message(ask_place_again, Asked(PLACE))
    message(hear_details, Asked(DETAILS), F.text | F.photo | F.voice, flags=writes)
    message(ask_again, Asked(DETAILS))
    press(begin_here, Pressed(Problem))
    press(choose_kind, Pressed(ProblemOf), flags=writes)
    press(choose_area, Pressed(ProblemIn), flags=writes)
    press(choose_station, Pressed(ProblemAt), flags=writes)
    press(report, Pressed(Report), flags=writes)
    return router


async def begin(message: Message, desk: Desk) -> SendMessage:
    text, keyboard = await _kinds(desk, 0)
    return message.answer(text, reply_markup=keyboard)


async def begin_here(query: CallbackQuery, callback_data: Problem, desk: Desk) -> SendMessage:
    """In a new message: what the button stands under is still of use."""
    text, keyboard = await _kinds(desk, callback_data.station)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def report_on_shift(
    message: Message, kind: Kind, shift: Shift, desk: Desk, admins: Collection[int]
) -> SendMessage:
    """A volunteer says it in a word: it is at the station of the shift."""
    reported = await _report(desk, kind, 0, shift.station_id, NOTHING, admins)
    text, keyboard = await _thanks(desk, reported)
    return message.answer(text, reply_markup=keyboard)


async def ask_where(message: Message, kind: Kind, desk: Desk, here: Here) -> SendMessage:
    text, keyboard = await _stations(desk, ProblemIn(kind=kind), here)
    return message.answer(text, reply_markup=keyboard)


async def choose_kind(
    query: CallbackQuery, callback_data: ProblemOf, desk: Desk, here: Here
) -> EditMessageText:
    kind = callback_data.kind
    if callback_data.station:
        station = await stations.known(desk.session, callback_data.station)
        return changed(query, *await _details(desk, kind, station.area_id, station))
    return changed(query, *await _stations(desk, ProblemIn(kind=kind), here))


async def choose_area(
    query: CallbackQuery, callback_data: ProblemIn, desk: Desk, here: Here
) -> EditMessageText:
    return changed(query, *await _stations(desk, callback_data, here))


async def choose_station(
    query: CallbackQuery, callback_data: ProblemAt, desk: Desk
) -> EditMessageText:
    asked, session = callback_data, desk.session
    area = await areas.known(session, asked.area)
    station = await stations.known(session, asked.station) if asked.station else None
    if station and station.area_id != area.id:
        raise NoSuchStation
    return changed(query, *await _details(desk, asked.kind, area.id, station))


async def hear_place(message: Message, step: steps.Step, desk: Desk) -> SendMessage:
    """The stations next to where somebody is; the place itself is not kept."""
    assert message.location
    where = (message.location.latitude, message.location.longitude)
    found = await stations.nearest(desk.session, *where, NEAREST)
    t, kind = desk.t, Kind(step.fields["kind"])
    if not found:
        return message.answer(t("problem-none-near"))
    choices: Choices = [
        (
            t("button-problem-near", station=station.name, far=places.far(metres, t)),
            ProblemAt(kind=kind, area=station.area_id, station=station.id),
        )
        for metres, station in found
    ]
    maps = [(t("button-map", station=each.name), OnMap(station=each.id)) for _, each in found]
    text = t("problem-which-near", kind=kind)
    return message.answer(text, reply_markup=column([*choices, *maps]))


async def hear_name(message: Message, step: steps.Step, desk: Desk) -> SendMessage:
    """The name of one of the stations that were on offer, or its code."""
    said = (message.text or "").strip()
    found = [
        station
        for station in await stations.of_area(desk.session, int(step.fields["area"]))
        if said in (station.name, station.code)
    ]
    if len(found) != 1:
        return message.answer(desk.t("problem-place-again"))
    kind = Kind(step.fields["kind"])
    text, keyboard = await _details(desk, kind, found[0].area_id, found[0])
    return message.answer(text, reply_markup=keyboard)


async def ask_place_again(message: Message, desk: Desk) -> SendMessage:
    return message.answer(desk.t("problem-place-again"))


async def hear_details(
    message: Message, step: steps.Step, desk: Desk, admins: Collection[int]
) -> SendMessage:
    said, asked = casework.said_in(message), step.fields
    kind, area_id, station_id = Kind(asked["kind"]), int(asked["area"]), int(asked["station"])
    reported = await _report(desk, kind, area_id, station_id or None, said, admins)
    text, keyboard = await _thanks(desk, reported)
    return message.answer(text + casework.shortened(message, said, desk.t), reply_markup=keyboard)


async def ask_again(message: Message, desk: Desk) -> SendMessage:
    """It is nothing that can be handed on: a sticker, a file."""
    return message.answer(desk.t("case-say-again"))


async def report(
    query: CallbackQuery, callback_data: Report, desk: Desk, admins: Collection[int]
) -> EditMessageText:
    kind, station_id = callback_data.kind, callback_data.station
    reported = await _report(desk, kind, 0, station_id, NOTHING, admins)
    return changed(query, *await _thanks(desk, reported))


async def _report(
    desk: Desk, kind: Kind, area_id: int, station_id: int | None, said: Said,
    admins: Collection[int],
) -> Reported:  # fmt: skip
    reported = await cases.report(
        desk.session, desk.by, kind, area_id, station_id, said, admins, desk.civil, desk.now
    )
    await steps.close(desk.session, desk.by.resident_id)
    return reported


async def _kinds(desk: Desk, station_id: int) -> Shown:
    """What is wrong?"""
    station = await stations.known(desk.session, station_id) if station_id else None
    choices: Choices = [
        (desk.t("button-problem-kind", kind=kind), ProblemOf(kind=kind, station=station_id))
        for kind in PROBLEMS
    ]
    where = station.name if station else "none"
    return desk.t("problem-what", station=where), column(choices)


async def _stations(desk: Desk, asked: ProblemIn, here: Here) -> Shown:
    """Where is it? At a station of one's own area, or of one that is chosen, or near a place."""
    session, t, kind = desk.session, desk.t, asked.kind
    area_id: int | Choice = here.area_id
    if asked.area or asked.page or await casework.home(desk) is None:
        asked = asked if asked.area or asked.page else ProblemIn(kind=kind, area=here.area_id)
        area_id = await places.meant(session, asked, t)
    known = 0 if isinstance(area_id, Choice) else area_id
    await casework.wait_for(desk, PLACE, {"kind": kind, "area": known})
    if isinstance(area_id, Choice):
        text = t("problem-where", kind=kind, place="none") + "\n\n" + area_id.text
        return text, area_id.keyboard
    area = await areas.known(session, area_id)
    choices = _at(kind, await stations.of_area(session, area.id))
    elsewhere = ProblemAt(kind=kind, area=area.id, station=0)
    text = t("problem-where", kind=kind, place=area.name)
    return text, column([*choices, (t("button-problem-elsewhere"), elsewhere)])


def _at(kind: Kind, found: Sequence[Station]) -> Choices:
    return [
        (each.name, ProblemAt(kind=kind, area=each.area_id, station=each.id))
        for each in found[:MOST_STATIONS]
    ]


async def _details(desk: Desk, kind: Kind, area_id: int, station: Station | None) -> Shown:
    """A photo, or a word; where it is clear without, neither is needed."""
    fields = {"kind": kind, "area": area_id, "station": station.id if station else 0}
    await casework.wait_for(desk, DETAILS, fields)
    area = await areas.of(desk.session, area_id)
    about = casework.subject(kind, station.name if station else "", area.name, desk.t)
    if station is None or kind not in ALIKE:
        return desk.t("problem-say", about=about), None
    now = (desk.t("button-problem-report"), Report(kind=kind, station=station.id))
    return desk.t("problem-show", about=about), column([now])


async def _thanks(desk: Desk, reported: Reported) -> Shown:
    case = reported.case
    line = await case_lists.line(desk.session, case)
    text = desk.t(
        "problem-reported",
        how=reported.how,
        number=str(case.id),
        about=casework.about(line, desk.t),
        state=casework.state(case.state, desk.t),
        people=line.people,
        by=casework.expected(desk),
    )
    return text, column(casework.choices(case, desk))
