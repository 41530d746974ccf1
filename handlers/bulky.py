"""What the features about bulky pickups share: how things and bookings are said, their buttons."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers import homes
from handlers.buttons import LARGEST_ID, Choices
from handlers.texts import Texts
from knowledge import pickup_texts
from knowledge.bulky import Bulky
from knowledge.streams import Stream
from models import pickups
from models.pickups import Thing


class Book(CallbackData, prefix="bulky"):
    """Book a pickup; of this, if it says what."""

    what: str = Field(default="", pattern=r"^([a-z_]{1,20}|[A-Z2-7]{8})?$")
    """A key of the list of bulky things, or of the catalogue."""
    anew: bool = False
    """Whatever was begun before."""


class Bring(CallbackData, prefix="bring"):
    """Where are such things brought?"""

    stream: Stream


class Mine(CallbackData, prefix="pickups"):
    """Show the bookings of my household."""


class Show(CallbackData, prefix="pickup"):
    """Show this booking."""

    pickup: int = Field(ge=1, le=LARGEST_ID)


class Change(CallbackData, prefix="pchange"):
    """Change this booking."""

    pickup: int = Field(ge=1, le=LARGEST_ID)


class CallOff(CallbackData, prefix="pcancel"):
    """Cancel this booking."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


class StillThere(CallbackData, prefix="pstill"):
    """What was to be collected is still there."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


@cache
def listed() -> Bulky:
    """The bulky things to choose from, read once."""
    return Bulky.load()


def named(thing: Thing, t: Texts) -> str:
    """What a thing is called: as in the list, or in the own words of who booked it."""
    item = listed().by_key.get(thing.key or "")
    return item.name.in_(t.language) if item else homes.tame(thing.words or "") or "–"


def counted(things: Iterable[Thing], t: Texts) -> str:
    """Things and how many: 沙发、椅子×2."""
    return t("comma").join(
        t("bulky-thing", name=named(thing, t), count=thing.count) for thing in things
    )


def where(floor: int | None, lift: bool | None, place: str | None, t: Texts) -> str:
    """Where things are: 5楼，有电梯；放在：单元门口."""
    has_lift = "unknown" if lift is None else "yes" if lift else "no"
    return t("bulky-where", floor=floor or 0, lift=has_lift, place=homes.tame(place or "") or "–")


def price(fen: int, free: int, t: Texts) -> str:
    """What is paid when things are collected, and how many of them cost nothing."""
    return t("bulky-price", fen=fen, yuan=pickup_texts.yuan(fen), free=free)


def actions(pickup_id: int, t: Texts) -> Choices:
    """What may be done to a booking before the cut-off."""
    return [
        (t("button-pickup-change"), Change(pickup=pickup_id)),
        (t("button-pickup-cancel"), CallOff(pickup=pickup_id)),
    ]


def still_there(pickup_id: int, t: Texts) -> Choices:
    """What may be said after the crew was there."""
    return [(t("button-still-there"), StillThere(pickup=pickup_id))]


def said_of(notes: str | None, photos: int, t: Texts) -> list[str]:
    """The lines about notes and photos, where there are some."""
    said = homes.tame(notes, pickups.LONGEST_NOTES) if notes else ""
    lines = [t("bulky-notes", notes=said)] if said else []
    return [*lines, *([t("bulky-photos", number=photos)] if photos else [])]


def disputable(until: datetime, t: Texts) -> str:
    """Until when it may be said that it is still there: `until` is the first moment after that."""
    return t("still-there-until", until=until - timedelta(seconds=1))


def cut_off(until: datetime, t: Texts) -> str:
    """Until when it may be changed and cancelled, on the clocks of the place."""
    return t("cut-off", until=until)


def why_not(why: str, words: str, t: Texts) -> str:
    """Why it was not taken."""
    return t("pickup-why-not", why=why, words=homes.tame(words, pickups.LONGEST_NOTES))
