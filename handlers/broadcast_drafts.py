"""What composing a broadcast and looking after it share: buttons, its message, how it stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from aiogram.filters import BaseFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    TelegramObject,
)
from pydantic import Field

import models.roles
from handlers.buttons import LARGEST_ID, Choices
from handlers.texts import LANGUAGES, Texts
from knowledge import nights
from knowledge.calendar import Civil
from models import Session, areas, audiences, broadcast_plans, broadcasts, groups
from models.areas import EVERYWHERE
from models.audiences import Audience, Whom
from models.broadcasts import Broadcast, Content, Move, State
from models.notices import State as Told
from models.roles import Role, Roles
from models.steps import Step

T = TypeVar("T")

PAGE = 8
"""How many areas are on offer at once."""

BAR = 10
"""How many squares a progress bar has."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the deployment allows."""

    rate: float
    """Notices a second."""
    second_above: int
    """A broadcast to more people than this needs a second person's yes."""


class Do(StrEnum):
    """What a button of a draft does."""

    LOOK = "look"
    TEXT = "text"
    BUTTON = "button"
    LATER = "later"
    AT_ONCE = "now"
    SEND = "send"
    """At once, or when its time has come; if that means at night, one is asked first."""
    HOLD = "hold"
    """Send, and rest at night."""
    THROUGH = "through"
    """Send, at night as well."""
    DROP = "drop"


class Draft(CallbackData, prefix="draft"):
    """Something about this draft, for these people.

    Whom it is for stands in the buttons until it is handed in: so nothing is written to look at
    another choice, and counting holds nobody up.
    """

    id: int = Field(ge=1, le=LARGEST_ID)
    to: Audience = Audience.RESIDENTS
    language: str = Field(default="", pattern=f"^({'|'.join(LANGUAGES)})?$")
    groups: bool = False
    do: Do = Do.LOOK


class Sample(CallbackData, prefix="sample"):
    """Show me what everybody gets."""

    id: int = Field(ge=1, le=LARGEST_ID)


class Look(CallbackData, prefix="cast-look"):
    """How is what was handed in?"""

    id: int = Field(ge=1, le=LARGEST_ID)


class Run(CallbackData, prefix="cast"):
    """Pause, resume or cancel what was handed in."""

    id: int = Field(ge=1, le=LARGEST_ID)
    move: str = Field(pattern=f"^({Move.PAUSE}|{Move.RESUME}|{Move.CANCEL})$")
    sure: bool = False


class Second(CallbackData, prefix="second"):
    """Say yes or no to somebody else's broadcast."""

    id: int = Field(ge=1, le=LARGEST_ID)
    yes: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a draft would reach, and what goes before it."""

    people: int
    groups: int
    ahead: int

    @property
    def total(self) -> int:
        return self.people + self.groups


class Counted(BaseFilter):
    """How many a draft reaches comes as `reach`.

    A filter is asked before a transaction begins: among a million, counting takes a second.
    """

    async def __call__(
        self, _: TelegramObject, session: Session, roles: Roles,
        callback_data: Draft | None = None, step: Step | None = None,
    ) -> dict[str, Reach]:  # fmt: skip
        draft = callback_data or draft_in(step)
        broadcast = await broadcasts.of(session, roles, draft.id)
        language = draft.language or None
        whom = Whom(broadcast.area_id, draft.to, language, broadcast.home_language)
        return {
            "reach": Reach(
                await audiences.count(session, whom),
                await groups.count(session, broadcast.area_id) if _in_groups(draft) else 0,
                await broadcast_plans.ahead(session),
            )
        }


@dataclass(frozen=True, slots=True)
class Timing:
    """When a draft begins and ends if it is handed in now, on the clocks of the place."""

    begins: datetime
    ends: datetime
    rested: datetime
    """The end, if it rests at night."""
    minutes: int

    @property
    def meets_night(self) -> bool:
        return self.rested != self.ends


def timing(
    broadcast: Broadcast, reach: Reach, limits: Limits, civil: Civil, now: datetime
) -> Timing:
    """How long it takes at the allowed rate, with all that goes before it."""
    begins = max(broadcast.starts_at or now, now)
    return lasting(begins, reach.ahead + reach.total, limits, civil)


def lasting(begins: datetime, number: int, limits: Limits, civil: Civil) -> Timing:
    """How long so many notices take at the allowed rate."""
    work = timedelta(seconds=number / limits.rate)
    rested = nights.finish(begins, work, civil.zone)
    ends = begins + work
    return Timing(
        begins.astimezone(civil.zone),
        ends.astimezone(civil.zone),
        ends.astimezone(civil.zone) if rested == ends else rested.astimezone(civil.zone),
        max(1, round(work.total_seconds() / 60)),
    )


def draft_in(step: Step | None) -> Draft:
    """The draft of which the bot has asked something."""
    assert step is not None
    return Draft.model_validate({name: step.fields[name] for name in Draft.model_fields})


def _in_groups(draft: Draft) -> bool:
    return draft.groups or draft.to is Audience.NOBODY


async def area_name(session: Session, area_id: int) -> str:
    """What an area is called; nothing for the whole deployment, which has words of ours."""
    return "" if area_id == EVERYWHERE else (await areas.of(session, area_id)).name


async def places(
    session: Session, held: Roles, area_id: int, page: int, t: Texts, *,
    into: Callable[..., CallbackData], here: Callable[..., CallbackData],
) -> Choices:  # fmt: skip
    """An area, or the top, with what lies in it: to be entered, or to be the one."""
    wanted = (Role.STAFF, Role.ADMIN)
    area, inside = await models.roles.reach(session, held, wanted, area_id)
    choices: list[tuple[str, CallbackData]] = []
    if area:
        choices.append((t("button-cast-here", area=area.name), here(area=area.id)))
    elif models.roles.may(held, (Role.ADMIN,)):
        everywhere = t("cast-everywhere")
        choices.append((t("button-cast-here", area=everywhere), here(area=EVERYWHERE)))
    shown = inside[page * PAGE : (page + 1) * PAGE]
    choices += [(one.name, into(area=one.id)) for one in shown]
    if len(inside) > (page + 1) * PAGE:
        choices.append((t("button-more-areas"), into(area=area_id, page=page + 1)))
    if area:
        choices.append((t("button-cast-top"), into()))
    return choices


async def place_name(session: Session, area_id: int, t: Texts) -> str:
    """What an area is called, also the whole deployment."""
    return await area_name(session, area_id) or t("cast-everywhere")


async def panel(
    session: Session, broadcast: Broadcast, draft: Draft, reach: Reach, timing: Timing, t: Texts
) -> tuple[str, Choices]:
    """A draft as its author sees it."""
    held_off = broadcast.starts_at is not None
    area = await place_name(session, broadcast.area_id, t)
    lines = [
        t("draft-head", id=str(broadcast.id), area=area),
        to_whom(draft.to, draft.language, reach.people, reach.groups, t),
        *says(broadcast.content or {}, t),
        t("draft-timing", later="yes" if held_off else "no", begins=timing.begins,
          ends=timing.ends, minutes=timing.minutes, number=reach.total),
    ]  # fmt: skip
    return "\n".join(lines), _choices(draft, reach, held_off=held_off, t=t)


def to_whom(to: Audience, language: str | None, people: int, groups: int, t: Texts) -> str:
    """For whom it is, and how many these are."""
    return t(
        "draft-to-whom",
        audience=t("audience", to=to),
        language=t("draft-language", language=language or "all"),
        people=people,
        groups=groups,
    )


def says(content: Mapping[str, Any], t: Texts) -> list[str]:
    """How the words begin, and the link below."""
    kind, button = "photo" if content.get("photo") else "text", content.get("button")
    return [
        t("draft-says", kind=kind, text=beginning(content.get("text") or "")),
        *([t("draft-button", label=button["text"], url=button["url"])] if button else []),
    ]


def whom_choices(
    to: Audience, language: str, put: Callable[..., CallbackData], t: Texts, *, in_groups: bool
) -> Choices:
    """Buttons that choose somebody else; `put` makes what one says."""
    next_to, next_language = _next(list(Audience), to), _next(["", *LANGUAGES], language)
    groups = t("button-cast-no-groups" if in_groups else "button-cast-groups")
    return [
        (t("button-cast-to", what=next_to), put(to=next_to)),
        (t("button-cast-language", what=next_language or "all"), put(language=next_language)),
        *([(groups, put(groups=not in_groups))] if to is not Audience.NOBODY else []),
    ]


def _choices(draft: Draft, reach: Reach, *, held_off: bool, t: Texts) -> Choices:
    def put(**changes: Any) -> Draft:
        return draft.model_copy(update={"do": Do.LOOK, **changes})

    def button(key: str, do: Do) -> tuple[str, CallbackData]:
        return t(key), put(do=do)

    return [
        (t("button-cast-test"), Sample(id=draft.id)),
        button("button-cast-later" if not held_off else "button-cast-other-time", Do.LATER),
        *([button("button-cast-now", Do.AT_ONCE)] if held_off else []),
        *whom_choices(draft.to, draft.language, put, t, in_groups=draft.groups),
        button("button-cast-text", Do.TEXT),
        button("button-cast-link", Do.BUTTON),
        *([button("button-cast-send", Do.SEND)] if reach.total else []),
        button("button-cast-drop", Do.DROP),
    ]


def content(message: Message) -> Content:
    """What a message says, as it was written."""
    entities = message.caption_entities if message.photo else message.entities
    return Content(
        text=(message.caption if message.photo else message.text) or "",
        entities=[each.model_dump(mode="json", exclude_none=True) for each in entities or ()],
        photo=message.photo[-1].file_id if message.photo else None,
    )


def message(content: Mapping[str, Any], to: int) -> SendMessage | SendPhoto:
    """What is sent to one chat: as it was written, with entities and never with markup."""
    entities = [MessageEntity.model_validate(each) for each in content["entities"]] or None
    below = None
    if button := content.get("button"):
        link = InlineKeyboardButton(text=button["text"], url=button["url"])
        below = InlineKeyboardMarkup(inline_keyboard=[[link]])
    if content.get("photo"):
        return SendPhoto(
            chat_id=to, photo=content["photo"], caption=content["text"] or None,
            caption_entities=entities, reply_markup=below,
        )  # fmt: skip
    return SendMessage(chat_id=to, text=content["text"], entities=entities, reply_markup=below)


async def standing(session: Session, broadcast: Broadcast, civil: Civil) -> dict[str, Any]:
    """How a broadcast stands, as values: a notice keeps them until it is put into words."""
    progress = await broadcasts.progress(session, broadcast)
    counts = {f"{state}": progress.ended.get(state, 0) for state in Told}
    filled = progress.percent * BAR // 100
    starts = broadcast.starts_at.astimezone(civil.zone) if broadcast.starts_at else None
    return {
        "id": broadcast.id,
        "panel": broadcast.panel_id,
        "area": await area_name(session, broadcast.area_id),
        "state": "planning" if _is_planning(broadcast) else str(broadcast.state),
        "planned": progress.planned,
        "reached": progress.reached,
        "percent": progress.percent,
        "bar": "▓" * filled + "░" * (BAR - filled),
        "starts": starts.isoformat() if starts else "",
        **{name: counts[name] for name in ("sent", "blocked", "failed", "unknown", "cancelled")},
    }


def shown(fields: Mapping[str, Any], t: Texts) -> tuple[str, Choices]:
    """A broadcast that was handed in, as its author sees it."""
    values = {name: value for name, value in fields.items() if name not in ("panel", "starts")}
    values["id"] = str(fields["id"])  # a name, no number: without commas
    values["area"] = fields["area"] or t("cast-everywhere")
    lines = [t("cast-head", **values)]
    if fields["state"] == State.READY and fields["starts"]:
        lines.append(t("cast-ready-at", starts=fields["starts"]))
    else:
        lines.append(t("cast-state", **values))
    if fields["planned"]:
        lines.append(t("cast-counts", **values))
    moves = {
        State.ASKED: (Move.CANCEL,),
        State.READY: (Move.CANCEL,),
        State.SENDING: (Move.PAUSE, Move.CANCEL),
        State.PAUSED: (Move.RESUME, Move.CANCEL),
    }
    state = State.SENDING if fields["state"] == "planning" else State(fields["state"])
    below: list[tuple[str, CallbackData]] = [
        (t("button-cast-move", move=move), Run(id=fields["id"], move=move))
        for move in moves.get(state, ())
    ]
    if below:
        below.append((t("button-cast-look"), Look(id=fields["id"])))
    return "\n".join(lines), below


def _is_planning(broadcast: Broadcast) -> bool:
    return broadcast.state == State.SENDING and broadcast.planned_at is None


def beginning(text: str) -> str:
    """How a text begins, in a line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"


def _next(choices: Sequence[T], now: T) -> T:
    return choices[(choices.index(now) + 1) % len(choices)]
