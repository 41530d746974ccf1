"""Which bin? A resident names a thing, the bot names its bin."""

import re

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Message
from pydantic import Field

from handlers.buttons import Pressed, changed, column
from handlers.cards import Cards, if_unsure
from handlers.filters import Key, Mention
from handlers.texts import Texts
from knowledge.answers import Answer, Asked, BinNamed, Found, Inferred, Nothing, Unsure
from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.search import Search
from knowledge.streams import Stream
from models import questions
from models.left_behind import LeftBehind

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


class Bins(CallbackData, prefix="bins"):
    """What belongs in each bin?"""


Buttons = list[tuple[str, Choose]]


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
    return router


async def answer_command(
    message: Message, command: CommandObject, search: Search, cards: Cards, left: LeftBehind
) -> SendMessage:
    return await answer(message, command.args or "", search, cards, left)


async def answer(
    message: Message, query: str, search: Search, cards: Cards, left: LeftBehind
) -> SendMessage:
    if not query.strip():
        return _reply(message, cards.t("ask-me"), [])
    answers = search.answers(query)
    if message.from_user:
        left.asked += [
            questions.Asked(found.asked, message.from_user.id)
            for found in answers
            if isinstance(found, Unsure | Inferred)
            or (isinstance(found, Nothing) and not found.not_rubbish)
        ]
    if len(answers) == 1:
        return _reply(message, *_in_full(answers[0], cards))
    short = [_in_short(found, cards) for found in answers]
    text = "\n\n".join(line for line, _ in short)
    return _reply(message, text, [button for _, buttons in short for button in buttons])


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
        text, buttons = cards.card(*if_unsure(item, catalogue), guessed=True), Buttons()
    else:
        text, buttons = _about(item, state or None, cards)
    if callback_data.anew:
        assert query.message is not None  # `Pressed` has looked
        chat_id = query.message.chat.id
        return SendMessage(chat_id=chat_id, text=text, reply_markup=column(buttons))
    return changed(query, text, column(buttons))


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
            return cards.t("did-you-mean", asked=_echo(asked)), [
                (
                    item.title.in_(cards.t.language),
                    _choose(item, state if state in item.states else None),
                )
                for item in items
            ]
        case Inferred(asked=asked, like=like, others=others):
            return _inferred(cards.inferred(_echo(asked), like), others, cards)
        case BinNamed(stream=stream):
            return cards.bin_card(stream), []
        case Nothing(asked=asked, not_rubbish=not_rubbish):
            return cards.t("not-rubbish" if not_rubbish else "unknown", asked=_echo(asked)), []


def _inferred(card: str, others: tuple[Item, ...], cards: Cards) -> tuple[str, Buttons]:
    """A card for what is not in the catalogue, with what may be meant instead."""
    if not others:
        return card, []
    return f"{card}\n\n" + cards.t("or-did-you-mean"), [
        (other.title.in_(cards.t.language), _choose(other)) for other in others
    ]


def _in_short(answer: Answer, cards: Cards) -> tuple[str, Buttons]:
    """One of several answers in a message; what its buttons ask is answered in another."""
    match answer:
        case Found(item=item, state=state) if item.stream_of(state):
            return cards.line(item, state), []
        case Inferred(asked=asked, like=like):
            return cards.inferred_line(_echo(asked), like), []
        case Nothing(asked=asked, not_rubbish=not_rubbish):
            key = "not-rubbish-in-short" if not_rubbish else "unknown-in-short"
            return cards.t(key, asked=_echo(asked)), []
    text, buttons = _in_full(answer, cards)
    if isinstance(answer, (Asked, Found)):
        title = answer.item.title.in_(cards.t.language)
        buttons = [(cards.t("button-of", item=title, choice=label), to) for label, to in buttons]
    return text, [(label, to.model_copy(update={"anew": True})) for label, to in buttons]


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
            (t("button-if", state=states[key]), _choose(item, key)) for key in others
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


def _choose(item: Item, state: str | None = None) -> Choose:
    return Choose(item=item.key, state=state or "")


def _reply(message: Message, text: str, buttons: Buttons) -> SendMessage:
    keyboard = column(buttons)
    if message.chat.type == ChatType.PRIVATE:
        return message.answer(text, reply_markup=keyboard)
    return message.reply(text, reply_markup=keyboard)


def _echo(asked: str) -> str:
    """What was asked, as far as it is worth repeating: nobody makes us post links or numbers."""
    line = " ".join(LIVE.sub(" ", questions.storable(asked)).split())
    line = "".join(c for c in line if c.isprintable() or c == JOINER) or "…"
    return line if len(line) <= LONGEST_ECHO else line[:LONGEST_ECHO] + "…"
