"""The bot answers presses of buttons and inline queries.

Sources: telegram-bot-api, Client.cpp (`process_answer_callback_query_query`,
`get_inline_query_result`, `get_input_message_content`). How long a query may be answered is not
published: people report 15 to 30 seconds for presses and 10 for inline queries, so the
playground stands at the strict end. The complaints in capitals come from Telegram's servers.
"""

from datetime import timedelta
from typing import Any

from bot.playground import formatting, markup, texts
from bot.playground.messages import text_content
from bot.playground.rules import (
    Answer,
    Call,
    Json,
    object_field,
    parsing,
    refuse,
    required_string,
    string_field,
)
from bot.playground.world import World

PRESS_ANSWERABLE = timedelta(seconds=15)
SEARCH_ANSWERABLE = timedelta(seconds=10)
MAX_ANSWER_TEXT = 200
MAX_RESULTS = 50
MAX_ID_BYTES = 64
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, call: Call) -> Answer:
    """answerCallbackQuery: the button stops spinning, once."""
    press = world.presses.get(call.text("callback_query_id"))
    if press is None or press.answer is not None:
        refuse(TOO_OLD)
    if world.clock() - press.at > PRESS_ANSWERABLE:
        refuse(TOO_OLD)
    if texts.utf16_length(call.text("text")) > MAX_ANSWER_TEXT:
        refuse("MESSAGE_TOO_LONG")
    if call.text("url"):
        refuse("URL_INVALID")
    press.answer = {"text": call.text("text"), "show_alert": call.flag("show_alert")}
    world.changed()
    return Answer(True)


def answer_inline_query(world: World, call: Call) -> Answer:
    """answerInlineQuery: the list of results that the person sees."""
    button = _read_button(call)
    results = _read_results(
        world, call.decoded("results", "Can't parse JSON encoded inline query results")
    )
    search = world.searches.get(call.text("inline_query_id"))
    if search is None or search.results is not None:
        refuse(TOO_OLD)
    if world.clock() - search.at > SEARCH_ANSWERABLE:
        refuse(TOO_OLD)
    ids = [result["id"] for result in results]
    if any(not 1 <= len(each.encode()) <= MAX_ID_BYTES for each in ids):
        refuse("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        refuse("RESULT_ID_DUPLICATE")
    if len(call.text("next_offset").encode()) > MAX_ID_BYTES:
        refuse("NEXT_OFFSET_INVALID")
    search.results, search.button = results, button
    world.changed()
    return Answer(True)


def _read_button(call: Call) -> Json | None:
    value = call.decoded("button", "Can't parse inline query results button JSON object")
    if value is None:
        return None
    with parsing("inline query results button"):
        if not isinstance(value, dict):
            refuse("InlineQueryResultsButton must be an Object")
        button = {"text": required_string(value, "text")}
        if "start_parameter" not in value:
            refuse("InlineQueryResultsButton must have exactly one optional field")
        return {**button, "start_parameter": required_string(value, "start_parameter")}


def _read_results(world: World, values: Any) -> list[Json]:
    if values is None:
        return []
    if not isinstance(values, list):
        refuse("Expected an Array of inline query results")
    if len(values) > MAX_RESULTS:
        refuse("Too many inline query results specified")
    with parsing("inline query result"):
        read = [_read_result(value) for value in values]
    return [_settled(world, result) for result in read]


def _read_result(value: Any) -> Json:
    if not isinstance(value, dict):
        refuse("Inline query result must be an object")
    kind = required_string(value, "type").lower()
    result: Json = {"type": kind, "id": required_string(value, "id")}
    if kind != "article":
        raise NotImplementedError(kind)  # The bot answers with articles only.
    content = object_field(value, "input_message_content")
    if content is None:
        refuse('Can\'t find field "message_text"')
    text = string_field(content, "message_text")
    if not text:
        refuse("Input message content is not specified")
    parse_mode = string_field(content, "parse_mode") or ""
    result["written"] = formatting.formatted(text, parse_mode, content.get("entities"))
    result["shown"] = markup.read_value(object_field(value, "reply_markup"))
    result["title"] = required_string(value, "title")
    result["description"] = string_field(value, "description") or ""
    return result


def _settled(world: World, result: Json) -> Json:
    """A result whose message Telegram would post."""
    if not result["title"].strip():
        refuse("ARTICLE_TITLE_EMPTY")
    message = text_content(world, result["written"])
    shown = markup.settled(result["shown"], only_inline=True)
    if shown:
        message["reply_markup"] = shown
    return {
        "id": result["id"],
        "title": result["title"],
        "description": result["description"],
        "message": message,
    }
