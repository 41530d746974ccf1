"""What the bot says when it is spoken to. One module per feature."""

from aiogram import Router

from handlers import inline, lost, sorting, start, steps


def routers() -> list[Router]:
    """Every feature's router, most specific first.

    Whose text is it? A command's or a menu key's, then an open step's, then a question's; `lost`
    is last and takes what nobody else understood.
    """
    return [feature.router() for feature in (start, steps, inline, sorting, lost)]
