"""Which bin? A resident names a thing, the bot names its bin."""

import re

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Chat, Message
from pydantic import Field

from handlers import bulky
from handlers.bulky import Book, Bring
from handlers.buttons import Choices, Pressed, changed, column, stacked
from handlers.cards import Cards, if_unsure
from handlers.filters import Key, Mention
from handlers.texts import Texts
from knowledge.answers import (
    Answer,
    Asked,
    BinNamed,
    Found,
    Inferred,
    Nothing,
    Unsure,
    items_of,
)
from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.search import Search
from knowledge.streams import Stream
from models import questions
from models.left_behind import LeftBehind
from models.places import Here

EXPLAINED = (Stream.FOOD, Stream.RECYCLABLE, Stream.HAZARDOUS, Stream.RESIDUAL)
"""The bins that the menu explains, the daily one first."""

UNSURE = "unsure"
"""Stands for a state where the person cannot tell which it is."""

LONGEST_ECHO = 40
"""How much of a question we repeat, in characters."""

LIVE = re.compile(r"[@#/:$+]|\.(?!\d)|(?<!\d)\.|\.(?=\d+\.)")
"""What Telegram makes links, mentions and commands of; a decimal point is none."""

JOINER = "\u200d"
"""Holds a picture of several persons or things together."""


class Choose(CallbackData, prefix="bin"):
    """This item, in this state."""

    item: str = Field(pattern=r"^[A-Z2-7]{8}$")
    state: str = Field("", pattern=r"^[a-z_]{0,20}$")
    anew: bool = False
    """Answer in a new message, so that the other answers in this one stay."""


class Wrong(CallbackData, prefix="wrong"):
    """The answer about this was wrong."""

    item: str = Field(default="", pattern=r"^([A-Z2-7]{8})?$")
    """What was answered about, where the words of the question are not known or too long."""
    name: str = Field(default="", max_length=64)
    """What was asked about."""


class Bins(CallbackData, prefix="bins"):
    """What belongs in each bin?"""


Buttons = list[tuple[str, CallbackData]]

WRONG_ACROSS = 2
"""Buttons a row for what is wrong: they are wanted rarely, and there may be eight."""

ROOM = 64 - len(Wrong().pack())
"""Bytes that Telegram leaves on a button for the name of what was asked about."""


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    message(answer_command, Command("bin", ignore_case=True))
    message(invite, Key("menu-ask"), private)
    message(explain_bins, Key("menu-bins"), private)
    message(answer, Mention(), ~F.text.startswith("/"))
    message(answer, F.text.as_("query"), ~F.text.startswith("/"), private)
    message(answer, F.caption.as_("query"), private)
    router.callback_query.register(explain_bins_here, Pressed(Bins, in_groups=True))
    router.callback_query.register(show_choice, Pressed(Choose, in_groups=True))
    # Whatever it says is said only one way: it has nothing but words.
    router.callback_query.register(note_wrong, Wrong.filter())
    return router


async def answer_command(
    message: Message,
    command: CommandObject,
    search: Search,
    here: Here,
    cards: Cards,
    left: LeftBehind,
) -> SendMessage:
    return await answer(message, command.args or "", search, here, cards, left)


async def answer(
    message: Message, query: str, search: Search, here: Here, cards: Cards, left: LeftBehind
) -> SendMessage:
    if not query.strip():
        return _reply(message, cards.t("ask-me"), [])
    answers = search.answers(query)
    if message.from_user:
        left.asked += [
            questions.Asked(
                found.asked, search.name_in(found.asked), message.from_user.id, here.area_id
            )
            for found in answers
            if isinstance(found, Unsure | Inferred)
            or (isinstance(found, Nothing) and not found.not_rubbish)
        ]
    if len(answers) == 1:
        text, buttons = _in_full(answers[0], cards)
        return _reply(message, text, buttons, _if_wrong(answers[0], search, cards.t))
    short = [_in_short(found, cards) for found in answers]
    text = "\n\n".join(line for line, _ in short)
    buttons = [button for _, buttons in short for button in buttons]
    wrong = [one for found in answers for one in _which_wrong(found, search, cards)]
    return _reply(message, text, buttons, wrong)


async def invite(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("ask-me"), reply_markup=column([(t("menu-bins"), Bins())]))


async def explain_bins(message: Message, cards: Cards) -> SendMessage:
    return message.answer(_all_bins(cards))


async def explain_bins_here(query: CallbackQuery, cards: Cards) -> SendMessage:
    assert query.message is not None  # `Pressed` has looked
    return SendMessage(chat_id=query.message.chat.id, text=_all_bins(cards))


async def show_choice(
    query: CallbackQuery, callback_data: Choose, catalogue: Catalogue, cards: Cards
) -> EditMessageText | SendMessage | AnswerCallbackQuery:
    item, state = catalogue.by_key(callback_data.item), callback_data.state
    known = item and state in ("", UNSURE, *item.states)
    if not item or not known:  # of an older catalogue
        return query.answer(cards.t("lost-button"), show_alert=True)
    if state == UNSURE:
        likely = if_unsure(item, catalogue)
        text, buttons = cards.card(*likely, guessed=True), _fetched(*likely, cards)
    else:
        text, buttons = _about(item, state or None, cards)
    if item.stream_of(state or None) or state == UNSURE:
        buttons = [*buttons, (cards.t("button-wrong"), Wrong(item=item.key))]
    assert query.message is not None  # `Pressed` has looked
    keyboard = column(_for(query.message.chat, buttons))
    if callback_data.anew:
        return SendMessage(chat_id=query.message.chat.id, text=text, reply_markup=keyboard)
    return changed(query, text, keyboard)


async def note_wrong(
    query: CallbackQuery,
    callback_data: Wrong,
    catalogue: Catalogue,
    search: Search,
    here: Here,
    t: Texts,
    left: LeftBehind,
) -> AnswerCallbackQuery:
    """Keep for staff what somebody found wrong; the message stays as it is."""
    item = catalogue.by_key(callback_data.item)
    asked = callback_data.name or (item.name if item else "")
    name = search.name_in(asked)
    if not questions.key_of(name):
        return query.answer(t("lost-button"), show_alert=True)
    left.asked.append(
        questions.Asked(asked, name, query.from_user.id, here.area_id, is_wrong=True)
    )
    return query.answer(t("wrong-noted"), show_alert=True)


def _all_bins(cards: Cards) -> str:
    return "\n\n".join(cards.bin_card(stream) for stream in EXPLAINED)


def _in_full(answer: Answer, cards: Cards) -> tuple[str, Buttons]:
    """One answer as a message of its own, and its buttons."""
    match answer:
        case Found(item=item, state=state):
            return _about(item, state, cards)
        case Asked(item=item):
            return _about(item, None, cards)
        case Unsure(asked=asked, items=items, state=state):
            meant = [(item, state if state in item.states else None) for item in items]
            question = cards.t("did-you-mean", asked=_echo(asked), number=len(items))
            bins = [cards.headline(*one) for one in meant if one[0].stream_of(one[1])]
            return "\n".join((question, *bins)), [
                (item.title.in_(cards.t.language), _choose(item, known)) for item, known in meant
            ]
        case Inferred(asked=asked, like=like, others=others):
            return _inferred(cards.inferred(_echo(asked), like), like, others, cards)
        case BinNamed(stream=stream):
            return cards.bin_card(stream), []
        case Nothing(asked=asked, not_rubbish=not_rubbish):
            return cards.t("not-rubbish" if not_rubbish else "unknown", asked=_echo(asked)), []


def _inferred(
    card: str, like: Item, others: tuple[Item, ...], cards: Cards
) -> tuple[str, Buttons]:
    """A card for what is not in the catalogue, with what may be meant instead."""
    fetched: Buttons = _booked(Book(), like.stream_of(None), cards)
    if not others:
        return card, fetched
    return f"{card}\n\n" + cards.t("or-did-you-mean"), [
        *((other.title.in_(cards.t.language), _choose(other)) for other in others),
        *fetched,
    ]


def _in_short(answer: Answer, cards: Cards) -> tuple[str, Buttons]:
    """One of several answers in a message; what its buttons ask is answered in another."""
    match answer:
        case Found(item=item, state=state) if item.stream_of(state):
            return cards.line(item, state), _fetched(item, state, cards, is_one_of_several=True)
        case Inferred(asked=asked, like=like):
            return cards.inferred_line(_echo(asked), like), []
        case Nothing(asked=asked, not_rubbish=not_rubbish):
            key = "not-rubbish-in-short" if not_rubbish else "unknown-in-short"
            return cards.t(key, asked=_echo(asked)), []
    text, buttons = _in_full(answer, cards)
    if isinstance(answer, (Asked, Found)):
        title = answer.item.title.in_(cards.t.language)
        buttons = [(cards.t("button-of", item=title, choice=label), to) for label, to in buttons]
    return text, [
        (label, to.model_copy(update={"anew": True}) if isinstance(to, Choose) else to)
        for label, to in buttons
    ]


def _about(item: Item, state: str | None, cards: Cards) -> tuple[str, Buttons]:
    """The card; or a question back, where the bin depends on what we do not know."""
    t = cards.t
    title = item.title.in_(t.language)
    states = {
        key: known.label.in_(t.language)
        for key in item.states
        if item.question and (known := item.question.state(key))
    }
    if stream := item.stream_of(state):
        # The usual bin is said at once; where another state changes it, that is a tap away.
        others = [key for key in states if key != state and item.stream_of(key) is not stream]
        return cards.card(item, state), [
            *((t("button-if", state=states[key]), _choose(item, key)) for key in others),
            *_fetched(item, state, cards),
        ]
    unsure = (t("button-unsure"), _choose(item, UNSURE))
    if item.question:
        question = item.question.text.in_(t.language)
        choices = [(label, _choose(item, key)) for key, label in states.items()]
        return t("which-state", item=title, question=question), [*choices, unsure]
    members = [member for name in item.members if (member := cards.catalogue.by_name(name))]
    return t("which-member", item=title), [
        *((member.title.in_(t.language), _choose(member)) for member in members),
        unsure,
    ]


def _fetched(
    item: Item, state: str | None, cards: Cards, *, is_one_of_several: bool = False
) -> Buttons:
    """What is too large for the bins: have it collected, or see where it is brought."""
    key = bulky.listed().key_of(item.name)
    stream = Stream.BULKY if key else item.stream_of(state)
    title = item.title.in_(cards.t.language) if is_one_of_several else ""
    return _booked(Book(what=key or item.key), stream, cards, title)


def _booked(book: Book, stream: Stream | None, cards: Cards, title: str = "") -> Buttons:
    if stream is Stream.RENOVATION:
        return [(cards.t("button-bring"), Bring(stream=stream))]
    if stream is not Stream.BULKY:
        return []
    return [(cards.t("button-book-of", item=title) if title else cards.t("button-book"), book)]


def _choose(item: Item, state: str | None = None) -> Choose:
    return Choose(item=item.key, state=state or "")


def _if_wrong(answer: Answer, search: Search, t: Texts) -> Buttons:
    """The button for an answer that names a bin, or that sees no rubbish, and is wrong."""
    match answer:
        case Found() | Inferred() if items_of(answer)[0].stream_of(_state(answer)):
            return [(t("button-wrong"), _wrong(answer, search))]
        case Nothing(not_rubbish=True):
            return [(t("button-is-rubbish"), _wrong(answer, search))]
    return []


def _which_wrong(answer: Answer, search: Search, cards: Cards) -> Buttons:
    """The same for one of several answers: it says which."""
    if isinstance(answer, Nothing) or not _if_wrong(answer, search, cards.t):
        return []
    named = _echo(answer.asked)
    if isinstance(answer, Found):
        named = answer.item.title.in_(cards.t.language)
    return [(cards.t("button-wrong-of", item=named), _wrong(answer, search))]


def _state(answer: Answer) -> str | None:
    return answer.state if isinstance(answer, Found) else None


def _wrong(answer: Answer, search: Search) -> Wrong:
    """What was asked about, as far as a button can say it."""
    name = search.name_in(questions.storable(answer.asked))
    if len(name.encode()) <= ROOM:
        return Wrong(name=name)
    items = items_of(answer)
    return Wrong(item=items[0].key) if items else Wrong(name=name[: ROOM // 4])


def _reply(message: Message, text: str, buttons: Buttons, wrong: Choices = ()) -> SendMessage:
    keyboard = stacked((_for(message.chat, buttons), 1), (wrong, WRONG_ACROSS))
    if message.chat.type == ChatType.PRIVATE:
        return message.answer(text, reply_markup=keyboard)
    return message.reply(text, reply_markup=keyboard)


def _for(chat: Chat, buttons: Buttons) -> Choices:
    """Each button once; nobody books in front of others."""
    if chat.type != ChatType.PRIVATE:
        buttons = [(label, to) for label, to in buttons if not isinstance(to, Book | Bring)]
    return list({to.pack(): (label, to) for label, to in buttons}.values())


def _echo(asked: str) -> str:
    """What was asked, as far as it is worth repeating: nobody makes us post links or numbers."""
    line = " ".join(LIVE.sub(" ", questions.storable(asked)).split())
    line = "".join(c for c in line if c.isprintable() or c == JOINER) or "…"
    return line if len(line) <= LONGEST_ECHO else line[:LONGEST_ECHO] + "…"
