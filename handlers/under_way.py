"""Broadcasts that were handed in: a second person's yes, how far they are, pause and cancel."""

from datetime import datetime

from aiogram import F, Router
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery

from handlers import broadcast_drafts as drafts
from handlers.broadcast_drafts import Look, Run, Sample, Second
from handlers.buttons import Pressed, changed, column
from handlers.notices import Fields, renders
from handlers.texts import Texts
from knowledge.calendar import Civil
from models import Session, actors, broadcast_plans, broadcasts, notices, repeats
from models.broadcasts import Broadcast, Move
from models.residents import Resident
from models.roles import Roles


def router() -> Router:
    router = Router(name=__name__)
    writes = {"writes": True}
    press = router.callback_query.register
    press(look, Pressed(Look))
    press(ask_before_cancelling, Pressed(Run), F.data.endswith(f":{Move.CANCEL}:0"))
    press(move, Pressed(Run), flags=writes)
    press(answer, Pressed(Second), flags=writes)
    return router


async def look(
    query: CallbackQuery, callback_data: Look, session: Session, roles: Roles, civil: Civil,
    t: Texts,
) -> EditMessageText:  # fmt: skip
    broadcast = await broadcasts.of(session, roles, callback_data.id)
    return await _changed(query, session, broadcast, civil, t)


async def ask_before_cancelling(
    query: CallbackQuery, callback_data: Run, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    broadcast = await broadcasts.of(session, roles, callback_data.id)
    yes = callback_data.model_copy(update={"sure": True})
    choices = [(t("button-cast-cancel-sure"), yes), (t("button-cast-back"), Look(id=broadcast.id))]
    return changed(query, t("cast-cancel-sure", id=str(broadcast.id)), column(choices))


async def move(
    query: CallbackQuery, callback_data: Run, session: Session, roles: Roles, civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    wanted = Move(callback_data.move)
    broadcast = await broadcasts.change(session, roles, callback_data.id, wanted, now)
    return await _changed(query, session, broadcast, civil, t)


async def answer(
    query: CallbackQuery, callback_data: Second, session: Session, resident: Resident,
    roles: Roles, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    by, agrees = await actors.of(session, resident.telegram_id), callback_data.yes
    broadcast = await broadcasts.answer(
        session, roles, callback_data.id, by, agrees=agrees, now=now
    )
    said = {
        "id": str(broadcast.id),
        "name": query.from_user.full_name,
        "yes": "yes" if agrees else "no",
    }
    author = await broadcasts.author(session, broadcast)
    if author is not None:
        about = f"broadcast {broadcast.id} answered"
        await notices.post(session, author, "broadcast-answered", about, said, now)
    return changed(query, t("cast-second-said", **said))


async def carry_on(session: Session, broadcast_id: int, civil: Civil, now: datetime) -> None:
    """Do the next thing with a broadcast, and show its author how far it is. Writes."""
    done = await broadcast_plans.step(session, broadcast_id, now)
    if done is None or not done.shows:
        return
    broadcast = done.broadcast
    author = await broadcasts.author(session, broadcast)
    if author is None:
        return
    fields = await drafts.standing(session, broadcast, civil)
    about = f"broadcast {broadcast.id} {fields['state']} {fields['percent']}%"
    if broadcast.panel_id is not None:
        await notices.post(session, author, "broadcast-progress", about, fields, now)
    if broadcast.ended_at is not None and await _is_news(session, broadcast, fields):
        ended = f"broadcast {broadcast.id} ended"
        await notices.post(session, author, "broadcast-ended", ended, fields, now)


@renders("broadcast-asked")
def asked(fields: Fields, t: Texts, to: int) -> SendMessage:
    text = t(
        "notice-broadcast-asked",
        id=str(fields["id"]),
        name=fields["name"],
        area=fields["area"] or t("cast-everywhere"),
        people=fields["people"],
        audience=t("audience", to=fields["to"]),
    )
    choices = [
        (t("button-cast-sample"), Sample(id=fields["id"])),
        (t("button-second-yes"), Second(id=fields["id"], yes=True)),
        (t("button-second-no"), Second(id=fields["id"], yes=False)),
    ]
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


@renders("broadcast-progress")
def progressed(fields: Fields, t: Texts, to: int) -> EditMessageText:
    text, choices = drafts.shown(fields, t)
    return EditMessageText(
        chat_id=to, message_id=fields["panel"], text=text, reply_markup=column(choices)
    )


@renders("broadcast-ended")
def ended(fields: Fields, t: Texts, to: int) -> SendMessage:
    return SendMessage(chat_id=to, text=drafts.shown(fields, t)[0])


async def _is_news(session: Session, broadcast: Broadcast, fields: Fields) -> bool:
    """Whether its author hears of its end: of one that repeats only if something failed."""
    failed = fields["failed"] or fields["unknown"]
    return bool(failed) or not await repeats.is_occurrence(session, broadcast.id)


async def _changed(
    query: CallbackQuery, session: Session, broadcast: Broadcast, civil: Civil, t: Texts
) -> EditMessageText:
    text, choices = drafts.shown(await drafts.standing(session, broadcast, civil), t)
    return changed(query, text, column(choices))
