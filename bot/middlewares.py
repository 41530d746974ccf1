"""What happens around every handler, outermost first."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import TelegramObject, Update

from bot.lanes import Turn
from bot.network import Clock
from bot.replies import pack
from bot.workers import calls_for
from handlers.cards import Cards
from handlers.texts import texts
from knowledge.calendar import Civil
from models import Database, people, residents, roles, updates
from models.places import Places
from models.residents import seen_lately

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Reading(BaseMiddleware):
    """One update, one moment, one language, one place, and a session that cannot write."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        admins: Collection[int],
        civil: Civil,
        places: Places,
    ) -> None:
        self._database = database
        self._clock = clock
        self._admins = admins
        self._civil = civil
        self._places = places

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        turn: Turn = data["turn"]
        now = self._clock()
        person_id = turn.work.person_id
        if person_id is None:
            return None  # outside of channels, nothing of Telegram's comes from nobody
        async with self._database.read() as session:
            if not turn.fresh and person_id is not None:
                turn.who = (await people.met(session, [person_id], self._admins, now))[person_id]
            resident = turn.who.resident
            if resident and resident.language:
                turn.language = resident.language
            here = await self._places.at(session, turn.who.edition, turn.who.area_id, now)
            if person_id is not None and not seen_lately(resident, now):
                turn.left.seen.add(person_id)
            data |= {
                "session": session,
                "now": now,
                "t": texts(turn.language),
                "resident": resident,
                "roles": turn.who.roles,
                "shift": turn.who.shift,
                "step": turn.who.step,
                "civil": self._civil,
                "left": turn.left,
                "places": self._places,
                "here": here,
                "catalogue": here.catalogue,
                "search": here.search,
                "cards": Cards(here.catalogue, here.scheme, texts(turn.language)),
            }
            return await handler(event, data)


class Writing(BaseMiddleware):
    """A handler that says it writes gets one transaction.

    Returning commits what it changed, its reply, and the mark; raising rolls all of it back.
    The person is read again inside, and met if need be; the roles count that are held now.
    """

    def __init__(self, database: Database, admins: Collection[int]) -> None:
        self._database = database
        self._admins = admins

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not get_flag(data, "writes"):
            return await handler(event, data)
        turn: Turn = data["turn"]
        update: Update = data["event_update"]
        async with self._database.write() as session:
            data = data | {"session": session}
            if turn.work.person_id is not None:
                id_ = turn.work.person_id
                data["resident"] = await residents.recognise(session, id_, data["now"])
                held = await roles.held(session, [id_], self._admins, lock=True)
                data["roles"] = held.get(id_, ())
            calls = calls_for(update, await handler(event, data))
            await updates.done(session, turn.work.id, pack(calls))
        turn.left.seen.clear()
        turn.calls = calls
        return None
