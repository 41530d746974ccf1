"""A booking that is being put together: its pages, the way through them, and their buttons."""

from datetime import date
from enum import StrEnum
from zlib import crc32

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.buttons import LARGEST_ID
from models.pickups import Draft, Thing

LOWEST, HIGHEST = 1, 99
"""Floors."""


class Page(StrEnum):
    """A step of a booking; the bot waits for words, or a photo, on those in `ASKING`."""

    THINGS = "things"
    MORE = "more"
    """The rest of the list."""
    SAME = "same"
    """As the last time?"""
    FLOOR = "floor"
    LIFT = "lift"
    PLACE = "place"
    DAYS = "days"
    LATER = "later"
    SUMMARY = "summary"
    NOTES = "notes"
    PHOTO = "photo"


ASKING = {
    Page.THINGS: "booking-things",
    Page.MORE: "booking-things",
    Page.FLOOR: "booking-floor",
    Page.PLACE: "booking-place",
    Page.NOTES: "booking-notes",
    Page.PHOTO: "booking-photo",
}
"""The open step of a page: what the next words, or the next photo, are."""


class Go(CallbackData, prefix="bgo"):
    """Go to this page."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    page: Page


class Count(CallbackData, prefix="bcount"):
    """So many of this; pressed twice it is no more."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    thing: str = Field(pattern=r"^([a-z_]{1,20}|-[0-9a-f]{8})$")
    """A key of the list, or a sum of somebody's own words, which may be too long for a button."""
    count: int = Field(ge=0, le=999)


class Floor(CallbackData, prefix="bfloor"):
    """It is on this floor."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    floor: int = Field(ge=LOWEST, le=HIGHEST)


class Lift(CallbackData, prefix="blift"):
    """There is a lift, or none."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    yes: bool


class Spot(StrEnum):
    """Where things are usually put out."""

    DOOR = "door"
    """Of the building."""
    BINS = "bins"
    GATE = "gate"
    HOME = "home"
    """They are fetched from the flat."""


class PutOut(CallbackData, prefix="bspot"):
    """It is put out there."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    spot: Spot


class Day(CallbackData, prefix="bday"):
    """On this day."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=date(2000, 1, 1).toordinal(), le=date(2199, 12, 31).toordinal())
    """Its ordinal."""


class Clear(CallbackData, prefix="bclear"):
    """Take the notes, or the photos, away."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    photos: bool


class Confirm(CallbackData, prefix="bconfirm"):
    """Book it as it was shown."""

    draft: int = Field(ge=1, le=LARGEST_ID)
    revision: int = Field(ge=0, le=LARGEST_ID)
    fen: int = Field(ge=0, le=LARGEST_ID)


class Drop(CallbackData, prefix="bdrop"):
    """Leave it."""

    draft: int = Field(ge=1, le=LARGEST_ID)


def following(draft: Draft) -> Page:
    """The first page that is still to be answered; then the summary."""
    if not draft.things:
        return Page.THINGS
    if draft.day:
        return Page.SUMMARY
    return Page.SAME if draft.place else Page.FLOOR


def reached(draft: Draft, page: Page) -> Page:
    """This page, or the one that has to be answered before it: there are old buttons."""
    needs = {Page.SUMMARY: draft.things and draft.day, Page.SAME: draft.place}
    return page if needs.get(page, True) else following(draft)


def mark(thing: Thing) -> str:
    """What a button calls a thing."""
    return thing.key or f"-{crc32((thing.words or '').encode()):08x}"


def before(draft: Draft, page: Page) -> Page | None:
    """Where one comes from."""
    match page:
        case Page.THINGS | Page.FLOOR | Page.DAYS if draft.day:
            return Page.SUMMARY
        case Page.THINGS | Page.SUMMARY:
            return None
        case Page.MORE | Page.SAME:
            return Page.THINGS
        case Page.FLOOR:
            return Page.SAME if draft.place else Page.THINGS
        case Page.LIFT:
            return Page.FLOOR
        case Page.PLACE:
            return Page.FLOOR if draft.floor == LOWEST else Page.LIFT
        case Page.DAYS:
            return Page.SAME
        case Page.LATER:
            return Page.DAYS
        case Page.NOTES | Page.PHOTO:
            return Page.SUMMARY
