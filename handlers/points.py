"""My household's points: what it has, what it has earned, and where each point is from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import homes, notices
from handlers.buttons import Pressed, changed, column
from handlers.drawn import Drawn, draws
from handlers.filters import Key, Lives, Wish
from handlers.texts import Texts
from knowledge.calendar import Civil
from knowledge.local_time import local_day
from models import Session, memberships, points, statements
from models.memberships import Membership, NotMember
from models.statements import Line

PAGE = 10
"""How many transfers are shown at once."""

LAST_ID = 2**62
"""More transfers than there will ever be."""


class Turn(CallbackData, prefix="history"):
    """Show the page before this transfer, or the one after it; 0 for the newest page."""

    before: int = Field(default=0, ge=0, le=LAST_ID)
    after: int = Field(default=0, ge=0, le=LAST_ID)
    anew: bool = False
    """In a new message: the button stands under a picture."""


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    for asked in (Command("points", ignore_case=True), Key("menu-points"), Wish("wish-points")):
        message(show, asked, private, Lives())
        message(homes.not_yet, asked, private)
    for asked in (Command("history", ignore_case=True), Wish("wish-history")):
        message(show_history, asked, private, Lives())
        message(homes.not_yet, asked, private)
    router.callback_query.register(turn, Pressed(Turn))
    return router


async def show(
    message: Message, home: Membership, session: Session, now: datetime, civil: Civil, t: Texts
) -> SendPhoto:
    today = local_day(now, civil.zone)
    has = await points.balance(session, home.household_id, now)
    month = await statements.month(session, home.household_id, today)
    lines = [t("points-balance", points=has.points)]
    for key, number in (
        ("points-pending", has.pending),
        ("points-owed", has.owed),
        ("points-frozen", has.frozen),
    ):
        if number:
            lines.append(t(key, points=number))
    lines.append(t("points-month", points=month))
    weeks = await statements.weeks(session, home.household_id, today)
    drawn = Drawn(
        "points",
        weeks=[[f"{week.monday.month}/{week.monday.day}", week.points] for week in weeks],
        title=t("points-chart"),
        below=t("points-chart-below"),
    )
    keyboard = column([(t("button-history"), Turn(anew=True))])
    return message.answer_photo(drawn, caption="\n".join(lines), reply_markup=keyboard)


async def show_history(
    message: Message, home: Membership, session: Session, civil: Civil, t: Texts
) -> SendMessage:
    text, keyboard = await _page(session, home, Turn(), civil, t)
    return message.answer(text, reply_markup=keyboard)


async def turn(
    query: CallbackQuery, callback_data: Turn, session: Session, civil: Civil, t: Texts
) -> EditMessageText | SendMessage:
    home = await memberships.of(session, query.from_user.id)
    if home is None:
        raise NotMember
    text, keyboard = await _page(session, home, callback_data, civil, t)
    if callback_data.anew:
        return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)
    return changed(query, text, keyboard)


@notices.renders("drop-off")
def tell(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    """What the household hears of its drop-off: thanks, or what belonged where."""
    news = "withdrawn" if fields["withdrawn"] else "changed" if fields["changed"] else "new"
    quality = fields["quality"] if news != "withdrawn" else "none"
    at, station = datetime.fromisoformat(fields["at"]), fields["station"]
    lines = [t("notice-drop-off", news=news, quality=quality, at=at, station=station)]
    if news != "withdrawn":
        lines += [
            t("drop-off-wrong", what=homes.tame(item), belongs=belongs or "unknown")
            for _, item, belongs in fields["mistakes"]
            if homes.tame(item)
        ]
    lines.append(t("drop-off-points", points=fields["points"], frozen=fields["frozen"]))
    lines.append(t("drop-off-balance", balance=fields["balance"]))
    return SendMessage(chat_id=to, text="\n".join(lines))


@draws("points")
def draw(fields: Mapping[str, Any]) -> tuple[bytes, str]:
    from handlers.pictures import chart  # late: a second that a start need not wait for

    weeks = [chart.Week(label, number) for label, number in fields["weeks"]]
    return chart.weeks(weeks, title=fields["title"], below=fields["below"]), "points.png"


async def _page(
    session: Session, home: Membership, asked: Turn, civil: Civil, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    page = await statements.page(
        session, home.household_id, PAGE, before=asked.before or None, after=asked.after or None
    )
    if not page.lines:
        return t("history-empty"), None
    text = "\n\n".join([t("history-title"), *(_line(line, civil, t) for line in page.lines)])
    choices = []
    if page.has_older:
        choices.append((t("button-older"), Turn(before=page.lines[-1].id)))
    if page.has_newer:
        choices.append((t("button-newer"), Turn(after=page.lines[0].id)))
    return text, column(choices)


def _line(line: Line, civil: Civil, t: Texts) -> str:
    """A transfer in two lines: the points and why, then its drop-off or its day."""
    points = f"+{line.points}" if line.points > 0 else f"−{-line.points}"
    said = t("history-line", points=points, reason=line.reason)
    if line.drop_off and line.station:
        at, quality = line.drop_off.at.astimezone(civil.zone), line.drop_off.quality
        return said + "\n" + t("history-drop-off", at=at, station=line.station, quality=quality)
    return said + "\n" + t("history-day", at=line.at.astimezone(civil.zone))
