"""`greenbin cards`, `signs`, `keys`: codes to print, and the keys that they are made with."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from aiogram.utils.link import create_telegram_link

from bot import console
from bot.imports import write_private
from bot.starting import CannotStart, now, opened, read_settings, to_its_end, username
from handlers.pictures.cards import Card, Sign, sheet, signs
from handlers.texts import texts
from knowledge import numbers
from models import Session, areas, codes, doors
from models.areas import Area
from models.codes import Kind

Page = TypeVar("Page")

MOST_CARDS = 10_000
"""How many are printed at once: more are nobody's afternoon, and a file that no printer takes."""


def print_cards(area_code: str, file: Path | None, name: str | None) -> int:
    """A PDF of door cards for an area and all that lies in it."""

    async def print_them() -> None:
        settings = read_settings()
        bot_name, t = await username(settings, name), texts(settings.language)
        async with opened(settings) as database, database.write() as session:
            area = await _area(session, area_code)
            if (many := await doors.count(session, area)) > MOST_CARDS:
                raise CannotStart(console.too_many_cards(area_code, many, MOST_CARDS))
            found = await doors.doors(session, area)
            tokens = (door.token for door in found)
            written = await codes.write_all(session, Kind.HOUSEHOLD, tokens, now())
        cards = [
            Card(
                create_telegram_link(bot_name, start=code), numbers.make(door.number),
                door.area, door.address, t("card-purpose"),
            )
            for door, code in zip(found, written, strict=True)
        ]  # fmt: skip
        await _print(sheet, cards, file or Path(f"cards-{area_code}.pdf"))

    return to_its_end(print_them)


def print_signs(area_code: str, file: Path | None, name: str | None) -> int:
    """A PDF of signs for the stations of an area and of all that lies in it."""

    async def print_them() -> None:
        settings = read_settings()
        bot_name, t = await username(settings, name), texts(settings.language)
        async with opened(settings) as database, database.write() as session:
            found = await doors.signs(session, await _area(session, area_code))
            tokens = (sign.token for sign in found)
            written = await codes.write_all(session, Kind.STATION, tokens, now())
        pages = [
            Sign(
                create_telegram_link(bot_name, start=code), sign.name, sign.area, t("sign-purpose")
            )
            for sign, code in zip(found, written, strict=True)
        ]
        await _print(signs, pages, file or Path(f"signs-{area_code}.pdf"))

    return to_its_end(print_them)


def keys(*, renew: bool) -> int:
    """The keys that codes are made with; perhaps a new one first."""

    async def show() -> None:
        async with opened(read_settings()) as database, database.write() as session:
            if renew:
                await codes.renew_key(session, now())
            for line in console.keys(await codes.made(session)):
                console.say(line)

    return to_its_end(show)


async def _area(session: Session, code: str) -> Area:
    area = await areas.by_code(session, code)
    if area is None:
        raise CannotStart(console.no_area(code))
    return area


async def _print(
    draw: Callable[[Sequence[Page]], bytes], pages: Sequence[Page], file: Path
) -> None:
    # Whoever has the file can join as one of the household, and record for it.
    write_private(file, await asyncio.to_thread(draw, pages))
    console.say(console.printed(file, len(pages)))
