"""Races: everybody does something at the same moment, and the books are looked at afterwards.

One code is scanned by 2, 5 or 20 volunteers; meanwhile a role is taken away, a card renewed, a
household moves out, points are passed on, and two answer one wish to join.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models import (
    Database,
    Refusal,
    Session,
    areas,
    drop_offs,
    households,
    joining,
    memberships,
    roles,
    settlements,
    shifts,
)
from models.database import unavailable
from models.drop_offs import Report, Volunteer
from models.roles import EVERYWHERE, Grant, Held, Role
from models.settlements import Staff, Why
from tests import city, invariants
from tests.city import MORNING, Estate
from tests.trials.tools import Tools, as_text

ROOMS = tuple(str(number) for number in range(101, 107))
MEMBERS = 5000
"""The first of the members' Telegram ids."""
GUARDS = 6000
STAFF_MEMBER = 7000
GUEST = 8000

ROUNDS = 3
TRIES = 5
"""How often the bot would try again what met somebody else in the database."""

Deed = Callable[[Session], Awaitable[Any]]


async def raced(tools: Tools, database: str, seed: int, _: Path) -> str:
    """A few rounds; what went wrong, or nothing."""
    return await run(tools.databases.new(database), seed)


async def run(url: str, seed: int) -> str:
    database = Database(url)
    try:
        return await Race(database, random.Random(seed)).run()
    finally:
        await database.close()


class Race:
    """Some households, their volunteers, and what they do at once."""

    def __init__(self, database: Database, chance: random.Random) -> None:
        self.database = database
        self.chance = chance
        self.now = MORNING
        self.estate: Estate
        self.cards: dict[int, bytes] = {}
        self.over: set[int] = set()
        """Volunteers of whom it was committed that they are none any more."""
        self.wrong: list[str] = []
        self.ended: Counter[str] = Counter()

    async def run(self) -> str:
        guards = range(GUARDS, GUARDS + 20)
        self.estate = await city.build(self.database, ROOMS, guards)
        async with self.database.write() as session:
            for number, home in enumerate(self.estate.homes[:4]):
                for each in range(2):
                    person = MEMBERS + 10 * number + each
                    await city.move_in(session, home, self.estate.area, person, "member", MORNING)
            await roles.grant(
                session, STAFF_MEMBER, "", Role.STAFF,
                await areas.of(session, self.estate.area), 0, MORNING,
            )  # fmt: skip
            for home in self.estate.homes:
                card = await households.card(session, home)
                assert card
                self.cards[home] = card.token
        for _ in range(ROUNDS):
            deeds = await self._deeds()
            self.chance.shuffle(deeds)
            await asyncio.gather(*(self._do(*deed) for deed in deeds))
            self.now += timedelta(seconds=40)
        return as_text(
            wrong=self.wrong,
            invariants=await invariants.broken(self.database),
            nothing=[] if self.ended["scan"] else ["nobody scanned anything"],
        )

    async def _deeds(self) -> list[tuple[str, Deed]]:
        chance, homes = self.chance, self.estate.homes
        deeds: list[tuple[str, Deed]] = []
        guards = range(GUARDS, GUARDS + 20)
        deeds += [
            ("scan", self._scans(home, guard))
            for home in chance.sample(homes, 3)
            for guard in chance.sample(guards, chance.choice((2, 5, 20)))
        ]
        deeds += [("relieve", self._relieves(guard)) for guard in chance.sample(guards, 5)]
        deeds.append(("renew", self._renews(chance.choice(homes[:4]))))
        deeds.append(("move", self._moves_out(chance.choice(homes[:4]))))
        deeds += [("pass on", self._passes_on(homes[4], to)) for to in chance.sample(homes, 2)]
        wish = await self._wish(chance.choice(homes[:4]))
        deeds += [("answer", self._answers(wish, yes)) for yes in (True, False)] if wish else []
        return deeds

    async def _do(self, name: str, deed: Deed) -> None:
        """Do it as the bot would: what met somebody else is tried again."""
        for _ in range(TRIES):
            try:
                async with self.database.write() as session:
                    await deed(session)
            except Refusal as no:
                self.ended[type(no).__name__] += 1
                return
            except Exception as error:
                if not (unavailable(error) or isinstance(error, IntegrityError)):
                    self.wrong.append(f"{name}: {type(error).__name__}: {error}")
                    return
            else:
                self.ended[name] += 1
                return
        self.wrong.append(f"{name}: tried in vain")

    def _scans(self, home: int, guard: int) -> Deed:
        async def scan(session: Session) -> None:
            held = (await roles.held(session, [guard], (), lock=True)).get(guard, ())
            named = await households.by_token(session, self.cards[home], lock=True)
            by, report = Volunteer(guard, held), Report(self.now)
            await drop_offs.record(session, named.id, by, report, self.estate.civil, self.now)
            if guard in self.over:
                self.wrong.append(f"{guard} recorded though the role had ended")

        return scan

    def _relieves(self, guard: int) -> Deed:
        admin = (Held(Role.ADMIN, EVERYWHERE),)

        async def relieve(session: Session) -> None:
            grant = await session.scalar(select(Grant.id).where(Grant.resident_id == guard))
            assert grant
            await shifts.relieve(session, admin, grant, 0, self.now)
            await session.commit()
            self.over.add(guard)

        return relieve

    def _renews(self, home: int) -> Deed:
        async def renew(session: Session) -> None:
            card = await memberships.renew_card(session, home, STAFF_MEMBER, self._staff, self.now)
            token = card.token
            await session.commit()
            self.cards[home] = token

        return renew

    def _moves_out(self, home: int) -> Deed:
        async def move(session: Session) -> None:
            living = await memberships.members(session, home)
            person = (living[0].resident_id if living else None) or 0
            await memberships.move_out(session, home, person, self.now)

        return move

    def _passes_on(self, home: int, to: int) -> Deed:
        async def pass_on(session: Session) -> None:
            by = Staff(STAFF_MEMBER, self._staff)
            await settlements.pass_on(session, home, to, by, Why.MERGED, self.now)

        return pass_on

    async def _wish(self, home: int) -> tuple[int, list[int]] | None:
        """A guest asks to join; the wish, and who may answer."""
        try:
            async with self.database.write() as session:
                wish = await joining.ask(session, home, GUEST, "guest", adult=True, now=self.now)
                living = await memberships.members(session, home)
                people = [each.resident_id for each in living if each.resident_id]
                return (wish.request.id, people) if people else None
        except Refusal:
            return None

    def _answers(self, wish: tuple[int, list[int]], yes: bool) -> Deed:
        request, people = wish

        async def answer(session: Session) -> None:
            by = people[0] if yes else people[-1]
            await joining.answer(session, request, by, (), yes=yes, now=self.now)

        return answer

    @property
    def _staff(self) -> roles.Roles:
        return (Held(Role.STAFF, self.estate.area),)
