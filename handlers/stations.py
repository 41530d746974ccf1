"""Where is the nearest station, how far is it, and is it open now?"""

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.methods import SendMessage, SendVenue
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, KeyboardButton, Message

from handlers import places
from handlers.buttons import Pressed, column
from handlers.filters import Key, Lives, Wish
from handlers.menu import menu
from handlers.places import Near, OnMap
from handlers.texts import Texts
from knowledge.calendar import Civil
from models import Session, areas, households, stations
from models.memberships import Membership
from models.stations import NoSuchStation, Station

SHOWN = 3
"""How many stations one chooses from."""


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    for asked in (Command("near", ignore_case=True), Key("menu-near"), Wish("wish-near")):
        message(near_home, asked, private, Lives())
        message(ask_where, asked, private)
    message(near_here, F.location, private)
    router.callback_query.register(near_there, Pressed(Near))
    router.callback_query.register(show_on_map, Pressed(OnMap))
    return router


async def near_home(
    message: Message, home: Membership, session: Session, now: datetime, civil: Civil, t: Texts
) -> SendMessage:
    household = await households.by_id(session, home.household_id)
    text, keyboard = await _of_area(session, household.area_id, now, civil, t)
    return message.answer(text, reply_markup=keyboard)


async def near_there(
    query: CallbackQuery, callback_data: Near, session: Session, now: datetime, civil: Civil,
    t: Texts,
) -> SendMessage:  # fmt: skip
    area = await areas.known(session, callback_data.area)
    text, keyboard = await _of_area(session, area.id, now, civil, t)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def near_here(
    message: Message, session: Session, now: datetime, civil: Civil, t: Texts
) -> SendMessage:
    assert message.location
    where = (message.location.latitude, message.location.longitude)
    found = await stations.nearest(session, *where, SHOWN)
    if not found:
        return message.answer(t("near-none"), reply_markup=menu(t))
    lines = [
        t(
            "near-far",
            station=await _named(session, station, now, civil, t),
            far=places.far(metres, t),
        )
        for metres, station in found
    ]
    keyboard = _maps([station for _, station in found], t)
    return message.answer("\n\n".join([*lines, t("near-about")]), reply_markup=keyboard)


async def ask_where(message: Message, t: Texts) -> SendMessage:
    keyboard = menu(t)
    here = KeyboardButton(text=t("near-key-here"), request_location=True)
    keyboard.keyboard.insert(0, [here])
    return message.answer(t("near-where"), reply_markup=keyboard)


async def show_on_map(query: CallbackQuery, callback_data: OnMap, session: Session) -> SendVenue:
    station = await stations.known(session, callback_data.station)
    if station.latitude is None or station.longitude is None:
        raise NoSuchStation
    return SendVenue(
        chat_id=query.from_user.id,
        latitude=station.latitude,
        longitude=station.longitude,
        title=station.name,
        address=await _address(session, station),
    )


async def _of_area(
    session: Session, area_id: int, now: datetime, civil: Civil, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    found = await stations.of_area(session, area_id)
    if not found:
        return t("near-none-known"), None
    lines = [await _named(session, station, now, civil, t) for station in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(t("near-more", number=len(found) - SHOWN))
    return "\n\n".join([*lines, t("near-send-place")]), _maps(found[:SHOWN], t)


async def _named(session: Session, station: Station, now: datetime, civil: Civil, t: Texts) -> str:
    """A station in three lines: its name, whether it is open, and where it is."""
    policy = await areas.policy(session, station.area_id, civil.holidays)
    names = await places.moved_to(session, policy.calendar)
    state = places.status(policy.calendar, now, civil, names, t)
    address = await _address(session, station)
    return t("near-station", station=station.name, state=state, address=address)


async def _address(session: Session, station: Station) -> str:
    return station.address or (await areas.of(session, station.area_id)).name


def _maps(found: Sequence[Station], t: Texts) -> InlineKeyboardMarkup | None:
    return column(
        [
            (t("button-map", station=station.name), OnMap(station=station.id))
            for station in found
            if station.latitude is not None and station.longitude is not None
        ]
    )
