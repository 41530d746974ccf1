"""What only talks of things is told from what asks where they go."""

import pytest

from knowledge import talk, training
from knowledge.catalogue import Catalogue
from knowledge.names import Names
from knowledge.search import Asked, Found, Inferred, Nothing, Search, Unsure
from knowledge.talk import Talk


@pytest.mark.parametrize(
    "message",
    [
        "昨天刚买了部新手机，拍照真清楚",
        "苹果手机和华为手机哪个好",
        "谁看见我的眼镜了",
        "雨伞借给同事了还没还我",
        "书桌摆在窗户旁边好不好",
        "妈妈在阳台晒被子",
        "煤气灶打不着火，谁会修",
    ],
)
def test_what_stays_gets_no_bin(search: Search, message: str) -> None:
    assert search.answers(message) == (Nothing(message, not_rubbish=True),)


@pytest.mark.parametrize(
    "message",
    [
        "手机屏幕不亮了",
        "婴儿床娃大了睡不下",
        "花蛤壳子收不收",
        "面膜敷完了剩张湿布",
        "买了新手机，旧的咋整",
        "昨天买的草莓今天就发霉了",
        "谁要是看见旧眼镜该扔哪儿",
    ],
)
def test_what_is_to_go_gets_one(search: Search, message: str) -> None:
    (answer,) = search.answers(message)

    assert isinstance(answer, Found | Asked | Unsure | Inferred)


@pytest.mark.parametrize(
    "message", ["新手机", "眼镜", "my new phone is great", "0" * 90, "借给了我"]
)
def test_names_and_other_languages_are_not_judged(shipped: Catalogue, message: str) -> None:
    assert Talk.load().stays(message, Names(shipped.items)) == 0


def test_whatever_the_thing_the_words_around_it_count(shipped: Catalogue) -> None:
    names = Names(shipped.items)

    assert talk.masked("刚买了部手机", names) == talk.masked("刚买了部冰箱", names)
    assert talk.masked("刚买了部手机", names, but="手机") == "刚买了部手机"


def test_without_it_chat_would_get_a_bin(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Talk, "stays", lambda *_: 0.0)

    assert isinstance(search.answers("谁看见我的眼镜了")[0], Found)


def test_what_is_learned_is_what_the_messages_say(shipped: Catalogue) -> None:
    """If this fails, the catalogue or the messages were edited: run `make learn`."""
    known = list(training.messages(shipped))

    fresh = Talk(training.learn(known, talk.KINDS, talk.pieces))

    assert fresh == Talk.load()


def test_most_of_what_was_learned_is_remembered(shipped: Catalogue) -> None:
    names, kept = Names(shipped.items), Talk.load()
    told = list(talk.examples())

    right = sum((kept.stays(text, names) > 0.5) == (kind == talk.STAYS) for text, kind in told)

    assert right / len(told) > 0.9
