"""What the bot says when it is spoken to. One module per feature."""

from aiogram import Router

from handlers import (
    drop_offs,
    inline,
    invitations,
    lost,
    roles,
    shifts,
    sorting,
    start,
    steps,
)


def routers() -> list[Router]:
    """Every feature's router, most specific first.

    Whose text is it? A scanned code's, a command's or a menu key's; a volunteer's on shift that
    names a household; then an open step's, then a question's. `lost` is last and takes what
    nobody else understood.
    """
    features = (shifts, drop_offs, invitations, roles, start, steps, inline, sorting, lost)
    return [feature.router() for feature in features]
