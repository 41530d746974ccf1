"""Which bin, asked from any other chat: `@name 物品`."""

from aiogram import Router
from aiogram.methods import AnswerInlineQuery
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    Message,
)

from handlers.cards import Cards
from handlers.filters import FromInline
from knowledge.answers import Asked, BinNamed, Found, Inferred, Unsure, items_of
from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.search import Search
from knowledge.streams import Stream

MOST = 20
"""How many results are offered; more would only be scrolled past."""

CACHE_SECONDS = 60
"""How long Telegram may show the same results again."""


def router() -> Router:
    router = Router(name=__name__)
    router.inline_query.register(offer)
    router.message.register(leave_alone, FromInline())
    return router


async def offer(
    query: InlineQuery, catalogue: Catalogue, search: Search, cards: Cards
) -> AnswerInlineQuery:
    results: dict[str, InlineQueryResultUnion] = {}
    if query.query.strip():
        for answer in search.answers(query.query):
            match answer:
                case Found(item=item, state=str(state)):
                    _add(results, item, state, cards)
                case Found(item=item) | Asked(item=item):
                    _add_all(results, item, cards, catalogue)
                case Unsure() | Inferred():
                    for item in items_of(answer):
                        _add_all(results, item, cards, catalogue)
                case BinNamed(stream=stream):
                    results[stream] = _article_of_bin(stream, cards)
        for item in search.suggest(query.query, MOST):
            _add_all(results, item, cards, catalogue)
    return query.answer(
        list(results.values())[:MOST],
        cache_time=CACHE_SECONDS,
        is_personal=True,  # the words are in this person's language
        button=None
        if results
        else InlineQueryResultsButton(text=cards.t("inline-ask"), start_parameter="inline"),
    )


async def leave_alone(message: Message) -> None:
    """A card that somebody posts in a chat with us is an answer, not a question."""


def _add_all(
    results: dict[str, InlineQueryResultUnion], item: Item, cards: Cards, catalogue: Catalogue
) -> None:
    """A result for each state or member that an item may stand for."""
    for name in item.members:
        if member := catalogue.by_name(name):
            _add_all(results, member, cards, catalogue)
    if item.group:
        _add(results, item, None, cards)
    usual = item.stream_of(None)
    for state in item.states:
        if item.stream_of(state) is not usual:
            _add(results, item, state, cards)


def _add(
    results: dict[str, InlineQueryResultUnion], item: Item, state: str | None, cards: Cards
) -> None:
    id_ = f"{item.key}.{state or ''}"
    results.setdefault(
        id_,
        InlineQueryResultArticle(
            id=id_,
            title=cards.headline(item, state),
            description=item.prepare_of(state).in_(cards.t.language),
            input_message_content=InputTextMessageContent(message_text=cards.card(item, state)),
        ),
    )


def _article_of_bin(stream: Stream, cards: Cards) -> InlineQueryResultArticle:
    text = cards.bin_card(stream)
    title, _, description = text.partition("\n")
    return InlineQueryResultArticle(
        id=stream,
        title=title,
        description=description.strip(),
        input_message_content=InputTextMessageContent(message_text=text),
    )
