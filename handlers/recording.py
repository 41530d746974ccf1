"""What all ways of recording a drop-off share: who is meant, what was said of it, how it shows."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User

from handlers import refusals
from handlers.pictures import qr
from handlers.pictures.photos import NotAPicture
from handlers.texts import Texts
from knowledge import batches, local_time, mistakes
from knowledge.batches import BadLine, Batch, Line
from knowledge.calendar import Civil
from knowledge.households import Address, Number
from knowledge.qualities import Quality
from knowledge.search import Search
from knowledge.streams import Stream
from models import Refusal, Session, drop_off_tables, drop_offs, households, roles
from models.drop_off_tables import DropOff, Found, Mistake
from models.drop_offs import AlreadyRecorded, NotThen, Report, Volunteer
from models.households import Household
from models.roles import Role
from models.shifts import Shift

EXAMPLE = "1-1-101 "
"""Stands before words that are read as the rest of a line."""


class Recording(BaseMiddleware):
    """Gives a handler its `recorder`, in the transaction that the handler has."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User = data["event_from_user"]
        data["recorder"] = Recorder(
            data["session"], data["t"], data["civil"], data["now"], data["search"],
            Volunteer(user.id, data["roles"]), data["shift"],
        )  # fmt: skip
        return await handler(event, data)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A drop-off as it stands, and what was said of it that could not be taken."""

    drop_off: DropOff
    unclear: int | None = None
    """Grams of nobody knows what."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records for one volunteer, in one transaction."""

    session: Session
    t: Texts
    civil: Civil
    now: datetime
    search: Search
    by: Volunteer
    shift: Shift | None

    async def named(self, name: Number | Address) -> Household:
        """The household that a number or an address names, among those of the volunteer."""
        places = roles.places(self.by.roles, Role.VOLUNTEER)
        return await households.called(self.session, places, name)

    async def record(
        self, household: Household, at: datetime, line: Line | None = None
    ) -> Recorded:
        """Record a drop-off, as a line tells of it.

        A line about what was just recorded that says more mends it: nobody has to look for the
        button.
        """
        quality = (line and line.quality) or Quality.RIGHT
        wrong = self._mistakes(line)
        moment, entered_later = self._when(line, at)
        report = Report(moment, quality, found_in(line), wrong, entered_later)
        try:
            made = await drop_offs.record(
                self.session, household.id, self.by, report, self.civil, self.now
            )
        except AlreadyRecorded as already:
            if line is None or not (line.quality or line.weights):
                raise
            try:
                return await self._mend(int(str(already.values["drop_off"])), line, wrong)
            except Refusal:
                raise already from None
        return Recorded(made, unclear_in(line))

    async def record_lines(self, batch: Batch, at: datetime) -> list[Recorded | str]:
        """Record what can be recorded of a batch; what is wrong with each of the other lines."""
        said: list[Recorded | str] = []
        for line in batch.lines:
            if isinstance(line, BadLine):
                said.append(self.t("drop-off-line-bad", line=line.text, why=str(line.why)))
                continue
            try:
                async with self.session.begin_nested():
                    said.append(await self.record(await self.named(line.household), at, line))
            except Refusal as refusal:
                why = refusals.words(refusal, self.t, self.civil.zone)
                said.append(self.t("drop-off-line-refused", line=line.text, why=why))
        return said

    async def judge(
        self,
        drop_off: DropOff,
        *,
        quality: Quality | None = None,
        found: Sequence[Found] = (),
        mistakes: Sequence[Mistake] = (),
    ) -> DropOff:
        """Say anew how it was."""
        return await self._judge(drop_off.id, quality, found, mistakes)

    async def last(self) -> DropOff:
        """What the volunteer recorded last."""
        drop_off = await drop_offs.last_of(self.session, self.by, self.now)
        if drop_off is None:
            raise drop_offs.NothingToChange
        return drop_off

    async def brought(self, drop_off_id: int) -> set[Stream]:
        """The streams of a drop-off."""
        return {
            Stream(part.stream)
            for part in await drop_off_tables.parts_of(self.session, drop_off_id)
        }

    async def show(
        self, drop_off: DropOff, *, unclear: int | None = None, in_short: bool = False
    ) -> str:
        """How it stands now: who, when, how well, how many points; and what was not taken."""
        household = await self.session.get_one(Household, drop_off.household_id)
        shown = self.t(
            "drop-off-shown",
            address=household.address,
            at=drop_off.at.astimezone(self.civil.zone),
            quality="withdrawn" if drop_off.voided_at else str(drop_off.quality),
            points=drop_off.points,
        )
        lines = [shown, *([] if in_short else await self._details(drop_off))]
        if unclear:
            weight = kilograms(unclear)
            lines.append(
                self.t("drop-off-weight-unclear", address=household.address, kilograms=weight)
            )
        return "\n".join(lines)

    def mistakes_in(self, words: str) -> list[Mistake]:
        """What was in the wrong bag, by these words."""
        return [
            Mistake(each.stream, each.item, each.belongs)
            for each in mistakes.read(words, self.search)
        ]

    async def _details(self, drop_off: DropOff) -> list[str]:
        """A line for each weight and each mistake, and for what is odd about it."""
        lines = [
            self.t(
                "drop-off-weight",
                stream=self._bin(part.stream),
                kilograms=kilograms(part.grams),
            )
            for part in await drop_off_tables.parts_of(self.session, drop_off.id)
            if part.grams
        ]
        lines += [
            self._mistake(each.stream, each.item, each.belongs)
            for each in await drop_off_tables.mistakes_of(self.session, drop_off.id)
        ]
        if drop_off.entered_later:
            lines.append(self.t("drop-off-entered-later"))
        if drop_off.window == 0:
            lines.append(self.t("drop-off-not-open"))
        return lines

    async def _mend(self, drop_off_id: int, line: Line, wrong: Sequence[Mistake]) -> Recorded:
        brought = await self.brought(drop_off_id)
        found = found_in(line, brought)
        changed = await self._judge(drop_off_id, line.quality, found, wrong)
        return Recorded(changed, unclear_in(line, brought))

    async def _judge(
        self,
        drop_off_id: int,
        quality: Quality | None,
        found: Sequence[Found],
        wrong: Sequence[Mistake],
    ) -> DropOff:
        return await drop_offs.judge(
            self.session, drop_off_id, self.by, self.civil, self.now,
            quality=quality, found=found, mistakes=wrong,
        )  # fmt: skip

    def _mistakes(self, line: Line | None) -> tuple[Mistake, ...]:
        words = line.words if line else ()
        return tuple(mistake for each in words for mistake in self.mistakes_in(each))

    def _when(self, line: Line | None, at: datetime) -> tuple[datetime, bool]:
        """When it was: the time that a line names, of today and within the shift; else `at`."""
        if line is None or not line.times:
            return at, False
        today = local_time.local_day(self.now, self.civil.zone)
        named = [
            local_time.moment(today, local_time.minute_of(each), self.civil.zone)
            for each in line.times
        ]
        fit = [each for each in named if each <= at and self.shift and self.shift.covers(each)]
        if not fit:
            raise NotThen(at=named[0])
        return fit[-1], True

    def _mistake(self, stream: Stream | None, item: str, belongs: Stream | None) -> str:
        item = item or self.t("drop-off-something")
        said = self.t("drop-off-mistake", item=item)
        if stream:
            said = self.t("drop-off-mistake-in", bag=self._bin(stream), item=item)
        return (
            self.t("drop-off-belongs", mistake=said, bin=self._bin(belongs)) if belongs else said
        )

    def _bin(self, stream: Stream) -> str:
        return self.t(f"stream-{stream}")


def codes_in(photo: bytes) -> list[str]:
    """What the codes in a photo say; none if it is no picture."""
    try:
        return qr.read(photo)
    except NotAPicture:
        return []


def code_in(text: str) -> str:
    """The code in what was scanned: the `start` of a link to a bot, or the text itself."""
    started = parse_qs(urlsplit(text).query).get("start", [])
    return started[0] if started else text


def line_in(words: str) -> Line | None:
    """What words say of a drop-off whose household is known otherwise, such as a caption."""
    batch = batches.parse(EXAMPLE + words) if words.strip() else None
    match batch:
        case Batch(lines=(Line() as line,)):
            return line
    return None


def household_in(words: str) -> Number | Address | None:
    """The household that somebody was asked to name."""
    match batches.parse(words) or batches.parse(words + " 对"):
        case Batch(lines=(Line(household=name),)):
            return name
    return None


def found_in(line: Line | None, brought: Collection[Stream] = ()) -> tuple[Found, ...]:
    """The streams and weights that a line names.

    A weight that names no stream is of the only one that was `brought`; of several, or of none,
    nobody knows what it is of, and it is left out.
    """
    if line is None:
        return ()
    weighed = {
        stream: weight.grams
        for weight in line.weights
        if (stream := weight.stream or _only(brought))
    }
    return (
        *(Found(stream, grams) for stream, grams in weighed.items()),
        *(Found(stream) for stream in line.streams if stream not in weighed),
    )


def unclear_in(line: Line | None, brought: Collection[Stream] = ()) -> int | None:
    """The grams that `found_in` leaves out."""
    if line is None or _only(brought):
        return None
    return next((weight.grams for weight in line.weights if weight.stream is None), None)


def kilograms(grams: int) -> str:
    """Grams as kilograms, with every digit that says something."""
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".")


def _only(brought: Collection[Stream]) -> Stream | None:
    return next(iter(brought)) if len(brought) == 1 else None
