"""What the bot says when it is spoken to. One module per feature."""

from aiogram import Router

from handlers import (
    codes,
    households,
    inline,
    joining,
    lost,
    points,
    registry,
    settlements,
    sorting,
    start,
    steps,
)


def routers() -> list[Router]:
    """Every feature's router, most specific first.

    Whose text is it? A command's or a menu key's, then an open step's, then a question's; `lost`
    is last and takes what nobody else understood. Whose code it is depends on who scans it: staff
    see the household, then its people, and strangers may ask to join; `start` takes a bare Start
    and links of posters.
    """
    homes = (registry, households, joining, codes, points)
    rest = (start, steps, settlements, inline, sorting, lost)
    return [feature.router() for feature in (*homes, *rest)]
