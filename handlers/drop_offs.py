"""Drop-offs: a volunteer records who was here, in one message, and mends it with one tap."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import homes, recording
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, rows
from handlers.filters import Has, InBatches, Key, OnShift, Scanned, Step
from handlers.recording import Recorded, Recorder, Recording
from handlers.texts import Texts
from knowledge.batches import Batch
from knowledge.qualities import Quality
from knowledge.streams import Stream
from models import Session, drop_offs, memberships, steps
from models.codes import Kind
from models.drop_off_tables import DropOff, Mistake
from models.drop_offs import NotYours
from models.points import UNDO
from models.roles import Role

MISTAKE = "drop-off-mistake"
WEIGH = "drop-off-weigh"
MOVE = "drop-off-move"

BAGS = (Stream.FOOD, Stream.RECYCLABLE, Stream.RESIDUAL, Stream.HAZARDOUS)


class Fix(CallbackData, prefix="fix"):
    """Change this drop-off."""

    drop_off: int = Field(ge=1, le=LARGEST_ID)
    what: str = Field(pattern=r"^(right|partly|wrong|weigh|move|withdraw)$")


class Mixed(CallbackData, prefix="mixed"):
    """In this bag was something that did not belong there."""

    drop_off: int = Field(ge=1, le=LARGEST_ID)
    stream: Stream


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    on_shift = OnShift()
    writes = {"writes": True}
    router.message.middleware(Recording())
    router.callback_query.middleware(Recording())
    message, press = router.message.register, router.callback_query.register
    message(record_scanned, Scanned(Kind.HOUSEHOLD), private, on_shift, flags=writes)
    message(begin_first, Scanned(Kind.HOUSEHOLD), private, Has(Role.VOLUNTEER))
    for quality in Quality:
        key = Key(f"drop-off-key-{quality}", quality=quality)
        message(judge_last, key, private, on_shift, flags=writes)
    message(withdraw_last, Key("drop-off-key-withdraw"), private, on_shift, flags=writes)
    for what in (WEIGH, MOVE):
        key = Key(f"drop-off-key-{what.removeprefix('drop-off-')}", what=what)
        message(ask_about_last, key, private, on_shift, flags=writes)
    message(move, Step(MOVE), F.text, flags=writes)
    # The next household may come before anybody has answered what was asked of the last.
    message(record_batch, private, on_shift, InBatches(), flags=writes)
    message(weigh, Step(WEIGH), F.text, flags=writes)
    message(name_mistake, Step(MISTAKE), F.text, flags=writes)
    photo = {"writes": True, "file": recording.codes_in}
    message(record_photo, F.photo | F.document, private, on_shift, flags=photo)
    press(fix, Pressed(Fix), flags=writes)
    press(mix, Pressed(Mixed), flags=writes)
    return router


async def record_scanned(message: Message, code: str, recorder: Recorder) -> SendMessage:
    household = await homes.scanned(recorder.session, code, lock=True)
    return await _tell_of(message, recorder, [await recorder.record(household, message.date)])


async def begin_first(message: Message, code: str, session: Session, t: Texts) -> SendMessage:
    """A volunteer off shift; but who scans the own card looks at the own household."""
    assert message.from_user
    household = await homes.scanned(session, code)
    mine = await memberships.of(session, message.from_user.id)
    if mine and mine.household_id == household.id:
        raise SkipHandler
    return message.answer(t("drop-off-shift-first"))


async def record_photo(message: Message, file: Sequence[str], recorder: Recorder) -> SendMessage:
    """`file`: what the codes in the picture say."""
    if not file:
        return message.answer(recorder.t("drop-off-photo-unreadable"))
    line = recording.line_in(message.caption or "")
    said: list[Recorded | str] = []
    for text in dict.fromkeys(file):
        code = recording.code_in(text)
        household = await homes.scanned(recorder.session, code, lock=True)
        said.append(await recorder.record(household, message.date, line))
    return await _tell_of(message, recorder, said)


async def record_batch(message: Message, batch: Batch, recorder: Recorder) -> SendMessage:
    return await _tell_of(message, recorder, await recorder.record_lines(batch, message.date))


async def judge_last(message: Message, quality: Quality, recorder: Recorder) -> SendMessage:
    changed = await recorder.judge(await recorder.last(), quality=quality)
    if quality is not Quality.RIGHT:
        await _wait_for(recorder, MISTAKE, changed)
    return await _tell(message, recorder, changed)


async def withdraw_last(message: Message, recorder: Recorder) -> SendMessage:
    last = await recorder.last()
    return await _tell(message, recorder, await _withdraw(recorder, last))


async def ask_about_last(message: Message, what: str, recorder: Recorder) -> SendMessage:
    return message.answer(await _ask(recorder, what, await recorder.last()))


async def weigh(message: Message, step: steps.Step, recorder: Recorder) -> SendMessage:
    line = recording.line_in(message.text or "")
    brought = await recorder.brought(int(step.fields["drop_off"]))
    if unclear := recording.unclear_in(line, brought):
        weight = recording.kilograms(unclear)
        return message.answer(recorder.t("drop-off-weigh-unclear", kilograms=weight))
    found = recording.found_in(line, brought)
    if not found:
        return message.answer(recorder.t("drop-off-weigh-again"))
    changed = await recorder.judge(await _of_step(step, recorder), found=found)
    return await _tell(message, recorder, changed)


async def move(message: Message, step: steps.Step, recorder: Recorder) -> SendMessage:
    name = recording.household_in(message.text or "")
    if name is None:
        return message.answer(recorder.t("drop-off-move-again"))
    household = await recorder.named(name)
    drop_off = await _of_step(step, recorder)
    moved = await drop_offs.move(
        recorder.session, drop_off.id, household.id, recorder.by, recorder.civil, recorder.now
    )
    return await _tell(message, recorder, moved)


async def name_mistake(message: Message, step: steps.Step, recorder: Recorder) -> SendMessage:
    mistakes = recorder.mistakes_in(message.text or "")
    changed = await recorder.judge(await _of_step(step, recorder), mistakes=mistakes)
    return await _tell(message, recorder, changed)


async def fix(
    query: CallbackQuery, callback_data: Fix, recorder: Recorder
) -> SendMessage | EditMessageText:
    drop_off = await _own(recorder, callback_data.drop_off)
    match callback_data.what:
        case "withdraw":
            return await _show(query, recorder, await _withdraw(recorder, drop_off))
        case "weigh" | "move" as what:
            words = await _ask(recorder, f"drop-off-{what}", drop_off)
            return SendMessage(chat_id=query.from_user.id, text=words)
    quality = Quality(callback_data.what)
    changed = await recorder.judge(drop_off, quality=quality)
    if quality is not Quality.RIGHT:
        await _wait_for(recorder, MISTAKE, changed)
    return await _show(query, recorder, changed)


async def mix(query: CallbackQuery, callback_data: Mixed, recorder: Recorder) -> EditMessageText:
    drop_off = await _own(recorder, callback_data.drop_off)
    mistake = Mistake(callback_data.stream)
    return await _show(query, recorder, await recorder.judge(drop_off, mistakes=[mistake]))


async def _of_step(step: steps.Step, recorder: Recorder) -> DropOff:
    """The drop-off that the words are about; the step is over."""
    await steps.close(recorder.session, recorder.by.resident_id)
    return await _own(recorder, int(step.fields["drop_off"]))


async def _own(recorder: Recorder, drop_off_id: int) -> DropOff:
    drop_off = await recorder.session.get(DropOff, drop_off_id)
    if drop_off is None:
        raise NotYours
    return drop_off


async def _withdraw(recorder: Recorder, drop_off: DropOff) -> DropOff:
    return await drop_offs.withdraw(
        recorder.session, drop_off.id, recorder.by, recorder.civil, recorder.now
    )


async def _wait_for(recorder: Recorder, what: str, drop_off: DropOff) -> None:
    """The volunteer's next words are about this drop-off, for as long as it can be changed."""
    await steps.open_(
        recorder.session, recorder.by.resident_id, what, {"drop_off": drop_off.id},
        drop_off.recorded_at + UNDO,
    )  # fmt: skip


async def _ask(recorder: Recorder, what: str, about: DropOff) -> str:
    drop_off = await drop_offs.changeable(
        recorder.session, about.id, recorder.by, recorder.now
    )  # or anybody could look at it
    await _wait_for(recorder, what, drop_off)
    return recorder.t(f"{what}-how", shown=await recorder.show(drop_off, in_short=True))


async def _tell(
    message: Message, recorder: Recorder, drop_off: DropOff, unclear: int | None = None
) -> SendMessage:
    """How a drop-off stands, and what can be changed with a tap."""
    text = await recorder.show(drop_off, unclear=unclear)
    return message.answer(text, reply_markup=_buttons(drop_off, recorder.t))


async def _tell_of(
    message: Message, recorder: Recorder, said: Sequence[Recorded | str]
) -> SendMessage:
    """What was recorded; one drop-off has its buttons, of several each has a line."""
    match said:
        case [Recorded(drop_off, unclear)]:
            return await _tell(message, recorder, drop_off, unclear)
    lines = [
        each
        if isinstance(each, str)
        else await recorder.show(each.drop_off, unclear=each.unclear, in_short=True)
        for each in said
    ]
    if any(isinstance(each, Recorded) for each in said):
        lines.append(recorder.t("drop-off-lines-mend"))
    return message.answer("\n".join(lines))


async def _show(query: CallbackQuery, recorder: Recorder, drop_off: DropOff) -> EditMessageText:
    return changed(query, await recorder.show(drop_off), _buttons(drop_off, recorder.t))


def _buttons(drop_off: DropOff, t: Texts) -> InlineKeyboardMarkup | None:
    """What can be changed with a tap; after "wrong", first in which bag it was."""
    if drop_off.voided_at:
        return None
    others = [quality for quality in Quality if quality != drop_off.quality]
    below = (_fixes(drop_off, others, t), _fixes(drop_off, ("weigh", "move", "withdraw"), t))
    if drop_off.quality == Quality.RIGHT:
        return rows(*below)
    bags = [
        (
            t("drop-off-in-bag", bag=t(f"stream-{stream}")),
            Mixed(drop_off=drop_off.id, stream=stream),
        )
        for stream in BAGS
    ]
    return rows(bags[:2], bags[2:], *below)


def _fixes(drop_off: DropOff, changes: Sequence[str], t: Texts) -> Choices:
    return [(t(f"drop-off-key-{what}"), Fix(drop_off=drop_off.id, what=what)) for what in changes]
