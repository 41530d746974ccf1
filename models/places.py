"""Places: what is answered where, by the rules and lessons of the areas around.

A search is made once for all places that answer alike, and again when the database says that
something was changed: it counts editions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache

from sqlalchemy import select

from knowledge import cities, lessons
from knowledge.catalogue import Catalogue
from knowledge.cities import Rule
from knowledge.schemes import Scheme, load_scheme
from knowledge.search import Search
from knowledge.tables import Problems
from models import editions
from models.areas import Area
from models.base import Session
from models.city_rules import CityRule
from models.lessons import Lesson

MOST_KEPT = 50
"""Places that answer differently and are kept ready: a megabyte each, made in some 0.02 s."""

NOWHERE = 0


@dataclass(frozen=True, slots=True)
class Shipped:
    """What is answered where no area says otherwise."""

    catalogue: Catalogue
    scheme: Scheme
    search: Search
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Here:
    """What is answered to somebody."""

    area_id: int
    """Whose rules these are; 0 if no area's."""
    catalogue: Catalogue
    scheme: Scheme
    search: Search


class Known:
    """The areas with what they own of the catalogue, as they were in one edition."""

    def __init__(
        self,
        shipped: Shipped,
        edition: int,
        areas: Mapping[int, tuple[int | None, str | None]],
        rules: Mapping[int, Sequence[Rule]],
        taught: Mapping[int, Sequence[lessons.Lesson]],
    ) -> None:
        """`areas`: the parent and the scheme of each."""
        self.edition = edition
        self._shipped = shipped
        self._areas = areas
        self._rules = rules
        self._taught = taught
        tops = [id_ for id_, (parent, _) in areas.items() if parent is None]
        # Where all areas lie in one city, those who have not joined a household are there, too.
        self._usual = tops[0] if len(tops) == 1 else NOWHERE
        self._kept = lru_cache(MOST_KEPT)(self._made)

    def at(self, area_id: int, day: date) -> Here:
        """What is answered in an area on a day; 0: to somebody of whom no area is known."""
        area_id = area_id if area_id in self._areas else self._usual
        chain = list(self._around(area_id))
        schemes = (scheme for _, scheme in map(self._areas.__getitem__, chain) if scheme)
        ruled_by = next((id_ for id_ in chain if id_ in self._rules), NOWHERE)
        taught = tuple(id_ for id_ in (NOWHERE, *reversed(chain)) if id_ in self._taught)
        scheme = next(schemes, self._shipped.scheme.key)
        return Here(area_id, *self._kept(scheme, ruled_by, taught, day if ruled_by else None))

    def _around(self, area_id: int) -> Sequence[int]:
        """The area and those it lies in, nearest first."""
        chain: list[int] = []
        at: int | None = area_id or None
        while at is not None:
            chain.append(at)
            at = self._areas[at][0]
        return chain

    def _made(
        self, scheme_key: str, ruled_by: int, taught_in: Sequence[int], day: date | None
    ) -> tuple[Catalogue, Scheme, Search]:
        scheme = load_scheme(scheme_key)
        catalogue = self._shipped.catalogue
        if day:
            catalogue = cities.as_in_city(catalogue, self._rules[ruled_by], day)
        if said := [lesson for id_ in taught_in for lesson in self._taught[id_]]:
            catalogue = lessons.with_lessons(catalogue, said)
        if catalogue is self._shipped.catalogue:
            return catalogue, scheme, self._shipped.search.with_scheme(scheme)
        return catalogue, scheme, self._shipped.search.in_place(catalogue, scheme)


class Places:
    """What is known of the places, read again whenever there is a new edition."""

    def __init__(self, shipped: Shipped) -> None:
        self._shipped = shipped
        self._known: Known | None = None

    async def at(self, session: Session, edition: int, area_id: int, now: datetime) -> Here:
        """What is answered in an area, in this edition or a later one."""
        if self._known is None or self._known.edition < edition:
            self._known = await self.afresh(session)
        return self._known.at(area_id, self.day(now))

    async def afresh(self, session: Session) -> Known:
        """What is known to this transaction, which may have changed something itself."""
        return await _read(session, self._shipped)

    def day(self, now: datetime) -> date:
        """The day by which rules begin."""
        return now.astimezone(self._shipped.zone).date()


async def _read(session: Session, shipped: Shipped) -> Known:
    edition = await editions.current(session)
    areas = await session.execute(select(Area.id, Area.parent_id, Area.scheme))
    rules: dict[int, list[Rule]] = {}
    for row in await session.scalars(select(CityRule).order_by(CityRule.id)):
        # Into a group that this version does not know it says nothing: as the catalogue says.
        if rule := cities.rule_of(row.row, shipped.catalogue.groups, Problems()):
            rules.setdefault(row.area_id, []).append(rule)
    taught: dict[int, list[lessons.Lesson]] = {}
    holding = select(Lesson).where(Lesson.undone_at.is_(None)).order_by(Lesson.id)
    for lesson in await session.scalars(holding):
        taught.setdefault(lesson.area_id, []).append(lesson.said)
    known = {id_: (parent, scheme) for id_, parent, scheme in areas}
    return Known(shipped, edition, known, rules, taught)
