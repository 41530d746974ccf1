"""What the crew sees of its round: the sheet, a pickup, and what can be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers import homes, refusals, sheets
from handlers.attending import FIRST_DAY, LAST_DAY, Desk, Shown
from handlers.buttons import LARGEST_ID, Choices, column, grid, stacked
from knowledge.rounds import BadLine, Line, Result, Why
from models import Refusal, pickup_rounds, pickups, steps
from models.pickup_rounds import Outcome, Stop
from models.pickups import CLOSED, STEPS, Act, NotYourPickup, Pickup, State

WHY = "run-why"
"""The step in which the crew says in own words why something was not taken."""

STEP_MINUTES = 30
ACROSS = 4

ONE_DAY = timedelta(days=1)


class Sheet(CallbackData, prefix="run"):
    """Show this page of a day's sheet."""

    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)
    """Its ordinal."""
    page: int = Field(default=0, ge=0, le=9999)


class Look(CallbackData, prefix="stop"):
    """Show this pickup."""

    pickup: int = Field(ge=1, le=LARGEST_ID)


class Went(CallbackData, prefix="went"):
    """So it went."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    result: Result


class Because(CallbackData, prefix="because"):
    """It was not taken, for this reason."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    why: Why


class Picture(CallbackData, prefix="runphoto"):
    """Show a photo of what is to be collected."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    number: int = Field(ge=0, le=99)


@dataclass(frozen=True, slots=True)
class Tour(Desk):
    """A round as one of the crew sees it."""

    async def stops(self, day: date) -> Sequence[Stop]:
        """The sheet of a day."""
        return await pickup_rounds.sheet(self.session, self.by, day, self.civil, self.now)

    async def sheet(self, day: date, page: int | None = None) -> Shown:
        """A page of a day's sheet; the one where it goes on, if none is named."""
        stops = await self.stops(day)
        last = max(0, (len(stops) - 1) // sheets.PAGE)
        page = sheets.first_open(stops) if page is None else min(page, last)
        text = sheets.sheet(stops, page, day, self.today, self.t)
        shown = stops[page * sheets.PAGE : (page + 1) * sheets.PAGE]
        numbers = [
            (
                self.t("button-run-number", number=stop.number, state=stop.pickup.state),
                Look(pickup=stop.pickup.id),
            )
            for stop in shown
        ]
        pages = self._pages(day, page, last)
        return text, stacked((numbers, ACROSS), (pages, 2), (self._days(day), 2))

    async def stop(self, pickup_id: int) -> Shown:
        """A pickup, and what can be said of it."""
        stop, stops = await self._find(pickup_id)
        text = sheets.stop_text(stop, self.civil.zone, self.t)
        pickup = stop.pickup
        ways = self._ways(stops, pickup)
        return text, column([*self._outcomes(pickup), *self._pictures(pickup), *ways])

    async def why(self, pickup_id: int, photo: str | None = None) -> Shown:
        """The reasons for which a pickup may not be taken; or the next words say it.

        `photo`: what was sent with it already.
        """
        stop, _ = await self._find(pickup_id)
        until = self.now + timedelta(minutes=STEP_MINUTES)
        known = {"pickup": pickup_id, "photo": photo}
        await steps.open_(self.session, self.by.resident_id, WHY, known, until)
        reasons = [
            (self.t("run-why", why=why), Because(pickup=pickup_id, why=why))
            for why in Why
            if why is not Why.OTHER
        ]
        back = (self.t("button-back"), Look(pickup=pickup_id))
        text = self.t("run-why-ask", number=stop.number, address=stop.address)
        return text, grid(reasons, 2, [back])

    async def went(
        self,
        pickup_id: int,
        result: Result,
        why: Why | None = None,
        words: str = "",
        photo: str | None = None,
    ) -> int:
        """Write down how it went with this pickup."""
        if result is Result.REOPEN:
            await pickup_rounds.reopen(self.session, pickup_id, self.by, self.civil, self.now)
        else:
            outcome = Outcome(State(result), why, words, photo)
            await pickup_rounds.close(
                self.session, pickup_id, self.by, outcome, self.civil, self.now
            )
        return pickup_id

    async def report(self, lines: Sequence[Line | BadLine], day: date, photo: str | None) -> Shown:
        """Write down what each line says; what is wrong with one spoils no other."""
        await self.stops(day)  # whoever has not looked at the sheet means its numbers all the same
        match lines:
            case [Line(result=Result.NOT_ACCEPTED, why=None) as line]:
                named = await pickup_rounds.numbered(self.session, self.by, line.number, day)
                if named.state == State.BOOKED:
                    return await self.why(named.id, photo)
        # In the order of the sheet, in which others lock these households, too.
        ordered = sorted(lines, key=lambda line: line.number if isinstance(line, Line) else 0)
        said = [await self._carry_out(line, day, photo) for line in ordered]
        stops = await self.stops(day)
        by_id = {stop.pickup.id: stop for stop in stops}
        words = [each if isinstance(each, str) else self._short(by_id[each]) for each in said]
        text = "\n".join([*words, self.t("run-left", open=len(sheets.open_ones(stops)))])
        match said:
            case [int(pickup_id)]:
                pickup = by_id[pickup_id].pickup
                choices = [*self._outcomes(pickup), *self._ways(stops, pickup)]
            case _:
                sheet = (self.t("button-run-sheet"), Sheet(day=day.toordinal()))
                choices = [*self._unexplained(lines, stops), sheet]
        return text, column(choices)

    def _unexplained(self, lines: Sequence[Line | BadLine], stops: Sequence[Stop]) -> Choices:
        """What was not taken, and nobody has said why."""
        numbers = {
            line.number for line in lines if isinstance(line, Line)
            if line.result is Result.NOT_ACCEPTED and line.why is None
        }  # fmt: skip
        return [
            (
                self.t("button-run-unexplained", number=stop.number),
                Went(pickup=stop.pickup.id, result=Result.NOT_ACCEPTED),
            )
            for stop in sheets.open_ones(stops)
            if stop.number in numbers
        ]

    async def _carry_out(self, line: Line | BadLine, day: date, photo: str | None) -> int | str:
        """The pickup that a line was about; or why nothing was written down."""
        if isinstance(line, BadLine):
            return self.t("run-line-bad", line=homes.tame(line.text))
        try:
            async with self.session.begin_nested():
                named = await pickup_rounds.numbered(self.session, self.by, line.number, day)
                return await self.went(named.id, line.result, line.why, line.words, photo)
        except Refusal as refusal:
            why = refusals.words(refusal, self.t, self.civil.zone)
            return self.t("run-line-refused", number=line.number, why=why)

    def _short(self, stop: Stop) -> str:
        """How it went, in a line."""
        pickup = stop.pickup
        said = self.t("run-result", number=stop.number, address=stop.address, state=pickup.state)
        # What was written down before this moment was there already.
        if pickup.closed_at is None or pickup.closed_at == self.now:
            return said
        return self.t("run-already", said=said, at=self.local(pickup.closed_at))

    async def _find(self, pickup_id: int) -> tuple[Stop, Sequence[Stop]]:
        """A pickup on its sheet, and the sheet."""
        pickup = await pickups.by_id(self.session, pickup_id, self.by)
        stops = await self.stops(pickup.day)
        for stop in stops:
            if stop.pickup.id == pickup_id:
                return stop, stops
        raise NotYourPickup

    def _outcomes(self, pickup: Pickup) -> Choices:
        """What the crew may say of it now."""
        acts = STEPS[State(pickup.state)]
        if pickup.day > self.today or not acts.keys() & {Act.COLLECT, Act.REOPEN}:
            return []
        if pickup.state in CLOSED:
            again = (self.t("button-run-reopen"), Went(pickup=pickup.id, result=Result.REOPEN))
            return [again]
        results = (Result.DONE, Result.NOTHING_OUT, Result.NOT_ACCEPTED)
        return [
            (self.t("button-run", result=result), Went(pickup=pickup.id, result=result))
            for result in results
        ]

    def _pictures(self, pickup: Pickup) -> Choices:
        return [
            (
                self.t("button-run-photo", number=number + 1),
                Picture(pickup=pickup.id, number=number),
            )
            for number in range(len(pickup.photos))
        ]

    def _ways(self, stops: Sequence[Stop], pickup: Pickup) -> Choices:
        """Where one goes from a pickup: to the next, and to the page of the sheet."""
        ids = [stop.pickup.id for stop in stops]
        page = ids.index(pickup.id) // sheets.PAGE
        sheet = (self.t("button-run-sheet"), Sheet(day=pickup.day.toordinal(), page=page))
        coming = sheets.next_after(stops, pickup.id)
        if pickup.day > self.today or coming is None or coming.pickup.id == pickup.id:
            return [sheet]
        label = self.t("button-run-next", number=coming.number, address=coming.address)
        return [(label, Look(pickup=coming.pickup.id)), sheet]

    def _pages(self, day: date, page: int, last: int) -> Choices:
        """The pages before and after."""
        others = (("button-run-before", page - 1), ("button-run-more", page + 1))
        return [
            (self.t(label), Sheet(day=day.toordinal(), page=other))
            for label, other in others
            if 0 <= other <= last
        ]

    def _days(self, day: date) -> Choices:
        """The days before and after."""
        return [
            (self.t("button-run-day", day=other), Sheet(day=other.toordinal()))
            for other in (day - ONE_DAY, day + ONE_DAY)
            if FIRST_DAY <= other.toordinal() <= LAST_DAY
        ]
