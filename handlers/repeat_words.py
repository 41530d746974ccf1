"""What composing a repeat and looking after it share: buttons, and how one is put into words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from aiogram.filters import BaseFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery, TelegramObject
from pydantic import Field

from handlers import broadcast_drafts as drafts
from handlers.buttons import LARGEST_ID, Choices, changed, column
from handlers.texts import LANGUAGES, Texts
from knowledge import repetition_texts
from knowledge.calendar import Civil
from knowledge.local_time import MINUTES_A_DAY
from knowledge.repetitions import (
    LAST,
    MOST_WEEKS,
    Monthly,
    NthWeekday,
    Occurrence,
    OnHoliday,
    Repetition,
    Weekly,
)
from models import Session, repeats
from models.audiences import Audience, Whom
from models.repeats import GOES_ON, Halt, Listed, Move, Reached, Repeat, State
from models.roles import Roles
from models.steps import Step

SHOWN = 3
"""How many of the next times are shown."""


class Do(StrEnum):
    """What a button of a draft does."""

    LOOK = "look"
    TEXT = "text"
    BUTTON = "button"
    WHEN = "when"
    UNTIL = "until"
    SEND = "send"
    """Hand it in; if it goes at night, one is asked first."""
    HOLD = "hold"
    """Hand it in, and let it rest at night."""
    THROUGH = "through"
    """Hand it in, for the night as well."""
    DROP = "drop"


class Plan(CallbackData, prefix="rep-draft"):
    """Something about this draft."""

    id: int = Field(ge=1, le=LARGEST_ID)
    do: Do = Do.LOOK


class Put(CallbackData, prefix="rep-put"):
    """This draft is for these people, and on holidays it does this."""

    id: int = Field(ge=1, le=LARGEST_ID)
    to: Audience
    language: str = Field(pattern=f"^({'|'.join(LANGUAGES)})?$")
    groups: bool
    holidays: OnHoliday


class Days(StrEnum):
    """By what somebody chooses the days."""

    NOTHING = "none"
    WEEK = "week"
    MONTH = "month"
    NTH = "nth"


class Pick(CallbackData, prefix="rep-pick"):
    """The days are chosen by buttons; these are chosen so far."""

    id: int = Field(ge=1, le=LARGEST_ID)
    by: Days = Days.NOTHING
    days: int = Field(default=0, ge=0, lt=2**32)
    """Weekdays, Monday is bit 0; or days of the month, bit 0 is the last of it."""
    every: int = Field(default=1, ge=1, le=MOST_WEEKS)
    """Each so manieth week; or the how manieth such weekday of a month, 5 for the last."""


class Picked(Pick, prefix="rep-picked"):
    """These days it is."""


class At(CallbackData, prefix="rep-at"):
    """At this minute of the day."""

    id: int = Field(ge=1, le=LARGEST_ID)
    minute: int = Field(ge=0, lt=MINUTES_A_DAY)


class Repeats(CallbackData, prefix="repeats"):
    """Show what goes on."""

    page: int = Field(default=0, ge=0, le=9999)


class RepeatIn(CallbackData, prefix="rep-in"):
    """A repeat for this area: look at what lies in it."""

    area: int = Field(default=0, ge=0, le=LARGEST_ID)
    page: int = Field(default=0, ge=0, le=9999)


class See(CallbackData, prefix="rep-see"):
    """How is this one?"""

    id: int = Field(ge=1, le=LARGEST_ID)


class SampleOf(CallbackData, prefix="rep-sample"):
    """Show me what everybody gets."""

    id: int = Field(ge=1, le=LARGEST_ID)


class Alter(CallbackData, prefix="rep-alter"):
    """Change this one."""

    id: int = Field(ge=1, le=LARGEST_ID)


class Turn(CallbackData, prefix="rep-turn"):
    """Pause, resume or stop this one."""

    id: int = Field(ge=1, le=LARGEST_ID)
    move: str = Field(pattern=f"^({Move.PAUSE}|{Move.RESUME}|{Move.STOP})$")
    sure: bool = False


class Agree(CallbackData, prefix="rep-second"):
    """Say yes or no to somebody else's."""

    id: int = Field(ge=1, le=LARGEST_ID)
    yes: bool


class Counted(BaseFilter):
    """How many a repeat reaches now comes as `reach`.

    A filter is asked before a transaction begins: among a million, counting takes a second.
    """

    async def __call__(
        self, _: TelegramObject, session: Session, roles: Roles,
        callback_data: Plan | Put | At | Alter | None = None, step: Step | None = None,
    ) -> dict[str, Reached]:  # fmt: skip
        id_ = callback_data.id if callback_data else draft_in(step)
        repeat = await repeats.of(session, roles, id_)
        whom, rooms = repeat.whom, repeat.rooms
        if isinstance(callback_data, Put):
            language = callback_data.language or None
            whom = Whom(repeat.area_id, callback_data.to, language, repeat.home_language)
            rooms = callback_data.groups or callback_data.to is Audience.NOBODY
        return {"reach": await repeats.count(session, whom, rooms=rooms)}


def draft_in(step: Step | None) -> int:
    """The draft of which the bot has asked something."""
    assert step is not None
    return int(step.fields["id"])


def when(repetition: Repetition, t: Texts) -> str:
    """When something comes, as people say it."""
    rule, weekdays = repetition.rule, t("weekdays").split()
    values: dict[str, Any] = {"kind": "daily", "days": "", "every": 1, "nth": ""}
    match rule:
        case Weekly(days, every) if len(days) < len(weekdays) or every > 1:
            names = t("comma").join(weekdays[day] for day in days)
            values |= {"kind": "weekly", "days": names, "every": every}
        case Monthly(days):
            named = (t("repeat-day", day="last" if n == LAST else str(n)) for n in days)
            values |= {"kind": "monthly", "days": t("comma").join(named)}
        case NthWeekday(nth, weekday):
            place = repetition_texts.ORDINALS[nth]
            values |= {"kind": "nth", "days": weekdays[weekday], "nth": place}
    minute = repetition.minute
    time = "none" if minute is None else "{:02}:{:02}".format(*divmod(minute, 60))
    return t(
        "repeat-when", **values, time=time,
        first=str(repetition.first or "none"),
        last=str(repetition.last or "none"),
    )  # fmt: skip


def dates(coming: Iterable[Occurrence], civil: Civil, t: Texts) -> str:
    """When it comes next, a few times."""
    return "\n".join(
        t("repeat-date", at=one.at.astimezone(civil.zone), sure="yes" if one.is_certain else "no")
        for one in islice(coming, SHOWN)
    )


def _coming(dates: str, t: Texts) -> str:
    return t("repeat-coming", comes="yes" if dates else "no", dates=dates)


def name_of(repeat: Repeat) -> str:
    """Its number, without commas: what changes another one has that one's."""
    return str(repeat.changes_id or repeat.id)


async def panel(
    session: Session, repeat: Repeat, reach: Reached, civil: Civil, now: datetime, t: Texts
) -> dict[str, Any]:
    """A draft as its author sees it."""
    area = await drafts.place_name(session, repeat.area_id, t)
    changes = "yes" if repeat.changes_id else "no"
    coming = dates(repeats.coming(repeat, now, civil), civil, t)
    has_time = repeat.when is not None and repeat.when.minute is not None
    lines = [
        t("repeat-draft-head", id=name_of(repeat), area=area, changes=changes),
        drafts.to_whom(Audience(repeat.audience), repeat.language, reach.people, reach.groups, t),
        *(drafts.says(repeat.content, t) if repeat.content else []),
        *([when(repeat.when, t)] if repeat.when else []),
        t("repeat-holidays", holidays=repeat.on_holiday),
        "",
        _coming(coming, t) if has_time else t("repeat-no-time"),
        *([] if reach.total else [t("repeat-nobody")]),
    ]
    is_ready = bool(coming and reach.total and repeat.content)
    choices = _choices(repeat, is_ready=is_ready, changes=changes, t=t)
    return {"text": "\n".join(lines), "reply_markup": column(choices)}


def _choices(repeat: Repeat, *, is_ready: bool, changes: str, t: Texts) -> Choices:
    def put(**options: Any) -> Put:
        now = Put(
            id=repeat.id, to=Audience(repeat.audience), language=repeat.language or "",
            groups=repeat.in_groups, holidays=OnHoliday(repeat.on_holiday),
        )  # fmt: skip
        return now.model_copy(update=options)

    def button(key: str, do: Do) -> tuple[str, CallbackData]:
        return t(key), Plan(id=repeat.id, do=do)

    kinds = list(OnHoliday)
    holidays = kinds[(kinds.index(OnHoliday(repeat.on_holiday)) + 1) % len(kinds)]
    to, language = Audience(repeat.audience), repeat.language or ""
    start = (t("button-repeat-start", changes=changes), Plan(id=repeat.id, do=Do.SEND))
    return [
        (t("button-cast-test"), SampleOf(id=repeat.id)),
        button("button-repeat-when", Do.WHEN),
        *([button("button-repeat-until", Do.UNTIL)] if repeat.when else []),
        (t("button-repeat-holidays", holidays=holidays), put(holidays=holidays)),
        *drafts.whom_choices(to, language, put, t, in_groups=repeat.in_groups),
        button("button-cast-text", Do.TEXT),
        button("button-cast-link", Do.BUTTON),
        *([start] if is_ready else []),
        (t("button-repeat-drop", changes=changes), Plan(id=repeat.id, do=Do.DROP)),
    ]


async def standing(
    session: Session, repeat: Repeat, civil: Civil, now: datetime, t: Texts
) -> tuple[str, Choices]:
    """How one is that was handed in, and what can be done with it."""
    area = await drafts.place_name(session, repeat.area_id, t)
    audience = t("audience", to=repeat.audience)
    language = t("draft-language", language=repeat.language or "all")
    lines = [
        t("repeat-head", id=name_of(repeat), area=area),
        t("repeat-to", audience=audience, language=language,
          groups="yes" if repeat.rooms else "no"),
        *drafts.says(repeat.content or {}, t),
        *([when(repeat.when, t)] if repeat.when else []),
        t("repeat-holidays", holidays=repeat.on_holiday),
        t("repeat-by", name=repeat.by_name),
        "",
        _state(repeat, civil, now, t),
    ]  # fmt: skip
    return "\n".join(lines), _moves(repeat, t)


async def shown(
    query: CallbackQuery, session: Session, repeat: Repeat, civil: Civil, now: datetime, t: Texts
) -> EditMessageText:
    """The message with the button says how it is from now on."""
    text, choices = await standing(session, repeat, civil, now, t)
    return changed(query, text, column(choices))


def _state(repeat: Repeat, civil: Civil, now: datetime, t: Texts) -> str:
    if repeat.state == State.RUNNING:
        assert repeat.since, "it runs"
        coming = dates(repeats.coming(repeat, max(repeat.since, now), civil), civil, t)
        return _coming(coming, t)
    changes = "yes" if repeat.changes_id else "no"
    return t("repeat-state", state=repeat.state, halt=repeat.halt or "no", changes=changes)


def _moves(repeat: Repeat, t: Texts) -> Choices:
    moves: dict[str, Sequence[Move]] = {
        State.ASKED: (Move.STOP,),
        State.RUNNING: (Move.PAUSE, Move.STOP),
        State.PAUSED: (Move.RESUME, Move.STOP),
    }
    left = "yes" if repeat.halt == Halt.AUTHOR else "no"
    return [
        *([(t("button-repeat-change"), Alter(id=repeat.id))] if repeat.state in GOES_ON else []),
        *(
            (t("button-repeat-move", move=move, left=left), Turn(id=repeat.id, move=move))
            for move in moves.get(repeat.state, ())
        ),
        (t("button-cast-sample"), SampleOf(id=repeat.id)),
        (t("button-repeat-list"), Repeats()),
    ]


def line(one: Listed, civil: Civil, t: Texts) -> str:
    """One of a list: where, when, whom, by whom, and when next."""
    repeat = one.repeat
    next_at = repeat.next_at.astimezone(civil.zone) if repeat.next_at else ""
    is_running = repeat.state == State.RUNNING
    changes = "yes" if repeat.changes_id else "no"
    state = (
        t("repeat-next", at=next_at)
        if is_running and next_at
        else t("repeat-rests", state=repeat.state, halt=repeat.halt or "no", changes=changes)
    )
    return t(
        "repeat-line", id=name_of(repeat), area=one.area or t("cast-everywhere"),
        when=when(repeat.when, t) if repeat.when else "", state=state,
        text=drafts.beginning((repeat.content or {}).get("text") or ""),
        audience=t("audience", to=repeat.audience), name=repeat.by_name,
    )  # fmt: skip
