"""Notices reach people: in their language, at a steady pace, and as often as they should."""

import asyncio
import contextlib
import heapq
from bisect import bisect_right
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
from fluent.runtime import FluentResource
from sqlalchemy import select, text

from bot import sender as sending
from bot.failures import Outcome
from bot.lanes import Pace
from bot.playground import Answer, ApiError, Call, ConnectionLost
from bot.rate import Departure, Rate
from handlers.texts import texts
from models import Database, Session, leases, notices
from models.notices import Notice, State
from tests.conftest import Town
from tests.desk import no_time_passes, until
from tests.people import Person

FIRE = "着火了：3 号楼"


@pytest.fixture(autouse=True)
def _words() -> Any:
    """Words for a kind of notice that only tests have."""
    for language, words in (("zh", "着火了"), ("en", "Fire")):
        line = f"notice-fire = {words}：{{ $house }} 号楼"
        texts(language)._bundle.add_resource(FluentResource(line))
    yield
    texts.cache_clear()


async def post(town: Town, *people: Person, house: str = "3", kind: str = "fire") -> None:
    """Something happens in the town, and these people are to hear of it."""
    async with town.database.write() as session:
        about = f"{kind} {house}"
        to = [person.id for person in people]
        await notices.post_all(session, to, kind, about, {"house": house}, town.clock.now)


async def all_notices(town: Town) -> list[Notice]:
    async with town.database.read() as session:
        return list(await session.scalars(select(Notice).order_by(Notice.id)))


async def states(town: Town) -> list[str]:
    return [str(one.state) for one in await all_notices(town)]


class Refuses:
    """Telegram says no to some messages, so many times."""

    def __init__(self, *refusals: Exception, lost: int = 0) -> None:
        self.refusals = list(refusals)
        self.lost = lost
        self.tried = asyncio.Event()

    async def before(self, call: Call) -> None:
        if call.method == "sendmessage":
            self.tried.set()
            if self.refusals:
                raise self.refusals.pop(0)

    async def after(self, call: Call, answer: Answer) -> None:
        if call.method == "sendmessage" and self.lost:
            self.lost -= 1
            raise ConnectionLost


class Held:
    """Messages are held up on their way until somebody lets them go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.let_go = asyncio.Event()

    async def before(self, call: Call) -> None:
        if call.method == "sendmessage":
            self.begun.append(call.text("chat_id"))
            await self.let_go.wait()

    async def after(self, call: Call, answer: Answer) -> None:
        """What was carried out stays so."""


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what goes wrong."""
    monkeypatch.setattr(sending, "LONGEST_WAIT_SECONDS", 0.0)


# Told once, in one's own language.


async def test_a_notice_is_told_at_once_and_once(town: Town, wang: Person) -> None:
    await wang.starts()
    await post(town, wang)
    await post(town, wang)
    await town.settle()

    assert wang.screen[1:] == [FIRE]
    assert await states(town) == ["sent"]


async def test_everybody_hears_it_in_their_own_language(
    town: Town, wang: Person, li: Person
) -> None:
    await wang.starts()
    await li.speaks_english()
    await post(town, wang, li)
    await town.settle()

    assert wang.sees == FIRE
    assert li.sees == "Fire：3 号楼"


async def test_what_is_not_due_yet_is_told_when_it_is(town: Town, wang: Person) -> None:
    await wang.starts()
    async with town.database.write() as session:
        later = town.clock.now.replace(hour=20)
        fields = {"house": "3"}
        await notices.post(session, wang.id, "fire", "a", fields, town.clock.now, due_at=later)
    await town.settle()
    assert len(wang.screen) == 1

    town.clock.passes(hours=13)
    await town.settle()
    assert wang.sees == FIRE


async def test_what_came_too_late_is_not_told(town: Town, wang: Person) -> None:
    await wang.starts()
    await town.closes()
    now = town.clock.now
    async with town.database.write() as session:
        late = now.replace(minute=31)
        await notices.post(session, wang.id, "fire", "a", {"house": "3"}, now, until=late)
    town.clock.passes(minutes=1)
    await town.opens()
    await town.settle()

    assert len(wang.screen) == 1
    assert await states(town) == ["expired"]


async def test_notices_to_one_person_come_in_order(town: Town, wang: Person) -> None:
    await wang.starts()
    await town.closes()
    for house in "123456789":
        await post(town, wang, house=house)
    await town.opens()
    await town.settle()

    assert wang.screen[1:] == [f"着火了：{house} 号楼" for house in "123456789"]


# Those who are gone.


async def test_who_blocks_the_bot_is_noted_and_hears_the_next_one_when_back(
    town: Town, wang: Person
) -> None:
    await wang.starts()
    await town.closes()
    wang.account.block()
    town.playground.world.updates.forget()
    await post(town, wang)
    await town.opens()
    await town.settle()
    assert await states(town) == ["blocked"]
    town.playground.refused.clear()

    await post(town, wang, house="4")
    await town.settle()
    assert town.playground.refused == []
    assert await states(town) == ["blocked", "blocked"]

    await wang.unblocks()
    await wang.starts()
    await post(town, wang, house="5")
    await town.settle()
    assert wang.sees == "着火了：5 号楼"


# What goes wrong.


async def test_a_notice_that_did_not_leave_is_told_later_and_not_as_a_repeat(
    town: Town, wang: Person
) -> None:
    await wang.starts()
    town.playground.hook = Refuses(ApiError(401, "Unauthorized"), ApiError(409, "Conflict"))
    await post(town, wang)
    await town.settle()

    assert wang.screen[1:] == [FIRE]
    assert not (await all_notices(town))[0].repeated
    town.playground.refused.clear()


async def test_a_notice_that_may_have_left_is_told_once_more_and_says_so(
    town: Town, wang: Person
) -> None:
    await wang.starts()
    town.playground.hook = Refuses(lost=1)
    await post(town, wang)
    await town.settle()

    assert wang.screen[1:] == [FIRE, f"（重发）\n{FIRE}"]
    assert await states(town) == ["sent"]


async def test_when_nobody_knows_of_the_second_either_it_ends_so(town: Town, wang: Person) -> None:
    await wang.starts()
    town.playground.hook = Refuses(lost=9)
    await post(town, wang)
    await town.settle()

    assert len(wang.screen[1:]) == 2
    (notice,) = await all_notices(town)
    assert notice.state == State.UNKNOWN
    assert "ServerDisconnectedError" in (notice.note or "")


async def test_if_unknown_ones_were_sent_again_blindly_people_would_hear_them_again_and_again(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.starts()
    blindly = {Outcome.UNKNOWN: State.WAITING}
    monkeypatch.setattr("bot.delivery._STATES", {Outcome.SENT: State.SENT} | blindly)
    town.playground.hook = Refuses(lost=5)
    await post(town, wang)
    await town.settle()

    assert wang.screen[1:] == [FIRE] * 6


async def test_a_kind_without_words_fails_and_the_others_are_told(
    town: Town, wang: Person
) -> None:
    await wang.starts()
    await post(town, wang, kind="nobody-wrote-this")
    await post(town, wang)
    await town.settle()

    assert wang.screen[1:] == [FIRE]
    failed, sent = await all_notices(town)
    assert (failed.state, sent.state) == (State.FAILED, State.SENT)
    assert "Traceback" in (failed.note or "")


async def test_a_group_that_moved_hears_it_where_it_is_now(town: Town, wang: Person) -> None:
    group = town.playground.group("三号楼", [wang.account])
    moved = ApiError(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": group.id})
    town.playground.hook = Refuses(moved)
    async with town.database.write() as session:
        await notices.post(session, -7, "fire", "fire", {"house": "3"}, town.clock.now)
    await town.settle()

    assert wang.in_group(group).sees == FIRE
    town.playground.refused.clear()


async def test_while_telegram_asks_for_a_pause_nothing_is_tried(town: Town, wang: Person) -> None:
    await wang.starts()
    refuses = town.playground.hook = Refuses(
        ApiError(429, "Too Many Requests: retry after 600", {"retry_after": 600})
    )
    await post(town, wang)
    await until(lambda: not refuses.refusals and not town.app.sender._in_hand)
    refuses.tried.clear()
    town.app.sender.wake()
    await until(iter([*[False] * 200, True]).__next__)
    assert not refuses.tried.is_set()
    assert await states(town) == ["waiting"]

    town.clock.passes(seconds=600)
    await town.settle()
    assert wang.screen[1:] == [FIRE]
    town.playground.refused.clear()


class LostCommits:
    """Commits happen, but whoever made them does not hear so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, state: State, times: int = 1) -> None:
        self.times = times
        write = Database.write

        @contextlib.asynccontextmanager
        async def unheard(database: Database) -> AsyncIterator[Session]:
            async with write(database) as session:
                yield session
                found = await notices.counts(session)
            if found.get(state) and self.times:
                self.times -= 1
                raise ConnectionResetError

        monkeypatch.setattr(Database, "write", unheard)


@pytest.mark.parametrize("state", [State.SENDING, State.SENT])
async def test_a_commit_of_which_the_sender_did_not_hear_loses_and_repeats_nothing(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch, state: State
) -> None:
    await wang.starts()
    monkeypatch.setattr(sending.Sender, "_pause", no_time_passes)
    lost = LostCommits(monkeypatch, state)
    await post(town, wang)
    await town.settle()

    assert lost.times == 0
    assert wang.screen[1:] == [FIRE]
    assert await states(town) == ["sent"]


async def test_what_another_process_posts_is_found(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.starts()
    await town.closes()
    monkeypatch.setattr(sending, "POLL_SECONDS", 0.01)
    await town.opens()
    other = Database(town.database.url.render_as_string(hide_password=False))
    async with other.write() as session:
        about = "posted elsewhere"
        await notices.post(session, wang.id, "fire", about, {"house": "3"}, town.clock.now)
    await other.close()

    await until(lambda: wang.sees == FIRE)
    assert wang.screen[1:] == [FIRE]


# How fast.


def test_notices_leave_evenly_and_after_a_rest_at_half_the_pace_for_a_second() -> None:
    rate = Rate(25)

    places = [round(rate.place(now=100.0), 3) for _ in range(17)]
    assert places[:4] == [0, 0.06, 0.14, 0.22]
    assert places[-4:] == [1.02, 1.06, 1.1, 1.14]
    assert rate.place(now=160.0) == 0


async def test_those_that_fail_together_are_one_failure(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LONGEST_WAIT_SECONDS", 20.0)
    sender, now = town.app.sender, asyncio.get_running_loop().time()
    for _ in range(200):
        sender._learn(Outcome.NOT_SENT)

    assert sender._failures == 1
    assert sender._try_at < now + 1
    sender._try_at = now
    sender._learn(Outcome.NOT_SENT)
    assert sender._failures == 2
    sender._try_at = now


def test_in_no_second_more_leave_than_may() -> None:
    rate, now, left = Rate(25), 0.0, []
    for number in range(1000):
        now += 0.9 if number % 100 == 0 else 0.001
        left.append(now + rate.place(now))

    assert max(sum(start <= at < start + 1 for at in left) for start in left) <= 27


def sent(per_second: int, stalls: str) -> tuple[int, float]:
    """Twenty seconds in each of which nothing moves somewhere for 60 ms, and then comes at once.

    How many arrived in the fullest second, and how many in one on average.
    """
    rate, chance, now = Rate(per_second), Random(7), 0.0
    arrived: list[float] = []
    coming: list[tuple[float, int, Departure]] = []

    def held_up(place: str, at: float) -> float:
        return max(at, int(at) + 0.06) if place == stalls else at

    for number in range(20 * per_second):
        now = held_up("before it leaves", now + rate.place(now))
        departure = None
        while departure is None:
            while coming and coming[0][0] <= now:
                heard, _, before = heapq.heappop(coming)
                rate.heard(before, heard)
            departure = rate.leave(now)
            now += 0 if departure else rate.wait(now)
        at = held_up("on its way", now + 0.01 + chance.uniform(0, 0.003))
        arrived.append(at)
        heard = held_up("when we hear of it", at + 0.02 + chance.uniform(0, 0.003))
        heapq.heappush(coming, (heard, number, departure))

    arrived.sort()
    fullest = max(index - bisect_right(arrived, at - 1) for index, at in enumerate(arrived, 1))
    steady = [at for at in arrived if at > 2]
    return fullest, len(steady) / (steady[-1] - steady[0])


@pytest.mark.parametrize("stalls", ["before it leaves", "on its way", "when we hear of it"])
@pytest.mark.parametrize(
    ("per_second", "allowed", "least"), [(29, 30, 0.97), (980, 1000, 0.95)], ids=["free", "paid"]
)
def test_whatever_is_held_up_makes_no_second_too_full(
    per_second: int, allowed: int, least: float, stalls: str
) -> None:
    fullest, average = sent(per_second, stalls)

    assert fullest <= allowed
    assert average > least * per_second


def test_if_only_departures_counted_a_second_would_be_too_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def heard(_: Rate, departure: Departure, __: float) -> None:
        departure.at_latest = departure.at

    monkeypatch.setattr(Rate, "heard", heard)
    assert sent(980, "on its way")[0] > 1000


def test_one_that_never_answers_takes_one_place_and_no_more() -> None:
    rate = Rate(25)
    hangs, now, left = rate.leave(0.0), 0.0, 1
    assert hangs
    while now < 10:
        now += 0.001
        if departure := rate.leave(now):
            rate.heard(departure, now)
            left += 1

    assert left == 25 + 9 * 24


async def test_no_more_are_on_their_way_at_once_than_may_get_lost(town: Town) -> None:
    people = [town.person(str(number)) for number in range(12)]
    for person in people:
        await person.starts()
    held = town.playground.hook = Held()
    await post(town, *people)
    await until(lambda: len(held.begun) == 5)
    await until(iter([*[False] * 100, True]).__next__)
    assert len(held.begun) == 5
    assert (await states(town)).count("sending") == 5

    held.let_go.set()
    await town.settle()
    assert await states(town) == ["sent"] * 12


async def test_one_who_has_heard_much_in_a_second_rests_while_others_are_told(
    town: Town, wang: Person, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pace, "SECONDS", 1.0)
    await wang.starts()
    await li.starts()
    for _ in range(30):
        town.app.sender._deliveries._pace.note(wang.id, asyncio.get_running_loop().time())
    await post(town, wang)
    await post(town, li, house="4")
    await until(lambda: li.sees == "着火了：4 号楼")

    assert len(wang.screen) == 1
    town.app.sender._deliveries._pace._full_at.clear()
    town.app.sender._resting.clear()
    await town.settle()
    assert wang.sees == FIRE


# Stopped, killed, asleep.


async def test_a_stop_finishes_what_is_in_the_air_and_leaves_the_rest_waiting(
    town: Town,
) -> None:
    people = [town.person(str(number)) for number in range(8)]
    for person in people:
        await person.starts()
    held = town.playground.hook = Held()
    await post(town, *people)
    await until(lambda: len(held.begun) == 5)
    closing = asyncio.create_task(town.closes())
    await until(town.app.sender._stopping.is_set)
    held.let_go.set()
    await closing
    assert sorted(await states(town)) == ["sent"] * 5 + ["waiting"] * 3
    assert not any(one.repeated for one in await all_notices(town))

    await town.opens()
    await town.settle()
    assert all(person.screen[1:] == [FIRE] for person in people)


async def test_what_is_in_the_air_for_too_long_at_a_stop_comes_as_a_repeat(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "STOP_SECONDS", 0.01)
    await wang.starts()
    held = town.playground.hook = Held()
    await post(town, wang)
    await until(lambda: held.begun)
    await town.closes()
    (notice,) = await all_notices(town)
    assert (notice.state, notice.repeated) == (State.WAITING, True)

    town.playground.hook = None
    await town.opens()
    await town.settle()
    assert wang.sees == f"（重发）\n{FIRE}"


async def test_after_a_kill_what_was_in_hand_comes_as_a_repeat(town: Town, wang: Person) -> None:
    await wang.starts()
    await town.closes()
    await post(town, wang)
    async with town.database.write() as session:
        fence = await leases.take(session, "sender", "a process that was killed")
        assert fence
        assert await notices.claim(session, fence, 5, town.clock.now)
    await town.opens()
    await town.settle()

    assert wang.screen[1:] == [f"（重发）\n{FIRE}"]


async def test_a_sender_that_slept_too_long_sends_nothing_of_what_it_had_taken(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.starts()
    may_leave = town.app.sender._may_leave
    asked = []

    def after_a_sleep(fence: int | None) -> bool:
        if not asked:
            town.app.sender._renewed_at -= sending.FRESH_SECONDS
        asked.append(may_leave(fence))
        return asked[-1]

    monkeypatch.setattr(town.app.sender, "_may_leave", after_a_sleep)
    await post(town, wang)
    await town.settle()

    assert asked == [False, True]
    assert wang.screen[1:] == [FIRE]


async def test_without_the_look_at_its_lease_it_would_send_what_another_may_be_sending(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.starts()
    monkeypatch.setattr(sending, "FRESH_SECONDS", float("inf"))
    town.app.sender._renewed_at -= 1000

    assert town.app.sender._may_leave(town.app.sender._fence)


@contextlib.asynccontextmanager
async def replaced(town: Town, people: list[Person]) -> AsyncIterator[None]:
    """While the notices are in the air, another process takes over and sends them all."""
    held = town.playground.hook = Held()
    await post(town, *people)
    await until(lambda: len(held.begun) == len(people))
    async with town.database.write() as session:
        await session.execute(text("UPDATE leases SET fence = 99, holder = 'another'"))
        await notices.recover(session, 99, town.clock.now)
        await notices.claim(session, 99, 5, town.clock.now)
    yield
    held.let_go.set()


async def test_a_sender_that_was_replaced_marks_nothing(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.starts()
    monkeypatch.setattr(sending.Sender, "_take_over", _never)
    async with replaced(town, [wang]):
        pass
    await until(lambda: town.app.sender._fence is None)

    (notice,) = await all_notices(town)
    assert (notice.state, notice.claim, notice.repeated) == (State.SENDING, 99, True)


async def _never(*_: object) -> bool:
    return False
