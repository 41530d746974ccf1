"""Teaching: a member of staff says what a name means, and is asked back where that is bold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

import models.lessons
from handlers.buttons import LARGEST_ID, Choices, column
from handlers.cards import Cards
from handlers.texts import Texts
from knowledge import lessons
from knowledge.answers import Answer, items_of, verdict
from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.lessons import Lesson, Says
from knowledge.search import Search
from knowledge.streams import Stream
from models import Session, questions
from models.lessons import Unknown
from models.places import Places
from models.residents import Resident
from models.roles import Roles


class Unknowns(CallbackData, prefix="unknown"):
    """Show what was asked and not answered."""

    page: int = Field(default=0, ge=0, le=9999)


class Consider(CallbackData, prefix="question"):
    """Show this question, with what may be answered."""

    question: int = Field(ge=1, le=LARGEST_ID)


class Teach(CallbackData, prefix="teach"):
    """This is the answer, from now on."""

    question: int = Field(ge=1, le=LARGEST_ID)
    says: Says
    what: str = Field(default="", pattern=r"^([A-Z2-7]{8}|[a-z_]{0,15})$")
    """The item that it is another name of, or the stream of a new item."""
    sure: bool = False
    """Whether it may take the place of an answer that we are sure of."""


class Undo(CallbackData, prefix="unteach"):
    """Have this lesson hold no more."""

    lesson: int = Field(ge=1, le=LARGEST_ID)


@dataclass(frozen=True, slots=True)
class Teacher:
    """Who teaches, and all that a lesson needs: middlewares find these."""

    session: Session
    resident: Resident
    roles: Roles
    places: Places
    catalogue: Catalogue
    search: Search
    cards: Cards
    now: datetime

    @property
    def t(self) -> Texts:
        return self.cards.t


async def teach(
    by: Teacher, wanted: Teach, item: Item | None
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Teach it; or ask first, where it would take the place of an answer that we are sure of."""
    t, cards = by.t, by.cards
    asked = await models.lessons.unknown(by.session, by.roles, wanted.question)
    said = _lesson(name_of(asked, by.search), wanted, item)
    sure = sure_of(said.name, by.search)
    if sure and not wanted.sure and not (item and is_kept(sure, item)):
        yes = wanted.model_copy(update={"sure": True})
        back = Consider(question=wanted.question)
        now, then = in_short(sure, cards), said_by(said, cards)
        return t("lesson-sure", now=now, then=then, asked=said.name), column(
            [(t("button-lesson-yes"), yes), (t("button-lesson-no"), back)]
        )
    lesson, people = await models.lessons.teach(
        by.session, wanted.question, said, by.resident.telegram_id, by.roles, by.places, by.now
    )
    undo_, next_ = Undo(lesson=lesson.id), Unknowns()
    return t("lesson-taught", said=said_by(said, cards), people=people), column(
        [(t("button-undo-lesson"), undo_), (t("button-unknowns"), next_)]
    )


def fits(wanted: Teach, item: Item | None) -> bool:
    """Whether it says of each kind what that needs."""
    match wanted.says:
        case Says.ALIAS:
            return item is not None
        case Says.ITEM:
            return wanted.what in set(Stream)
        case Says.NO_RUBBISH:
            return not wanted.what


def _lesson(name: str, wanted: Teach, item: Item | None) -> Lesson:
    if wanted.says is Says.ITEM:
        return Lesson(name, Says.ITEM, group=lessons.GROUPS[Stream(wanted.what)])
    return Lesson(name, wanted.says, item=item.name if item else None)


def aliases(items: Iterable[Item], question: int, cards: Cards) -> Choices:
    """A button for each item that it may be another name of."""
    language = cards.t.language
    return [
        (
            cards.t("button-alias", item=item.title.in_(language), mark=_mark(item, cards)),
            alias(item, question),
        )
        for item in items
    ]


def alias(item: Item, question: int) -> Teach:
    """It is another name of this item, or its own."""
    return Teach(question=question, says=Says.ALIAS, what=item.key)


def is_kept(answer: Answer, item: Item) -> bool:
    """Whether the answer stays what it is when its name is taught to be this item's."""
    return item in items_of(answer) and verdict(answer)[0] == (item.stream_of(None) or "ask")


def _mark(item: Item, cards: Cards) -> str:
    stream = item.stream_of(None)
    return cards.scheme.bins[stream].mark if stream else "❓"


def name_of(asked: Unknown, search: Search) -> str:
    """What is asked about, as it is written."""
    name = search.name_in(asked.text)
    return name if questions.key_of(name) == asked.key else asked.key


def sure_of(name: str, search: Search) -> Answer | None:
    """What is answered now, if we are sure of it."""
    found = search.answers(name)
    return found[0] if len(found) == 1 and lessons.is_sure(found[0]) else None


def in_short(answer: Answer, cards: Cards) -> str:
    """An answer that we are sure of, in a few words."""
    items = items_of(answer)
    stream, name, _ = verdict(answer)
    if stream in set(Stream):
        bin_ = cards.scheme.bins[Stream(stream)]
        name = items[0].title.in_(cards.t.language) if items else ""
        return cards.t(
            "lesson-item", asked=name, mark=bin_.mark, bin=bin_.name.in_(cards.t.language)
        )
    return cards.t("lesson-asks", item=name)


def said_by(said: Lesson, cards: Cards) -> str:
    """What a lesson says, in a few words."""
    t = cards.t
    match said.says:
        case Says.ALIAS:
            if said.item == said.name:
                return t("lesson-right", asked=said.name)
            item = cards.catalogue.by_name(said.item or "")
            title = item.title.in_(t.language) if item else said.item or ""
            return t("lesson-alias", asked=said.name, item=title)
        case Says.ITEM:
            group = cards.catalogue.groups.get(said.group or "")
            bin_ = cards.scheme.bins[group.stream] if group else None
            name = bin_.name.in_(t.language) if bin_ else "?"
            return t("lesson-item", asked=said.name, mark=bin_.mark if bin_ else "", bin=name)
        case Says.NO_RUBBISH:
            return t("lesson-no-rubbish", asked=said.name)
