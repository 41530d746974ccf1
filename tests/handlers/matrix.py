"""The role matrix: every handler, how it is asked, and who may.

A row is red for somebody who may and is not heard, and for anybody else who changes anything.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from aiogram.filters.callback_data import CallbackData

from handlers.addresses import Browse, Home, NotNow
from handlers.assisting import CallOffFor, ChangeFor, NewFor
from handlers.broadcast_drafts import Do, Draft, Run, Sample, Second
from handlers.broadcast_drafts import Look as LookAtBroadcast
from handlers.broadcasts import BUTTON, TEXT, TIME, CastHere, CastIn
from handlers.bulky import Book, Bring, CallOff, Change, Mine, Show, StillThere
from handlers.cases import MORE as CASE_MORE
from handlers.casework import MyCase, MyCases, Problem, Settled, Still, Talk, WriteOn
from handlers.collections import View, When, WhenAt
from handlers.disputes import NOTE, Again, Disputes, Judge, Photo, Taken
from handlers.drafts import (
    Clear,
    Confirm,
    Count,
    Day,
    Drop,
    Floor,
    Go,
    Lift,
    Page,
    PutOut,
    Spot,
)
from handlers.drop_offs import MISTAKE, MOVE, WEIGH, Fix, Mixed
from handlers.groups import Belongs
from handlers.homes import Admit, BookFor, Join, Open, Settle
from handlers.hours import HoursAt, HoursBack, HoursIn, HoursOf, HoursOn, HoursTo
from handlers.households import Remove, Sure, Want, Wanted
from handlers.inbox import ANSWER as INBOX_ANSWER
from handlers.inbox import WHY as INBOX_WHY
from handlers.inbox import Answer as AnswerCase
from handlers.inbox import CaseFile, End, Inbox, OpenCase, Seen, Take
from handlers.invitations import InviteAnew, InviteAs, InviteHere
from handlers.joining import Ask, UseSlip
from handlers.lessons import STEP as ALIAS
from handlers.lessons import Lessons, Look, TypeName
from handlers.places import Near, OnMap, Remind
from handlers.planning import (
    PLACES,
    REASON,
    Areas,
    Carry,
    Days,
    Enough,
    Export,
    InWords,
    Move,
    MoveTo,
    OpenAgain,
    Reason,
)
from handlers.planning import Day as PlannedDay
from handlers.points import Turn
from handlers.problems import DETAILS as PROBLEM_DETAILS
from handlers.problems import PLACE as PROBLEM_PLACE
from handlers.problems import ProblemAt, ProblemIn, ProblemOf
from handlers.problems import Report as ReportProblem
from handlers.quizzes import Again as PlayAgain
from handlers.quizzes import Choice
from handlers.registry import Expel, HandOut, Renew
from handlers.reminded import Answer, Reminded
from handlers.reminders import Before, Pause
from handlers.reminders import Choose as Reminding
from handlers.reminders import Want as Reminders
from handlers.repeat_drafts import BUTTON as REPEAT_BUTTON
from handlers.repeat_drafts import TEXT as REPEAT_TEXT
from handlers.repeat_drafts import TIME as REPEAT_TIME
from handlers.repeat_drafts import UNTIL, WHEN, RepeatHere
from handlers.repeat_words import (
    Agree,
    Alter,
    At,
    Pick,
    Picked,
    Plan,
    Put,
    RepeatIn,
    Repeats,
    SampleOf,
    See,
)
from handlers.repeat_words import Days as DaysOf
from handlers.repeat_words import Do as Does
from handlers.repeat_words import (
    Turn as TurnRepeat,
)
from handlers.roles import People, Revoke
from handlers.settlements import STEP as PASS_ON
from handlers.settlements import Close, PassOn, Target
from handlers.sorting import Bins, Choose, Wrong
from handlers.start import Speak
from handlers.talking import MESSAGE as CASE_MESSAGE
from handlers.teaching import Consider, Teach, Undo, Unknowns
from handlers.touring import WHY as RUN_WHY
from handlers.touring import Because, Picture, Sheet, Went
from handlers.touring import Look as LookAt
from knowledge.cases import Act, Kind
from knowledge.lessons import Says
from knowledge.repetitions import OnHoliday
from knowledge.rounds import Result
from knowledge.rounds import Why as NotTaken
from knowledge.streams import Stream
from models.areas import EVERYWHERE
from models.audiences import Audience
from models.roles import Role
from models.settlements import Why
from tests.handlers.neighbourhood import (
    EMPTY,
    HOME,
    LATER,
    LEFT,
    MOON,
    TODAY,
    TOMORROW,
    Neighbourhood,
    Who,
)

Acts = Callable[[Neighbourhood, Who], Awaitable[None]]
Data = Callable[[Neighbourhood, Who], CallbackData]
People_ = frozenset[Who]


@dataclass(frozen=True, slots=True)
class Row:
    """A handler, one way to ask it, and who may."""

    handler: str
    act: Acts
    may: People_
    changes: str = ""
    """The table in which the effect shows; empty if it only tells something."""
    told: People_ = frozenset()
    """Who is answered by this handler, too, but changes nothing."""
    data: Data | None = None
    """What the button says, if it is one."""
    asked: str = ""
    """The step that is open: the bot has asked everybody for these words."""
    silent: bool = False
    """Whether it is meant to say nothing."""


def says(words: str | Callable[[Neighbourhood], str]) -> Acts:
    async def act(here: Neighbourhood, who: Who) -> None:
        await here.people[who].says(words if isinstance(words, str) else words(here))

    return act


def scans(code: Callable[[Neighbourhood], str]) -> Acts:
    async def act(here: Neighbourhood, who: Who) -> None:
        await here.people[who].starts(code(here))

    return act


def sends(**content: object) -> Acts:
    async def act(here: Neighbourhood, who: Who) -> None:
        await here.people[who].sends(content)

    return act


def pressed(
    handler: str,
    data: Data,
    may: People_,
    changes: str = "",
    told: People_ = frozenset(),
) -> Row:
    async def act(here: Neighbourhood, who: Who) -> None:
        await here.presses(who, data(here, who).pack())

    return Row(handler, act, may, changes, told, data)


async def _photo(here: Neighbourhood, who: Who) -> None:
    await here.people[who].sends_photo(here.picture(HOME))


async def _location(here: Neighbourhood, who: Who) -> None:
    await here.people[who].sends_location(31.2, 121.5)


async def _blocks(here: Neighbourhood, who: Who) -> None:
    await here.people[who].blocks()
    await here.people[who].unblocks()


async def _searches(here: Neighbourhood, who: Who) -> None:
    await here.people[who].searches("香蕉皮")


async def _posts_a_card(here: Neighbourhood, who: Who) -> None:
    await here.people[who].searches("香蕉皮")
    await here.town.settle()
    await here.people[who].chooses(here.people[who].results[0])


async def _brings_in(here: Neighbourhood, who: Who) -> None:
    group = here.town.playground.group("业主群", [here.people[who].account])
    here.people[who].account.brings_in(group)
    await here.settle()


async def _links(here: Neighbourhood, who: Who) -> None:
    person = here.people[who]
    group = here.town.playground.group("业主群", [person.account])
    await person.in_group(group).says("/link 阳光花园")


async def _moves(here: Neighbourhood, who: Who) -> None:
    person, world = here.people[who], here.town.playground.world
    here.town.playground.world.updates.add(
        "message",
        {
            "message_id": world.next_message_id(person.chat), "from": person.account.about,
            "chat": {"id": here.group, "type": "group", "title": "业主群"}, "date": world.now,
            "migrate_to_chat_id": here.group - 1,
        },
    )  # fmt: skip
    await here.settle()


async def _forged(here: Neighbourhood, who: Who) -> None:
    await here.presses(who, "from another bot")


def _own(here: Neighbourhood, who: Who) -> int:
    """The own membership; who has none sends somebody else's."""
    return here.memberships.get(who, here.memberships[Who.ADULT])


EVERYBODY = frozenset(Who)
RESIDENTS = frozenset({Who.ADULT, Who.CHILD, Who.RETURNED, Who.NEIGHBOUR})
AT_HOME = RESIDENTS - {Who.NEIGHBOUR}
ADULTS = AT_HOME - {Who.CHILD}
HOMELESS = EVERYBODY - RESIDENTS
"""Who lives in no household that the bot knows of."""
ON_SHIFT = frozenset({Who.ON_SHIFT})
ELSEWHERE = frozenset({Who.ON_SHIFT_ELSEWHERE})
VOLUNTEERS = frozenset({Who.ON_SHIFT, Who.OFF_SHIFT, Who.ON_SHIFT_ELSEWHERE})
STAFF = frozenset({Who.STAFF, Who.ADMIN})
ANY_STAFF = STAFF | {Who.STAFF_ELSEWHERE}
ADMIN = frozenset({Who.ADMIN})
CREW = STAFF | {Who.CREW}
ANY_CREW = frozenset({Who.CREW, Who.CREW_ELSEWHERE})
NOBODY: People_ = frozenset()
MAY_ASK = frozenset({Who.STRANGER, Who.RELIEVED, Who.STAFF_ELSEWHERE}) | ANY_CREW
"""To whom somebody's door card says: ask to join."""


def _card(here: Neighbourhood) -> str:
    return here.cards[HOME]


def _number(here: Neighbourhood) -> str:
    return here.numbers[HOME]


SHIFTS = (
    Row("shifts.begin_at_sign", scans(lambda h: h.sign), frozenset({Who.OFF_SHIFT}), "shifts",
        told=ON_SHIFT),
    Row("shifts.show_station", scans(lambda h: h.sign), EVERYBODY - VOLUNTEERS),
    Row("shifts.status", says("/shift"), EVERYBODY),
    Row("shifts.begin_near", _location, frozenset({Who.OFF_SHIFT}), "shifts", told=ON_SHIFT),
    Row("shifts.end", says("🏁 下班"), ON_SHIFT | ELSEWHERE, "shifts"),
    Row("shifts.end", says("下班"), ON_SHIFT | ELSEWHERE, "shifts"),
    Row("shifts.take_over", says("🤝 接班"), ON_SHIFT, "shifts", told=ELSEWHERE),
)  # fmt: skip

DROP_OFFS = (
    Row("drop_offs.record_scanned", scans(_card), ON_SHIFT, "drop_offs"),
    Row("drop_offs.begin_first", scans(_card), frozenset({Who.OFF_SHIFT})),
    Row("drop_offs.record_batch", says("3-1-502 对"), ON_SHIFT, "drop_offs", told=ELSEWHERE),
    Row("drop_offs.record_batch", says(_number), ON_SHIFT, "drop_offs", told=ELSEWHERE),
    Row("drop_offs.record_photo", _photo, ON_SHIFT, "drop_offs"),
    Row("drop_offs.judge_last", says("🟡 部分"), ON_SHIFT, "drop_offs"),
    Row("drop_offs.judge_last", says("❌ 混投"), ON_SHIFT, "drop_offs"),
    Row("drop_offs.withdraw_last", says("↩️ 撤回"), ON_SHIFT, "drop_offs"),
    Row("drop_offs.ask_about_last", says("⚖️ 称重"), ON_SHIFT, "steps"),
    Row("drop_offs.ask_about_last", says("🔁 换户"), ON_SHIFT, "steps"),
    Row("drop_offs.weigh", says("厨余1.2公斤"), ON_SHIFT, "drop_off_parts", asked=WEIGH),
    Row("drop_offs.move", says(_number), ON_SHIFT, "drop_offs", asked=MOVE),
    Row("drop_offs.name_mistake", says("厨余里有塑料袋"), ON_SHIFT,
        "drop_off_mistakes", asked=MISTAKE),
    *(
        pressed("drop_offs.fix", lambda h, _, what=what: Fix(drop_off=h.drop_off, what=what),  # type: ignore[misc]
                ON_SHIFT, changes)
        for what, changes in (("wrong", "drop_offs"), ("partly", "drop_offs"),
                              ("withdraw", "drop_offs"), ("weigh", "steps"), ("move", "steps"))
    ),
    *(
        pressed("drop_offs.fix",  # recorded by somebody who has no role any more
                lambda h, _, what=what: Fix(drop_off=h.drop_off_of_relieved, what=what),  # type: ignore[misc]
                NOBODY)
        for what in ("wrong", "withdraw", "weigh", "move")
    ),
    pressed("drop_offs.mix", lambda h, _: Mixed(drop_off=h.drop_off, stream=Stream.FOOD),
            ON_SHIFT, "drop_off_mistakes"),
    pressed("drop_offs.mix",
            lambda h, _: Mixed(drop_off=h.drop_off_of_relieved, stream=Stream.FOOD), NOBODY),
)  # fmt: skip

TEAM = (
    Row("invitations.choose_role", says("/invite"), ANY_STAFF),
    Row("invitations.accept", scans(lambda h: h.invitation), EVERYBODY - {Who.CREW}, "grants",
        told=frozenset({Who.CREW})),
    pressed("invitations.choose_role_anew", lambda *_: InviteAnew(), ANY_STAFF),
    pressed("invitations.choose_place",
            lambda h, _: InviteAs(role=Role.VOLUNTEER, area=h.sunny), STAFF),
    pressed("invitations.choose_place", lambda h, _: InviteAs(role=Role.STAFF, area=h.sunny),
            ADMIN),
    pressed("invitations.invite", lambda h, _: InviteHere(role=Role.VOLUNTEER, area=h.sunny),
            STAFF, "invitations"),
    pressed("invitations.invite", lambda h, _: InviteHere(role=Role.STAFF, area=h.sunny),
            ADMIN, "invitations"),
    pressed("invitations.invite", lambda h, _: InviteHere(role=Role.ADMIN, area=h.sunny), NOBODY),
    Row("roles.show", says("/revoke"), ANY_STAFF),
    pressed("roles.show_page", lambda *_: People(), ANY_STAFF),
    pressed("roles.ask", lambda h, _: Revoke(grant=h.grants[Who.OFF_SHIFT]), STAFF),
    pressed("roles.ask", lambda h, _: Revoke(grant=h.grants[Who.STAFF]), ADMIN),
    pressed("roles.revoke", lambda h, _: Revoke(grant=h.grants[Who.OFF_SHIFT], sure=True),
            STAFF, "grants"),
    pressed("roles.revoke", lambda h, _: Revoke(grant=h.grants[Who.STAFF], sure=True),
            ADMIN, "grants"),
)  # fmt: skip


def _draft(do: Do) -> Data:
    return lambda h, _: Draft(id=h.broadcast_draft, do=do)


BROADCASTS = (
    Row("broadcasts.begin", says("/broadcast"), ANY_STAFF),
    pressed("broadcasts.choose_place", lambda h, _: CastIn(area=h.sunny), STAFF),
    pressed("broadcasts.choose_place", lambda *_: CastIn(), ANY_STAFF),
    pressed("broadcasts.compose", lambda h, _: CastHere(area=h.sunny), STAFF, "broadcasts"),
    pressed("broadcasts.compose", lambda *_: CastHere(area=EVERYWHERE), ADMIN, "broadcasts"),
    Row("broadcasts.hear_content", says("周三收有害垃圾"), STAFF, "broadcasts", asked=TEXT),
    Row("broadcasts.hear_content", _photo, STAFF, "broadcasts", asked=TEXT),
    Row("broadcasts.hear_button", says("看 https://example.com"), STAFF, "broadcasts",
        asked=BUTTON),
    Row("broadcasts.hear_time", says("明天 9:00"), STAFF, "broadcasts", asked=TIME),
    pressed("broadcasts.show_draft", _draft(Do.LOOK), STAFF),
    pressed("broadcasts.test", lambda h, _: Sample(id=h.broadcast_draft), STAFF),
    *(pressed("broadcasts.ask_for", _draft(do), STAFF, "steps")
      for do in (Do.TEXT, Do.BUTTON, Do.LATER)),
    pressed("broadcasts.send_at_once", lambda h, _: Draft(id=h.broadcast_later, do=Do.AT_ONCE),
            STAFF, "broadcasts"),
    *(pressed("broadcasts.send", _draft(do), STAFF, "broadcasts")
      for do in (Do.SEND, Do.HOLD, Do.THROUGH)),
    pressed("broadcasts.drop", _draft(Do.DROP), STAFF, "broadcasts"),
    pressed("under_way.look", lambda h, _: LookAtBroadcast(id=h.broadcast), STAFF),
    pressed("under_way.ask_before_cancelling", lambda h, _: Run(id=h.broadcast, move="cancel"),
            STAFF),
    pressed("under_way.move", lambda h, _: Run(id=h.broadcast, move="pause"), STAFF,
            "broadcasts"),
    pressed("under_way.move", lambda h, _: Run(id=h.broadcast, move="cancel", sure=True), STAFF,
            "broadcasts"),
    pressed("under_way.move", lambda h, _: Run(id=h.broadcast, move="resume"), NOBODY),
    pressed("under_way.answer", lambda h, _: Second(id=h.asked_for, yes=True), STAFF,
            "broadcasts"),
    pressed("under_way.answer", lambda h, _: Second(id=h.asked_for, yes=False), STAFF,
            "broadcasts"),
)  # fmt: skip


def _plan(do: Does) -> Data:
    return lambda h, _: Plan(id=h.repeat_draft, do=do)


def _turn(move: str, *, sure: bool = False) -> Data:
    return lambda h, _: TurnRepeat(id=h.repeat, move=move, sure=sure)


REPEATS = (
    Row("repeats.begin", says("/schedule"), ANY_STAFF),
    pressed("repeats.list_", lambda *_: Repeats(), ANY_STAFF),
    pressed("repeats.look", lambda h, _: See(id=h.repeat), STAFF),
    pressed("repeats.test", lambda h, _: SampleOf(id=h.repeat), STAFF),
    pressed("repeats.ask_before_stopping", _turn("stop"), STAFF),
    pressed("repeats.turn", _turn("pause"), STAFF, "repeats"),
    pressed("repeats.turn", _turn("stop", sure=True), STAFF, "repeats"),
    pressed("repeats.turn", _turn("resume"), NOBODY),
    pressed("repeats.turn", lambda h, _: TurnRepeat(id=h.repeat_paused, move="resume"), STAFF,
            "repeats"),
    pressed("repeats.answer", lambda h, _: Agree(id=h.repeat_asked, yes=True), STAFF, "repeats"),
    pressed("repeats.answer", lambda h, _: Agree(id=h.repeat_asked, yes=False), STAFF, "repeats"),
    pressed("repeat_drafts.choose_place", lambda h, _: RepeatIn(area=h.sunny), STAFF),
    pressed("repeat_drafts.choose_place", lambda *_: RepeatIn(), ANY_STAFF),
    pressed("repeat_drafts.compose", lambda h, _: RepeatHere(area=h.sunny), STAFF, "repeats"),
    pressed("repeat_drafts.compose", lambda *_: RepeatHere(area=EVERYWHERE), ADMIN, "repeats"),
    pressed("repeat_drafts.alter", lambda h, _: Alter(id=h.repeat), STAFF, "repeats"),
    Row("repeat_drafts.hear_content", says("周三收有害垃圾"), STAFF, "repeats",
        asked=REPEAT_TEXT),
    Row("repeat_drafts.hear_content", _photo, STAFF, "repeats", asked=REPEAT_TEXT),
    Row("repeat_drafts.hear_button", says("看 https://example.com"), STAFF, "repeats",
        asked=REPEAT_BUTTON),
    Row("repeat_drafts.hear_when", says("每周日 10:00"), STAFF, "repeats", asked=WHEN),
    Row("repeat_drafts.hear_when", says("每周日"), STAFF, "repeats", asked=WHEN),
    Row("repeat_drafts.hear_time", says("18:30"), STAFF, "repeats", asked=REPEAT_TIME),
    Row("repeat_drafts.hear_end", says("2027-06-30"), STAFF, "repeats", asked=UNTIL),
    pressed("repeat_drafts.show", _plan(Does.LOOK), STAFF),
    *(pressed("repeat_drafts.ask_for", _plan(do), STAFF, "steps")
      for do in (Does.TEXT, Does.BUTTON, Does.WHEN, Does.UNTIL)),
    pressed("repeat_drafts.pick",
            lambda h, _: Pick(id=h.repeat_draft, by=DaysOf.WEEK, days=32), STAFF),
    pressed("repeat_drafts.keep_days",
            lambda h, _: Picked(id=h.repeat_draft, by=DaysOf.WEEK, days=32), STAFF, "repeats"),
    pressed("repeat_drafts.keep_time", lambda h, _: At(id=h.repeat_draft, minute=600), STAFF,
            "repeats"),
    pressed("repeat_drafts.put",
            lambda h, _: Put(id=h.repeat_draft, to=Audience.VOLUNTEERS, language="", groups=False,
                             holidays=OnHoliday.SKIP), STAFF, "repeats"),
    *(pressed("repeat_drafts.hand_in", _plan(do), STAFF, "repeats")
      for do in (Does.SEND, Does.HOLD, Does.THROUGH)),
    pressed("repeat_drafts.drop", _plan(Does.DROP), STAFF, "repeats"),
)  # fmt: skip

GROUPS = (
    Row("groups.come_or_gone", _brings_in, EVERYBODY, "groups", silent=True),
    Row("groups.moved", _moves, EVERYBODY, "groups", silent=True),
    Row("groups.link", _links, STAFF, "groups", told=ANY_STAFF - STAFF, silent=True),
    pressed("groups.belongs", lambda h, _: Belongs(chat=h.group, area=h.sunny), STAFF, "groups"),
)  # fmt: skip

REGISTRY = (
    Row("registry.find", says("/household 3-1-502"), STAFF, "looks"),
    Row("registry.find", says(lambda h: f"/household {h.numbers[HOME]}"), STAFF, "looks"),
    Row("registry.explain", says("/household"), ANY_STAFF),
    Row("registry.look", scans(_card), STAFF, "looks"),
    Row("registry.look", says(_number), STAFF, "looks"),
    pressed("registry.look_here", lambda h, _: Open(household=h.homes[HOME]), STAFF, "looks"),
    pressed("registry.hand_out", lambda h, _: HandOut(household=h.homes[HOME]), STAFF, "slips"),
    pressed("registry.ask_before_renewing", lambda h, _: Renew(household=h.homes[HOME]), STAFF,
            "looks"),
    # An adult may do this at home, by a button of the household's own.
    pressed("registry.renew", lambda h, _: Renew(household=h.homes[HOME], sure=True),
            STAFF | ADULTS, "cards"),
    pressed("registry.ask_before_expelling",
            lambda h, _: Expel(member=h.memberships[Who.CHILD]), STAFF, "looks"),
    pressed("registry.expel",  # the child leaves
            lambda h, _: Expel(member=h.memberships[Who.CHILD], sure=True),
            STAFF | ADULTS | {Who.CHILD}, "memberships"),
)  # fmt: skip

HOUSEHOLDS = (
    Row("households.scan", scans(_card), RESIDENTS),
    Row("households.show", says("/household"), RESIDENTS),
    Row("households.show", says("🏠 我家"), RESIDENTS),
    Row("homes.not_yet", says("/household"), HOMELESS - ANY_STAFF),
    Row("households.type_number", says(_number), RESIDENTS),
    pressed("households.show_here", lambda *_: Want(what=Wanted.VIEW), RESIDENTS),
    pressed("households.explain_account", lambda *_: Want(what=Wanted.NEW_ACCOUNT), RESIDENTS),
    pressed("households.choose_whom", lambda *_: Want(what=Wanted.REMOVE), RESIDENTS),
    pressed("households.are_you_sure", lambda *_: Want(what=Wanted.LEAVE), RESIDENTS),
    pressed("households.leave", lambda h, w: Sure(what=Wanted.LEAVE, home=_own(h, w)),
            RESIDENTS, "memberships"),
    pressed("households.leave",
            lambda h, _: Sure(what=Wanted.LEAVE, home=h.memberships[Who.ADULT]),
            frozenset({Who.ADULT}), "memberships"),
    pressed("households.renew", lambda h, w: Sure(what=Wanted.NEW_CODE, home=_own(h, w)),
            ADULTS | {Who.NEIGHBOUR}, "cards"),
    pressed("households.move_out", lambda h, w: Sure(what=Wanted.MOVE_OUT, home=_own(h, w)),
            ADULTS | {Who.NEIGHBOUR}, "memberships"),
    pressed("households.are_you_sure_of",
            lambda h, _: Remove(member=h.memberships[Who.RETURNED]), AT_HOME),
    pressed("households.remove",  # who is returned leaves
            lambda h, _: Remove(member=h.memberships[Who.RETURNED], sure=True), ADULTS,
            "memberships"),
)  # fmt: skip

JOINING = (
    Row("joining.lives_already", says("/join"), RESIDENTS),
    Row("joining.begin", says("/join"), HOMELESS),
    Row("joining.consider_card", scans(_card), MAY_ASK),
    Row("joining.consider_slip", scans(lambda h: h.slip), EVERYBODY),
    Row("joining.consider_number", says(_number), MAY_ASK | {Who.OFF_SHIFT}),
    pressed("joining.begin_here", lambda *_: Join(), EVERYBODY),
    pressed("joining.browse", lambda h, _: Browse(id=h.sunny), EVERYBODY),
    pressed("joining.consider", lambda h, _: Home(household=h.homes[HOME]), EVERYBODY),
    pressed("joining.leave_off", lambda *_: NotNow(), EVERYBODY),
    pressed("joining.ask", lambda h, _: Ask(household=h.homes[EMPTY], adult=True), HOMELESS,
            "join_requests"),
    pressed("joining.ask", lambda h, _: Ask(household=h.homes[EMPTY], adult=False), NOBODY),
    pressed("joining.use_slip", lambda h, _: UseSlip(code=h.slip, adult=True), HOMELESS, "slips"),
    pressed("joining.answer", lambda h, _: Admit(request=h.asks_members, yes=True), ADULTS,
            "memberships"),
    pressed("joining.answer", lambda h, _: Admit(request=h.asks_members, yes=False), ADULTS,
            "join_requests"),
    pressed("joining.answer", lambda h, _: Admit(request=h.asks_staff, yes=True), STAFF,
            "memberships"),
)  # fmt: skip

POINTS = (
    Row("codes.show", says("/code"), RESIDENTS),
    Row("homes.not_yet", says("/code"), HOMELESS),
    Row("points.show", says("/points"), RESIDENTS),
    Row("homes.not_yet", says("/points"), HOMELESS),
    Row("points.show_history", says("/history"), RESIDENTS),
    pressed("points.turn", lambda *_: Turn(), RESIDENTS),
)


def _go(here: Neighbourhood, who: Who) -> Go:
    return Go(draft=here.draft(who).id, page=Page.THINGS)


def _confirm(here: Neighbourhood, who: Who) -> Confirm:
    draft = here.draft(who)
    fen = 0 if who is Who.NEIGHBOUR else 2000  # at home they have used what is free
    return Confirm(draft=draft.id, revision=draft.revision, fen=fen)


def _day(here: Neighbourhood, who: Who) -> Day:
    draft = here.draft(who)
    assert draft.day
    return Day(draft=draft.id, day=draft.day.toordinal())


BOOKINGS = (
    Row("bookings.begin", says("/bulky"), RESIDENTS),
    Row("homes.not_yet", says("/bulky"), HOMELESS),
    pressed("bookings.begin_here", lambda *_: Book(what="sofa"), RESIDENTS, "pickup_drafts"),
    pressed("bookings.begin_here", lambda *_: Book(anew=True), RESIDENTS, "pickup_drafts"),
    pressed("homes.not_yet_here", lambda *_: Book(), HOMELESS),
    pressed("homes.not_yet_here", lambda *_: Mine(), HOMELESS),
    pressed("bookings.begin_change", lambda h, _: Change(pickup=h.pickup), AT_HOME,
            "pickup_drafts"),
    Row("bookings.leave", says("/cancel"), RESIDENTS, "pickup_drafts"),
    pressed("bookings.turn", _go, RESIDENTS, "steps"),
    pressed("bookings.count",
            lambda h, w: Count(draft=h.draft(w).id, thing="bed", count=1), RESIDENTS,
            "pickup_drafts"),
    pressed("bookings.set_floor", lambda h, w: Floor(draft=h.draft(w).id, floor=5), RESIDENTS,
            "pickup_drafts"),
    pressed("bookings.set_lift", lambda h, w: Lift(draft=h.draft(w).id, yes=True), RESIDENTS,
            "pickup_drafts"),
    pressed("bookings.set_place",
            lambda h, w: PutOut(draft=h.draft(w).id, spot=Spot.GATE), RESIDENTS,
            "pickup_drafts"),
    pressed("bookings.choose_day", _day, RESIDENTS, "pickup_drafts"),
    pressed("bookings.clear", lambda h, w: Clear(draft=h.draft(w).id, photos=True), RESIDENTS,
            "pickup_drafts"),
    pressed("bookings.confirm", _confirm, RESIDENTS, "pickups"),
    pressed("bookings.drop", lambda h, w: Drop(draft=h.draft(w).id), RESIDENTS, "pickup_drafts"),
    Row("bookings.hear_things", says("床垫"), RESIDENTS, "pickup_drafts",
        asked="booking-things"),
    Row("bookings.hear_floor", says("18"), RESIDENTS, "pickup_drafts", asked="booking-floor"),
    Row("bookings.hear_place", says("荷塘边"), RESIDENTS, "pickup_drafts",
        asked="booking-place"),
    Row("bookings.hear_notes", says("很重"), RESIDENTS, "pickup_drafts", asked="booking-notes"),
    Row("bookings.take_photo", _photo, RESIDENTS, "pickup_drafts", asked="booking-photo"),
    Row("bookings.ask_again", sends(dice={"emoji": "🎲", "value": 3}), RESIDENTS,
        asked="booking-floor"),
)  # fmt: skip

PICKUPS = (
    Row("pickups.show_all", says("/pickups"), RESIDENTS),
    Row("homes.not_yet", says("/pickups"), HOMELESS),
    pressed("pickups.show_all_here", lambda *_: Mine(), RESIDENTS),
    pressed("pickups.show", lambda h, _: Show(pickup=h.pickup), AT_HOME),
    pressed("pickups.ask_before_cancelling", lambda h, _: CallOff(pickup=h.pickup), AT_HOME),
    pressed(
        "pickups.cancel", lambda h, _: CallOff(pickup=h.pickup, sure=True), AT_HOME, "pickups"
    ),
    pressed(
        "pickups.ask_before_disputing",
        lambda h, _: StillThere(pickup=h.pickup_done),
        AT_HOME,
        "steps",
    ),
    pressed(
        "pickups.dispute",
        lambda h, _: StillThere(pickup=h.pickup_done, sure=True),
        AT_HOME,
        "pickups",
    ),
    Row(
        "pickups.dispute_in_words",
        says("沙发还在"),
        AT_HOME,
        "pickups",
        asked="pickup-still-there",
    ),
    pressed("pickups.show_places", lambda *_: Bring(stream=Stream.BULKY), RESIDENTS),
)

TUESDAY = date(2026, 11, 24).toordinal()


def _evening(here: Neighbourhood) -> dict[str, int]:
    """Tomorrow's second window in the estate."""
    return {"area": here.sunny, "day": TUESDAY, "opens": 18 * 60 + 30, "closes": 20 * 60 + 30}


TIMES = (
    Row("collections.show", says("/when"), RESIDENTS),
    Row("collections.show", says("🕖 几点开、收什么"), RESIDENTS),
    Row("collections.show", says("明天收什么"), RESIDENTS),
    Row("collections.ask_where", says("/when"), HOMELESS),
    Row("collections.ask_where", says("谁来收"), HOMELESS),
    pressed("collections.choose", lambda h, _: WhenAt(area=h.sunny), EVERYBODY),
    pressed("collections.turn", lambda h, _: When(view=View.WEEK, area=h.sunny), EVERYBODY),
    Row("hours.begin", says("/hours"), ANY_STAFF),
    pressed("hours.choose_area", lambda h, _: HoursAt(area=h.sunny), STAFF),
    pressed("hours.choose_day", lambda h, _: HoursOf(area=h.sunny), STAFF),
    pressed("hours.choose_hours", lambda h, _: HoursOn(area=h.sunny, day=TUESDAY), STAFF),
    pressed("hours.choose_what", lambda h, _: HoursIn(**_evening(h)), STAFF),
    pressed("hours.preview", lambda h, _: HoursTo(**_evening(h), station=h.station), STAFF),
    pressed("hours.change", lambda h, _: HoursTo(**_evening(h), sure=True), STAFF, "areas"),
    pressed("hours.take_back", lambda h, _: HoursBack(area=h.sunny, day=TUESDAY), STAFF),
    Row("reminders.show", says("/reminders"), EVERYBODY),
    pressed("reminders.show_here", lambda h, _: Remind(area=h.sunny), EVERYBODY),
    pressed("reminders.choose",
            lambda h, _: Reminding(want=Reminders.WINDOW, on=True, area=h.sunny), EVERYBODY,
            "reminders"),
    pressed("reminders.choose_before", lambda h, _: Before(minutes=30, area=h.sunny), EVERYBODY,
            "reminders"),
    pressed("reminders.pause", lambda *_: Pause(days=7), RESIDENTS, "reminders"),
    pressed("reminded.answer", lambda *_: Reminded(answer=Answer.STOP, day=739944, topics="h"),
            EVERYBODY),
    Row("stations.near_home", says("/near"), RESIDENTS),
    Row("stations.ask_where", says("/near"), HOMELESS),
    Row("stations.near_here", _location, EVERYBODY - VOLUNTEERS),
    pressed("stations.near_there", lambda h, _: Near(area=h.sunny), EVERYBODY),
    pressed("stations.show_on_map", lambda h, _: OnMap(station=h.station), EVERYBODY),
)  # fmt: skip


def _close(here: Neighbourhood, sure: bool = False) -> Close:
    return Close(household=here.homes[LEFT], why=Why.MOVED, sure=sure)


def _pass_on(here: Neighbourhood, to: str, sure: bool = False) -> PassOn:
    return PassOn(household=here.homes[LEFT], to=here.homes[to], why=Why.MOVED, sure=sure)


SETTLEMENTS = (
    pressed("settlements.ask_why_closed",
            lambda h, _: Settle(household=h.homes[LEFT], close=True), STAFF, "looks"),
    pressed("settlements.ask_before_closing", lambda h, _: _close(h), STAFF, "looks"),
    pressed("settlements.close", lambda h, _: _close(h, sure=True), STAFF, "settlements"),
    pressed("settlements.ask_to_whom",
            lambda h, _: Settle(household=h.homes[LEFT], close=False), STAFF, "steps"),
    Row("settlements.hear_to_whom", says("3-1-502"), STAFF, "looks", asked=PASS_ON),
    Row("settlements.hear_to_whom", says(_number), STAFF, "looks", asked=PASS_ON),
    pressed("settlements.ask_why_passed_on",
            lambda h, _: Target(household=h.homes[LEFT], to=h.homes[HOME]), STAFF, "looks"),
    pressed("settlements.ask_before_passing_on", lambda h, _: _pass_on(h, HOME), STAFF, "looks"),
    pressed("settlements.pass_on", lambda h, _: _pass_on(h, HOME, sure=True), STAFF,
            "settlements"),
    pressed("settlements.pass_on", lambda h, _: _pass_on(h, MOON, sure=True), ADMIN,
            "settlements"),
)  # fmt: skip


def _teach(here: Neighbourhood) -> Teach:
    return Teach(question=here.question, says=Says.ITEM, what=Stream.HAZARDOUS)


LESSONS = (
    Row("lessons.show_unknown", says("/unknown"), ANY_STAFF),
    pressed("lessons.turn_unknown", lambda *_: Unknowns(), ANY_STAFF),
    pressed("lessons.consider", lambda h, _: Consider(question=h.question), STAFF),
    pressed("lessons.teach", lambda h, _: _teach(h), STAFF, "lessons"),
    pressed("lessons.ask_name", lambda h, _: TypeName(question=h.question), STAFF, "steps"),
    Row("lessons.hear_name", says("沙发"), STAFF, "lessons", asked=ALIAS),
    Row("lessons.show_taught", says("/learned"), ANY_STAFF),
    pressed("lessons.turn_taught", lambda *_: Lessons(), ANY_STAFF),
    pressed("lessons.look", lambda h, _: Look(lesson=h.lesson), STAFF),
    pressed("lessons.undo", lambda h, _: Undo(lesson=h.lesson), STAFF, "lessons"),
)

AT_A_QUIZ = frozenset({Who.ADULT})
QUIZZES = (
    Row("quizzes.begin", says("/quiz"), EVERYBODY - AT_A_QUIZ, "quizzes", told=AT_A_QUIZ),
    Row("quizzes.begin", says("考考我"), EVERYBODY - AT_A_QUIZ, "quizzes", told=AT_A_QUIZ),
    pressed(
        "quizzes.answer",
        lambda h, _: Choice(quiz=h.quiz, place=0, stream=Stream.FOOD),
        AT_A_QUIZ,
        "quizzes",
    ),
    pressed(
        "quizzes.begin_again",
        lambda *_: PlayAgain(),
        EVERYBODY - AT_A_QUIZ,
        "quizzes",
        told=AT_A_QUIZ,
    ),
)


def _day(here: Neighbourhood) -> dict[str, int]:
    return {"area": here.sunny, "day": TOMORROW.toordinal()}


ROUNDS = (
    Row("rounds.show_sheet", says("/run"), ANY_STAFF | ANY_CREW),
    Row("rounds.show_sheet", says("今天的单子"), ANY_STAFF | ANY_CREW),
    Row("rounds.report", says("1 完成"), CREW, "pickups", told=ANY_STAFF | ANY_CREW),
    Row("rounds.hear_why", says("玻璃没包好"), CREW, "pickups", asked=RUN_WHY),
    Row("rounds.explain_photos", _photo, ANY_CREW),
    pressed("rounds.turn", lambda *_: Sheet(day=TODAY.toordinal()), ANY_STAFF | ANY_CREW),
    pressed("rounds.look", lambda h, _: LookAt(pickup=h.pickups["today"]), CREW),
    pressed("rounds.write_down",
            lambda h, _: Went(pickup=h.pickups["today"], result=Result.DONE), CREW, "pickups"),
    pressed("rounds.write_down",
            lambda h, _: Went(pickup=h.pickups["today"], result=Result.NOT_ACCEPTED), CREW,
            "steps"),
    pressed("rounds.decline",
            lambda h, _: Because(pickup=h.pickups["today"], why=NotTaken.TOO_HEAVY), CREW,
            "pickups"),
    pressed("rounds.show_picture", lambda h, _: Picture(pickup=h.pickups["today"], number=0),
            CREW),
)  # fmt: skip

PLANS = (
    Row("plans.show_days", says("/capacity"), ANY_STAFF),
    Row("plans.show_days", says("大件安排"), ANY_STAFF),
    Row("plans.choose_day_off", says("/closed"), ANY_STAFF),
    Row("plans.hear_places", says("25户 80件"), STAFF, "pickup_slots", asked=PLACES),
    Row("plans.hear_reason", says("车坏了"), STAFF, "pickups", asked=REASON),
    pressed("plans.show_areas_here", lambda *_: Areas(), ANY_STAFF),
    pressed("plans.show_days_here", lambda h, _: Days(area=h.sunny), STAFF),
    pressed("plans.show_day", lambda h, _: PlannedDay(**_day(h)), STAFF),
    pressed("plans.set_places", lambda h, _: Enough(**_day(h), homes=9, items=99), STAFF,
            "pickup_slots"),
    pressed("plans.ask_places", lambda h, _: InWords(**_day(h)), STAFF, "steps"),
    pressed("plans.open_again", lambda h, _: OpenAgain(**_day(h)), STAFF, "pickup_slots"),
    pressed("plans.ask_where_to", lambda h, _: Move(**_day(h), closing=True), STAFF),
    pressed("plans.ask_why",
            lambda h, _: MoveTo(**_day(h), to=LATER.toordinal(), closing=True), STAFF, "steps"),
    pressed("plans.carry",
            lambda h, _: Carry(**_day(h), to=LATER.toordinal(), closing=False, why=Reason.TRUCK),
            STAFF, "pickups"),
    pressed("plans.export", lambda h, _: Export(**_day(h)), STAFF),
)  # fmt: skip

DISPUTES = (
    Row("disputes.show", says("/disputes"), ANY_STAFF),
    Row("disputes.hear_note", says("看过，没有了"), STAFF, "pickups", asked=NOTE),
    pressed("disputes.show_here", lambda *_: Disputes(), ANY_STAFF),
    pressed("disputes.look", lambda h, _: Judge(pickup=h.pickups["disputed"]), STAFF),
    pressed("disputes.show_photo", lambda h, _: Photo(pickup=h.pickups["disputed"]), STAFF),
    pressed("disputes.ask_day", lambda h, _: Again(pickup=h.pickups["disputed"]), STAFF),
    pressed("disputes.collect_again",
            lambda h, _: Again(pickup=h.pickups["disputed"], day=LATER.toordinal()), STAFF,
            "pickups"),
    pressed("disputes.ask_note", lambda h, _: Taken(pickup=h.pickups["disputed"]), STAFF, "steps"),
    pressed("disputes.uphold", lambda h, _: Taken(pickup=h.pickups["disputed"], sure=True), STAFF,
            "pickups"),
)  # fmt: skip

ASSISTING = (
    pressed("assisting.show", lambda h, _: BookFor(household=h.homes[EMPTY]), STAFF, "looks"),
    pressed("assisting.begin", lambda h, _: NewFor(household=h.homes[EMPTY]), STAFF,
            "pickup_drafts"),
    pressed("assisting.change", lambda h, _: ChangeFor(pickup=h.pickups["tomorrow"]), STAFF,
            "pickup_drafts"),
    pressed("assisting.ask_before_cancelling",
            lambda h, _: CallOffFor(pickup=h.pickups["tomorrow"]), STAFF, "looks"),
    pressed("assisting.cancel",
            lambda h, _: CallOffFor(pickup=h.pickups["tomorrow"], sure=True), STAFF, "pickups"),
)  # fmt: skip

REPORTER = frozenset({Who.ADULT})
"""Who has reported the cases of the neighbourhood."""
NOWHERE = frozenset({Who.STRANGER, Who.RELIEVED, Who.ADMIN})
"""Who is asked first which place it is about."""


async def _replies_to_case(here: Neighbourhood, who: Who) -> None:
    await _replies(here, who, MyCase(case=here.cases["message"]))


async def _replies_as_staff(here: Neighbourhood, who: Who) -> None:
    await _replies(here, who, OpenCase(case=here.cases["message"]))


async def _replies(here: Neighbourhood, who: Who, button: CallbackData) -> None:
    """Answer a message of the bot with this button below."""
    person = here.people[who]
    shown = {
        "message_id": 1, "date": 0, "chat": person.chat.about, "from": person.account.world.bot,
        "text": "…",
        "reply_markup": {"inline_keyboard": [[{"text": "…", "callback_data": button.pack()}]]},
    }  # fmt: skip
    await person.sends({"text": "还有一句", "reply_to_message": shown})


async def _sends_album(here: Neighbourhood, who: Who) -> None:
    photo = [FILE | {"width": 9, "height": 9}]
    await here.people[who].sends({"photo": photo, "media_group_id": here.album})


CASES = (
    Row("talking.begin", says("/talk"), EVERYBODY - NOWHERE, "steps", told=NOWHERE),
    Row("talking.begin", says("找人工"), EVERYBODY - NOWHERE, "steps", told=NOWHERE),
    Row("talking.hear", says("门口的灯坏了"), EVERYBODY, "cases", asked=CASE_MESSAGE),
    Row("talking.hear", _photo, EVERYBODY, "cases", asked=CASE_MESSAGE),
    Row("talking.ask_again", sends(dice={"emoji": "🎲", "value": 3}), EVERYBODY,
        asked=CASE_MESSAGE),
    pressed("talking.begin_here", lambda h, _: Talk(area=h.sunny), EVERYBODY, "steps"),
    Row("problems.begin", says("/problem"), EVERYBODY),
    Row("problems.report_on_shift", says("桶满了"), ON_SHIFT | ELSEWHERE, "cases"),
    Row("problems.ask_where", says("车没来"), EVERYBODY - ON_SHIFT - ELSEWHERE, "steps"),
    Row("problems.hear_place", _location, EVERYBODY, asked=PROBLEM_PLACE),
    Row("problems.hear_name", says("东门"), EVERYBODY, "steps", asked=PROBLEM_PLACE),
    Row("problems.ask_place_again", sends(dice={"emoji": "🎲", "value": 3}), EVERYBODY,
        asked=PROBLEM_PLACE),
    Row("problems.hear_details", says("五号楼后面"), EVERYBODY, "cases", asked=PROBLEM_DETAILS),
    Row("problems.ask_again", sends(dice={"emoji": "🎲", "value": 3}), EVERYBODY,
        asked=PROBLEM_DETAILS),
    pressed("problems.begin_here", lambda h, _: Problem(station=h.station), EVERYBODY),
    pressed("problems.choose_kind", lambda h, _: ProblemOf(kind=Kind.FULL, station=h.station),
            EVERYBODY, "steps"),
    pressed("problems.choose_area", lambda h, _: ProblemIn(kind=Kind.FULL, area=h.sunny),
            EVERYBODY, "steps"),
    pressed("problems.choose_station",
            lambda h, _: ProblemAt(kind=Kind.FULL, area=h.sunny, station=h.station), EVERYBODY,
            "steps"),
    pressed("problems.report", lambda h, _: ReportProblem(kind=Kind.DIRTY, station=h.station),
            EVERYBODY, "cases"),
    Row("cases.show_all", says("/problems"), EVERYBODY),
    Row("cases.show_all", says("我的工单"), EVERYBODY),
    Row("cases.reply", _replies_to_case, REPORTER, "case_entries"),
    Row("cases.hear_more", says("还有一句"), REPORTER, "case_entries", asked=CASE_MORE),
    Row("cases.ask_again", sends(dice={"emoji": "🎲", "value": 3}), EVERYBODY, asked=CASE_MORE),
    Row("cases.keep_photo", _sends_album, REPORTER, "case_entries", silent=True),
    pressed("cases.show_all_here", lambda *_: MyCases(), EVERYBODY),
    pressed("cases.show", lambda h, _: MyCase(case=h.cases["message"]), REPORTER),
    pressed("cases.ask_for_more", lambda h, _: WriteOn(case=h.cases["message"]), REPORTER,
            "steps"),
    pressed("cases.settle", lambda h, _: Settled(case=h.cases["message"]), REPORTER, "cases"),
    pressed("cases.say_still_so", lambda h, _: Still(case=h.cases["solved"]), REPORTER, "cases"),
    Row("inbox.show", says("/inbox"), ANY_STAFF),
    Row("inbox.show", says("要办的工单"), ANY_STAFF),
    Row("inbox.reply", _replies_as_staff, STAFF, "case_entries"),
    Row("inbox.hear_answer", says("明天就修"), STAFF, "case_entries", asked=INBOX_ANSWER),
    Row("inbox.hear_why", says("已经清空了"), STAFF, "cases", asked=INBOX_WHY),
    Row("inbox.ask_again", sends(dice={"emoji": "🎲", "value": 3}), ANY_STAFF,
        asked=INBOX_ANSWER),
    pressed("inbox.show_here", lambda *_: Inbox(), ANY_STAFF),
    pressed("inbox.look", lambda h, _: OpenCase(case=h.cases["message"]), STAFF),
    pressed("inbox.show_file", lambda h, _: CaseFile(case=h.cases["message"], number=0), STAFF),
    pressed("inbox.take", lambda h, _: Take(case=h.cases["message"], over=0), STAFF, "cases"),
    pressed("inbox.mark_seen", lambda h, _: Seen(case=h.cases["full"]), STAFF, "cases"),
    pressed("inbox.ask_answer", lambda h, _: AnswerCase(case=h.cases["message"]), STAFF, "steps"),
    pressed("inbox.ask_why", lambda h, _: End(case=h.cases["message"], act=Act.SOLVE), STAFF,
            "steps"),
    pressed("inbox.end", lambda h, _: End(case=h.cases["message"], act=Act.SOLVE, sure=True),
            STAFF, "cases"),
)  # fmt: skip

FILE = {"file_id": "a", "file_unique_id": "b"}

FOR_EVERYBODY = (
    Row("start.welcome", says("/start"), EVERYBODY),
    Row("start.help_", says("/help"), EVERYBODY),
    Row("start.offer_languages", says("/language"), EVERYBODY),
    pressed("start.speak", lambda *_: Speak(language="zh"), EVERYBODY),
    Row("start.come_or_gone", _blocks, EVERYBODY, silent=True),
    Row("steps.cancel", says("/cancel"), HOMELESS),
    Row("inline.offer", _searches, EVERYBODY, silent=True),
    Row("inline.leave_alone", _posts_a_card, EVERYBODY, silent=True),
    Row("sorting.answer_command", says("/bin 香蕉皮"), EVERYBODY),
    Row("sorting.invite", says("🗑 扔哪个桶"), EVERYBODY),
    Row("sorting.explain_bins", says("📖 每个桶装什么"), EVERYBODY),
    Row("sorting.answer", says("香蕉皮"), EVERYBODY),
    pressed("sorting.explain_bins_here", lambda *_: Bins(), EVERYBODY),
    pressed("sorting.show_choice",
            lambda h, _: Choose(item=_banana(h), state="", anew=True), EVERYBODY),
    pressed("sorting.note_wrong", lambda *_: Wrong(name="香蕉皮"), EVERYBODY),
    Row("lost.no_such_command", says("/nothing"), EVERYBODY),
    Row("lost.cannot_hear", sends(voice=FILE | {"duration": 3}), EVERYBODY),
    Row("lost.cannot_see", sends(video=FILE | {"width": 9, "height": 9, "duration": 3}),
        EVERYBODY),
    Row("lost.cannot_read", sends(dice={"emoji": "🎲", "value": 3}), EVERYBODY),
    Row("lost.button_from_before", _forged, EVERYBODY),
)  # fmt: skip


def _banana(here: Neighbourhood) -> str:
    item = here.town.place.catalogue.by_name("香蕉皮")
    assert item
    return item.key


MATRIX = (
    *SHIFTS, *DROP_OFFS, *TEAM, *BROADCASTS, *REPEATS, *GROUPS, *REGISTRY, *HOUSEHOLDS,
    *JOINING, *POINTS, *SETTLEMENTS,
    *TIMES, *BOOKINGS, *PICKUPS, *ROUNDS, *PLANS, *DISPUTES, *ASSISTING, *LESSONS, *QUIZZES,
    *CASES,
    *FOR_EVERYBODY,
)  # fmt: skip
