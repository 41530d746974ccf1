"""Lessons: what the staff of a place have taught about a name, who did, and what was undone.

A lesson holds in the area of whoever teaches it and in all that lies in it. It closes the
questions that were asked there, and everybody who asked is told what the answer is.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Index, String, and_, func, select, update
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import lessons, wording
from knowledge.lessons import Says
from models import actors, areas, notices, roles
from models.areas import EVERYWHERE, Area, ids_of
from models.base import Base, Moment, Refusal, Session
from models.questions import LONGEST, Question
from models.roles import Grant, NotAllowed, Role, Roles

if TYPE_CHECKING:
    from models.places import Here, Places

TEACHERS = (Role.STAFF, Role.ADMIN)


class QuestionAnswered(Refusal):
    """Somebody else has answered it meanwhile."""


class NameTooLong(Refusal):
    """It is a sentence rather than a name."""


class LessonOver(Refusal):
    """The lesson was undone already."""


class Lesson(Base):
    """What was taught about a name."""

    __tablename__ = "lessons"
    __table_args__ = (
        # One meaning a name and area: the database holds it, whoever teaches at the same moment.
        Index(
            "uq_lessons_area_id_key", "area_id", "key", unique=True,
            sqlite_where=sql("undone_at IS NULL"), postgresql_where=sql("undone_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int]
    """Where it holds; 0 for everywhere."""
    key: Mapped[str] = mapped_column(String(LONGEST))
    name: Mapped[str] = mapped_column(String(LONGEST))
    says: Mapped[Says] = mapped_column(String(10))
    item: Mapped[str | None] = mapped_column(String(60))
    group_key: Mapped[str | None] = mapped_column(String(40))
    taught_by: Mapped[int]
    """An actor."""
    taught_at: Mapped[datetime] = mapped_column(Moment)
    undone_by: Mapped[int | None]
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def said(self) -> lessons.Lesson:
        """As the catalogue is taught it."""
        return lessons.Lesson(self.name, Says(self.says), self.item, self.group_key)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A question that waits for staff, however often it was asked."""

    question_id: int
    """The newest of those that ask it."""
    text: str
    """Its words."""
    key: str
    times: int
    people: int
    wrong: int
    """How often the answer was found wrong."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson, where it holds, and who taught it."""

    lesson: Lesson
    area: str | None
    """None for everywhere."""
    by: str | None
    """What that person was called when made staff; None for those who run the deployment."""


async def unknowns(
    session: Session, held: Roles, limit: int, *, skip: int = 0
) -> Sequence[Unknown]:
    """What was asked in the places of this person, by how many people first."""
    people = func.count(Question.asked_by.distinct())
    wanted = (
        select(Question.key, func.max(Question.id), func.count(), people)
        .add_columns(func.count().filter(Question.is_wrong))
        .where(_open_in(held))
        .group_by(Question.key)
        .order_by(people.desc(), func.count().desc(), func.max(Question.id).desc())
        .offset(skip)
        .limit(limit)
    )
    rows = (await session.execute(wanted)).all()
    newest = select(Question.id, Question.text).where(Question.id.in_([row[1] for row in rows]))
    texts = dict((await session.execute(newest)).all())
    return [
        Unknown(id_, texts[id_], key, times, many, int(wrong))
        for key, id_, times, many, wrong in rows
    ]


async def unknown(session: Session, held: Roles, question_id: int) -> Unknown:
    """One of them; raises `NotAllowed`, `QuestionAnswered`."""
    question, _ = await _open(session, held, question_id)
    alike = select(
        func.count(),
        func.count(Question.asked_by.distinct()),
        func.count().filter(Question.is_wrong),
    ).where(_open_in(held), Question.key == question.key)
    times, people, wrong = (await session.execute(alike)).one()
    return Unknown(question.id, question.text, question.key, times, people, int(wrong))


async def teach(
    session: Session,
    question_id: int,
    said: lessons.Lesson,
    resident_id: int,
    held: Roles,
    places: "Places",
    now: datetime,
) -> tuple[Lesson, int]:
    """Answer a question for good; how many people are told. Writes.

    Raises `NotAllowed`, `QuestionAnswered`, `NameTooLong`.
    """
    question, area_id = await _open(session, held, question_id, lock=True)
    is_name = said.says is not Says.NO_RUBBISH
    if is_name and len(said.name) > (longest := lessons.longest(said.name)):
        raise NameTooLong(longest=longest)
    lesson = await _add(session, area_id, said, await actors.of(session, resident_id), now)
    closed = await session.execute(
        update(Question)
        .where(_open_in(held, only=area_id), Question.key == question.key)
        .values(lesson_id=lesson.id)
        .returning(Question.asked_by, Question.area_id)
        .execution_options(synchronize_session=False)
    )
    asked = dict(closed.all())
    if not asked:
        raise QuestionAnswered
    await _tell(session, lesson, asked, places, now)
    return lesson, len(asked)


async def undo(
    session: Session, lesson_id: int, resident_id: int, held: Roles, now: datetime
) -> Lesson:
    """Have a lesson hold no more, and its questions wait again. Writes.

    Raises `NotAllowed`, `LessonOver`.
    """
    lesson = (await one(session, held, lesson_id)).lesson
    await session.refresh(lesson, with_for_update=True)
    if lesson.undone_at:
        raise LessonOver
    lesson.undone_by, lesson.undone_at = await actors.of(session, resident_id), now
    asked = await session.scalars(
        update(Question)
        .where(Question.lesson_id == lesson.id)
        .values(lesson_id=None)
        .returning(Question.asked_by)
        .execution_options(synchronize_session=False)
    )
    await notices.take_back(session, set(asked), [_about(lesson)])
    await session.flush()
    return lesson


async def taught(session: Session, held: Roles, limit: int, *, skip: int = 0) -> Sequence[Taught]:
    """What holds in the places of this person because it was taught there, the newest first."""
    inside = areas.inside(roles.places(held, *TEACHERS))
    return await _taught(session, Lesson.undone_at.is_(None), inside, limit=limit, skip=skip)


async def one(session: Session, held: Roles, lesson_id: int) -> Taught:
    """A lesson, over or not; raises `NotAllowed`."""
    found = await _taught(session, Lesson.id == lesson_id, limit=1)
    if not found:
        raise NotAllowed
    area_id = found[0].lesson.area_id
    path = (await areas.of(session, area_id)).path if area_id else f"/{EVERYWHERE}/"
    roles.require(held, *TEACHERS, path=path)
    return found[0]


async def by_area(session: Session) -> Mapping[str, Sequence[lessons.Lesson]]:
    """All that holds, by the code of the area; empty for everywhere."""
    rows = await session.execute(
        select(Lesson, Area.code)
        .outerjoin(Area, Area.id == Lesson.area_id)
        .where(Lesson.undone_at.is_(None))
        .order_by(Area.path, Lesson.id)
    )
    found: dict[str, list[lessons.Lesson]] = {}
    for lesson, code in rows:
        found.setdefault(code or "", []).append(lesson.said)
    return found


async def _taught(
    session: Session, *where: ColumnElement[bool], limit: int, skip: int = 0
) -> Sequence[Taught]:
    name = (
        select(func.max(Grant.name))
        .where(Grant.actor_id == Lesson.taught_by)
        .correlate(Lesson)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Lesson, Area.name, name)
        .outerjoin(Area, Area.id == Lesson.area_id)
        .where(*where)
        .order_by(Lesson.id.desc())
        .offset(skip)
        .limit(limit)
    )
    return [Taught(*row) for row in rows]


async def _open(
    session: Session, held: Roles, question_id: int, *, lock: bool = False
) -> tuple[Question, int]:
    """A question that waits, and the largest area of this person that it was asked in."""
    question = await session.get(
        Question, question_id, with_for_update=lock or None, populate_existing=True
    )
    if question is None:
        raise NotAllowed
    own = roles.places(held, *TEACHERS)
    around = []
    if question.area_id:
        around = ids_of((await areas.of(session, question.area_id)).path)
    area_id = next((each for each in (EVERYWHERE, *around) if each in own), None)
    if area_id is None:
        raise NotAllowed
    if question.lesson_id:
        raise QuestionAnswered
    return question, area_id


def _open_in(held: Roles, only: int | None = None) -> ColumnElement[bool]:
    """Whether a question waits, in the places of this person or in one of these only."""
    own = roles.places(held, *TEACHERS) if only is None else [only]
    is_open = and_(Question.lesson_id.is_(None), Question.key != "")
    if EVERYWHERE in own:
        return is_open
    inside = select(Area.id).where(areas.inside(own))
    return and_(is_open, Question.area_id.in_(inside))


async def _add(
    session: Session, area_id: int, said: lessons.Lesson, by: int, now: datetime
) -> Lesson:
    """A lesson, in the place of what was taught there about this name before."""
    key = wording.key(said.name)[:LONGEST]
    await session.execute(
        update(Lesson)
        .where(Lesson.area_id == area_id, Lesson.key == key, Lesson.undone_at.is_(None))
        .values(undone_by=by, undone_at=now)
        .execution_options(synchronize_session=False)
    )
    lesson = Lesson(
        area_id=area_id, key=key, name=said.name, says=said.says, item=said.item,
        group_key=said.group, taught_by=by, taught_at=now, undone_by=None, undone_at=None,
    )  # fmt: skip
    session.add(lesson)
    await session.flush()  # the questions name it
    return lesson


async def _tell(
    session: Session, lesson: Lesson, asked: Mapping[int, int], places: "Places", now: datetime
) -> None:
    """Tell who has asked, as it is from now on where each of them lives."""
    known = await places.afresh(session)
    day = places.day(now)
    for area_id in sorted(set(asked.values())):
        people = [person for person, where in asked.items() if where == area_id]
        fields = _fields(lesson, known.at(area_id, day))
        await notices.post_all(session, people, "lesson", _about(lesson), fields, now)


def _fields(lesson: Lesson, here: "Here") -> dict[str, str]:
    """What the words need to know."""
    owner = here.catalogue.owner(lesson.key)
    stream = owner.stream_of(None) if owner else None
    return {
        "asked": lesson.name,
        "says": lesson.says,
        "zh": owner.title.zh if owner else "",
        "en": owner.title.en if owner else "",
        "stream": stream or "",
        "scheme": here.scheme.key,
    }


def _about(lesson: Lesson) -> str:
    """The same answer to the same question is told to nobody twice; a better one is."""
    said = repr((lesson.key, str(lesson.says), lesson.item, lesson.group_key))
    return f"lesson {hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"
