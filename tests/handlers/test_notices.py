"""How notices are put into words."""

from datetime import UTC, datetime

from aiogram.methods import SendLocation, SendMessage, SendPhoto
from aiogram.types import MessageEntity
from fluent.runtime import FluentResource

from handlers import notices
from handlers.texts import Texts

ZH = Texts("zh")
ZH._bundle.add_resource(FluentResource("notice-fire = { $house } 号楼着火了"))
FIRE = {"house": "3"}
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_kind_is_told_in_its_text_with_the_fields() -> None:
    call = notices.render("fire", FIRE, ZH, 7, False, NOW)

    assert call == SendMessage(chat_id=7, text="3 号楼着火了")


def test_a_repeat_says_so_in_its_first_line() -> None:
    call = notices.render("fire", FIRE, ZH, 7, True, NOW)

    assert call == SendMessage(chat_id=7, text="（重发）\n3 号楼着火了")


def test_a_feature_may_say_how_and_its_entities_stay_where_they_belong() -> None:
    bold = MessageEntity(type="bold", offset=2, length=1)

    @notices.renders("loud")
    def loud(fields: notices.Fields, t: object, to: int) -> SendPhoto:
        words = f"🔥{fields['house']}"
        return SendPhoto(chat_id=to, photo="a", caption=words, caption_entities=[bold])

    try:
        call = notices.render("loud", FIRE, ZH, 7, True, NOW)
    finally:
        del notices.RENDERERS["loud"]

    assert isinstance(call, SendPhoto)
    assert call.caption == "（重发）\n🔥3"
    assert call.caption_entities
    assert [each.offset for each in call.caption_entities] == [2 + len("（重发）\n")]
    assert bold.offset == 2


def test_what_has_no_words_is_sent_as_it_is() -> None:
    @notices.renders("where")
    def where(fields: notices.Fields, t: object, to: int) -> SendLocation:
        return SendLocation(chat_id=to, latitude=31.2, longitude=121.5)

    try:
        call = notices.render("where", {}, ZH, 7, True, NOW)
    finally:
        del notices.RENDERERS["where"]

    assert call == SendLocation(chat_id=7, latitude=31.2, longitude=121.5)
