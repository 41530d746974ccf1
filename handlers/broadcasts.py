"""Composing a broadcast: where to, what it says, a look at it, and off it goes."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import CallbackQuery, Message
from pydantic import Field

from handlers import broadcast_drafts as drafts
from handlers.broadcast_drafts import Counted, Do, Draft, Limits, Look, Reach, Sample
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.filters import Asked, Has, Step
from handlers.notices import Fields, renders
from handlers.texts import Texts
from knowledge.calendar import Civil
from models import Session, actors, broadcast_plans, broadcasts, notices, steps
from models.areas import EVERYWHERE
from models.audiences import Audience
from models.broadcasts import Broadcast, Move, Order
from models.residents import Resident
from models.roles import Role, Roles

UNDER_WAY = 5
"""How many broadcasts that are under way are on offer."""

WRITING = timedelta(minutes=60)
"""How long the bot waits for what a broadcast shall say."""

TEXT, BUTTON, TIME = "broadcast-text", "broadcast-button", "broadcast-time"
ASKS = {Do.TEXT: TEXT, Do.BUTTON: BUTTON, Do.LATER: TIME}


class CastIn(CallbackData, prefix="cast-in"):
    """A broadcast for this area: look at what lies in it."""

    area: int = Field(default=EVERYWHERE, ge=0, le=LARGEST_ID)
    page: int = Field(default=0, ge=0, le=9999)


class CastHere(CallbackData, prefix="cast-here"):
    """A broadcast for this very area."""

    area: int = Field(ge=0, le=LARGEST_ID)


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    staff, writes = Has(Role.STAFF, Role.ADMIN), {"writes": True}
    message = router.message.register
    message(begin, Command("broadcast", ignore_case=True), private, staff)
    message(hear_content, Asked(TEXT), F.text | F.photo, Counted(), flags=writes)
    message(hear_button, Step(BUTTON), Counted(), flags=writes)
    message(hear_time, Step(TIME), Counted(), flags=writes)
    press = router.callback_query.register
    press(choose_place, Pressed(CastIn), staff)
    press(compose, Pressed(CastHere), staff, flags=writes)
    draft = Pressed(Draft)
    press(show_draft, draft, _does(Do.LOOK), Counted())
    press(test, Pressed(Sample))
    press(ask_for, draft, _does(*ASKS), flags=writes)
    press(send_at_once, draft, _does(Do.AT_ONCE), Counted(), flags=writes)
    press(send, draft, _does(Do.SEND, Do.HOLD, Do.THROUGH), Counted(), flags=writes)
    press(drop, draft, _does(Do.DROP), flags=writes)
    return router


async def begin(message: Message, session: Session, roles: Roles, t: Texts) -> SendMessage:
    text, choices = await _places(session, roles, CastIn(), t)
    under_way = [
        (t("button-cast-under-way", id=str(one.id)), Look(id=one.id))
        for one in await broadcasts.lately(session, roles, UNDER_WAY)
    ]
    return message.answer(text, reply_markup=column([*choices, *under_way]))


async def choose_place(
    query: CallbackQuery, callback_data: CastIn, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    text, choices = await _places(session, roles, callback_data, t)
    return changed(query, text, column(choices))


async def compose(
    query: CallbackQuery, callback_data: CastHere, session: Session, resident: Resident,
    roles: Roles, home_language: str, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    by = await actors.of(session, resident.telegram_id)
    broadcast = await broadcasts.draft(session, roles, callback_data.area, by, home_language, now)
    await _wait_for(session, resident, TEXT, Draft(id=broadcast.id), now)
    area = await drafts.place_name(session, broadcast.area_id, t)
    return changed(query, t("cast-ask-text", area=area))


async def hear_content(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reach, limits: Limits, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    draft = drafts.draft_in(step)
    broadcast = await broadcasts.write(session, roles, draft.id, drafts.content(message))
    await steps.close(session, resident.telegram_id)
    return message.answer(**await _panel(session, broadcast, draft, reach, limits, civil, now, t))


async def hear_button(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reach, limits: Limits, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    draft = drafts.draft_in(step)
    button = broadcasts.button(message.text or "")
    broadcast = await broadcasts.put_button(session, roles, draft.id, button)
    await steps.close(session, resident.telegram_id)
    return message.answer(**await _panel(session, broadcast, draft, reach, limits, civil, now, t))


async def hear_time(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reach, limits: Limits, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    draft = drafts.draft_in(step)
    starts_at = broadcasts.moment(message.text or "", now, civil.zone)
    broadcast = await broadcasts.put_off(session, roles, draft.id, starts_at)
    await steps.close(session, resident.telegram_id)
    return message.answer(**await _panel(session, broadcast, draft, reach, limits, civil, now, t))


async def show_draft(
    query: CallbackQuery, callback_data: Draft, session: Session, roles: Roles, reach: Reach,
    limits: Limits, civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    broadcast = await broadcasts.draft_of(session, roles, callback_data.id)
    shown = await _panel(session, broadcast, callback_data, reach, limits, civil, now, t)
    return changed(query, shown["text"], shown["reply_markup"])


async def test(
    query: CallbackQuery, callback_data: Sample, session: Session, roles: Roles
) -> SendMessage | SendPhoto:
    """To oneself, exactly as everybody gets it."""
    broadcast = await broadcasts.of(session, roles, callback_data.id)
    if broadcast.content is None:
        raise broadcasts.BroadcastEmpty
    return drafts.message(broadcast.content, query.from_user.id)


async def ask_for(
    query: CallbackQuery, callback_data: Draft, session: Session, resident: Resident,
    roles: Roles, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    broadcast = await broadcasts.draft_of(session, roles, callback_data.id, lock=True)
    what = ASKS[callback_data.do]
    draft = callback_data.model_copy(update={"do": Do.LOOK})
    await _wait_for(session, resident, what, draft, now)
    area = await drafts.place_name(session, broadcast.area_id, t)
    words = {TEXT: "cast-ask-text", BUTTON: "cast-ask-button", TIME: "cast-ask-time"}
    return SendMessage(chat_id=query.from_user.id, text=t(words[what], area=area))


async def send_at_once(
    query: CallbackQuery, callback_data: Draft, session: Session, roles: Roles, reach: Reach,
    limits: Limits, civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    """Not at the time that was chosen: the draft is shown again, as it is then."""
    broadcast = await broadcasts.put_off(session, roles, callback_data.id, None)
    draft = callback_data.model_copy(update={"do": Do.LOOK})
    shown = await _panel(session, broadcast, draft, reach, limits, civil, now, t)
    return changed(query, shown["text"], shown["reply_markup"])


async def send(
    query: CallbackQuery, callback_data: Draft, session: Session, resident: Resident,
    roles: Roles, reach: Reach, limits: Limits, admins: Collection[int], civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    assert query.message  # `Pressed` has looked
    draft = callback_data
    broadcast = await broadcasts.draft_of(session, roles, draft.id)
    timing = drafts.timing(broadcast, reach, limits, civil, now)
    if draft.do is Do.SEND and timing.meets_night:
        return _ask_about_night(query, draft, timing, t)
    by = await actors.of(session, resident.telegram_id)
    order = Order(
        audience=draft.to, language=draft.language or None,
        in_groups=draft.groups or draft.to is Audience.NOBODY, people=reach.people,
        expected=reach.total, through_night=draft.do is Do.THROUGH,
        panel_id=query.message.message_id, second_above=limits.second_above,
    )  # fmt: skip
    broadcast, others = await broadcasts.hand_in(session, roles, draft.id, by, order, admins)
    told = {
        "id": broadcast.id, "area": await drafts.area_name(session, broadcast.area_id),
        "name": query.from_user.full_name, "people": reach.people, "to": str(draft.to),
    }  # fmt: skip
    about = f"broadcast {broadcast.id} asked"
    await notices.post_all(session, others, "broadcast-asked", about, told, now)
    return await _standing(query, session, broadcast, civil, t)


async def drop(
    query: CallbackQuery, callback_data: Draft, session: Session, resident: Resident,
    roles: Roles, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    await broadcasts.draft_of(session, roles, callback_data.id, lock=True)
    await broadcasts.change(session, roles, callback_data.id, Move.CANCEL, now)
    await steps.close(session, resident.telegram_id)
    return changed(query, t("draft-dropped"))


@renders(broadcast_plans.KIND)
def deliver(fields: Fields, t: Texts, to: int) -> TelegramMethod[Any]:  # noqa: ARG001 (every renderer's signature; the words are the staff's own)
    return drafts.message(fields, to)


def _does(*what: Do) -> Any:
    """The last field of a draft's button says what it does."""
    return F.data.regexp(f".*:({'|'.join(what)})$")


async def _wait_for(
    session: Session, resident: Resident, what: str, draft: Draft, now: datetime
) -> None:
    fields = draft.model_dump(mode="json")
    await steps.open_(session, resident.telegram_id, what, fields, now + WRITING)


async def _places(session: Session, roles: Roles, at: CastIn, t: Texts) -> tuple[str, Choices]:
    choices = await drafts.places(session, roles, at.area, at.page, t, into=CastIn, here=CastHere)
    return t("cast-where" if choices else "cast-no-place"), choices


async def _panel(
    session: Session, broadcast: Broadcast, draft: Draft, reach: Reach, limits: Limits,
    civil: Civil, now: datetime, t: Texts,
) -> dict[str, Any]:  # fmt: skip
    timing = drafts.timing(broadcast, reach, limits, civil, now)
    text, choices = await drafts.panel(session, broadcast, draft, reach, timing, t)
    return {"text": text, "reply_markup": column(choices)}


def _ask_about_night(
    query: CallbackQuery, draft: Draft, timing: drafts.Timing, t: Texts
) -> EditMessageText:
    text = t("cast-night", begins=timing.begins, ends=timing.ends, rested=timing.rested)
    choices = [
        (t(key), draft.model_copy(update={"do": do}))
        for key, do in (
            ("button-cast-hold", Do.HOLD),
            ("button-cast-through", Do.THROUGH),
            ("button-cast-back", Do.LOOK),
        )
    ]
    return changed(query, text, column(choices))


async def _standing(
    query: CallbackQuery, session: Session, broadcast: Broadcast, civil: Civil, t: Texts
) -> EditMessageText:
    text, choices = drafts.shown(await drafts.standing(session, broadcast, civil), t)
    return changed(query, text, column(choices))
