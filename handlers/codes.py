"""My household's code, large enough to be read from a phone that an old hand holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import Message
from aiogram.utils.link import create_telegram_link

from handlers import homes
from handlers.drawn import Drawn, draws
from handlers.filters import Key, Lives, Wish
from handlers.texts import Texts
from knowledge import numbers
from models import Session, codes, households, memberships
from models.residents import Resident


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    for asked in (Command("code", ignore_case=True), Key("menu-code"), Wish("wish-code")):
        # Writes: the first code of all needs a key, which is made then.
        message(show, asked, private, Lives(), flags={"writes": True})
        message(homes.not_yet, asked, private)
    return router


async def show(
    message: Message,
    session: Session,
    resident: Resident,
    username: str,
    now: datetime,
    t: Texts,
) -> SendPhoto | SendMessage:
    home = await memberships.of(session, resident.telegram_id)
    card = await households.card(session, home.household_id) if home else None
    if home is None or card is None:  # it has changed since the filter looked
        return homes.not_yet(message, t)
    household = await households.by_id(session, home.household_id)
    where = await homes.address(session, household, t)
    code = await codes.write(session, codes.Kind.HOUSEHOLD, card.token, now)
    number = numbers.make(card.number)
    drawn = Drawn(
        "code",
        link=create_telegram_link(username, start=code),
        number=number,
        lines=[where, t("code-line")],
    )
    return message.answer_photo(drawn, caption=t("code-caption", number=number, address=where))


@draws("code")
def draw(fields: Mapping[str, Any]) -> tuple[bytes, str]:
    from handlers.pictures import qr  # late: a second that a start need not wait for

    picture = qr.make(fields["link"], number=fields["number"], lines=fields["lines"])
    return picture, "code.png"
