"""What all ways of recording a drop-off share: who is meant, what was said of it, how it shows."""

from collections.abc import Awaitable, Callable, Sequence
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
from models import Refusal, Session, codes, drop_offs, households, roles
from models.drop_offs import AlreadyRecorded, DropOff, Found, Mistake, NotThen, Report, Volunteer
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
class Recorder:
    """Records for one volunteer, in one transaction."""

    session: Session
    t: Texts
    civil: Civil
    now: datetime
    search: Search
    by: Volunteer
    shift: Shift | None

    async def scanned(self, code: str) -> Household:
        """The household that a code names."""
        named = await codes.read(self.session, code)
        if named.kind is not codes.Kind.HOUSEHOLD:
            raise codes.NotOurCode
        return await households.by_token(self.session, named.token)

    async def named(self, name: Number | Address) -> Household:
        """The household that a number or an address names, among those of the volunteer."""
        places = roles.places(self.by.roles, Role.VOLUNTEER)
        return await households.called(self.session, places, name)

    async def record(
        self, household: Household, at: datetime, line: Line | None = None
    ) -> DropOff:
        """Record a drop-off, as a line tells of it.

        A line about what was just recorded that says more mends it: nobody has to look for the
        button.
        """
        quality = (line and line.quality) or Quality.RIGHT
        found, wrong = found_in(line), self._mistakes(line)
        moment, entered_later = self._when(line, at)
        report = Report(moment, quality, found, wrong, entered_later)
        try:
            return await drop_offs.record(
                self.session, household.id, self.by, report, self.civil, self.now
            )
        except AlreadyRecorded as already:
            if line is None or line.quality is None:
                raise
            try:
                return await self._judge(
                    int(str(already.values["drop_off"])), line.quality, found, wrong
                )
            except Refusal:
                raise already from None

    async def record_lines(self, batch: Batch, at: datetime) -> list[DropOff | str]:
        """Record what can be recorded of a batch; what is wrong with each of the other lines."""
        said: list[DropOff | str] = []
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

    async def show(self, drop_off: DropOff, *, in_short: bool = False) -> str:
        """How it stands now: who, when, how well, how many points."""
        household = await self.session.get_one(Household, drop_off.household_id)
        shown = self.t(
            "drop-off-shown",
            address=household.address,
            at=drop_off.at.astimezone(self.civil.zone),
            quality="withdrawn" if drop_off.voided_at else str(drop_off.quality),
            points=drop_off.points,
        )
        if in_short:
            return shown
        wrong = await drop_offs.mistakes_of(self.session, drop_off.id)
        parts = await drop_offs.parts_of(self.session, drop_off.id)
        lines = [shown]
        lines += [
            self.t(
                "drop-off-weight",
                stream=self._bin(part.stream),
                kilograms=_kilograms(part.grams),
            )
            for part in parts
            if part.grams
        ]
        lines += [self._mistake(each.stream, each.item, each.belongs) for each in wrong]
        if drop_off.entered_later:
            lines.append(self.t("drop-off-entered-later"))
        if drop_off.window == 0:
            lines.append(self.t("drop-off-not-open"))
        return "\n".join(lines)

    def mistakes_in(self, words: str) -> list[Mistake]:
        """What was in the wrong bag, by these words."""
        return [
            Mistake(each.stream, each.item, each.belongs)
            for each in mistakes.read(words, self.search)
        ]

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


def found_in(line: Line | None) -> tuple[Found, ...]:
    """The streams and weights that a line names."""
    if line is None:
        return ()
    weighed = {weight.stream: weight.grams for weight in line.weights}
    return (
        *(Found(stream or Stream.RESIDUAL, grams) for stream, grams in weighed.items()),
        *(Found(stream) for stream in line.streams if stream not in weighed),
    )


def _kilograms(grams: int) -> str:
    return f"{grams / 1000:.2f}".rstrip("0").rstrip(".")
