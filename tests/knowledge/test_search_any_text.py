"""Whatever is typed gets an answer, and soon."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge import wording
from knowledge.answers import Answer, Asked, BinNamed, Found, Inferred, Nothing, Unsure, verdict
from knowledge.search import FLOOR, SURE, Search

CPU_SECONDS = 0.05

WORDS = "香蕉皮 旧 的 沙发 和 、 是什么垃圾 脏 电池 用过 🍌 paper used ( ） “ xiang pi /"
SENTENCES = st.lists(st.sampled_from(WORDS.split())).map("".join)


def check(answer: Answer, typed: str) -> None:
    assert answer.asked == answer.asked.strip()
    assert answer.asked in typed
    match answer:
        case Found(item=item, state=state, confidence=confidence):
            assert item.stream_of(state)
            assert confidence <= 1
            assert confidence >= SURE or item.elsewhere
        case Asked(item=item, confidence=confidence):
            assert item.group is None
            assert SURE <= confidence <= 1
        case Unsure(items=items, confidence=confidence):
            assert 1 <= len(items) <= 3
            assert len({item.name for item in items}) == len(items)
            assert FLOOR <= confidence < SURE
        case Inferred(like=like, others=others, confidence=confidence):
            assert like.stream_of(None)
            assert like not in others
            assert 0 < confidence < SURE
        case BinNamed() | Nothing():
            pass
    assert len(verdict(answer)) == 3


@given(st.text() | st.text(st.characters()) | SENTENCES)
@example("\ud83d")
@example("香蕉皮\0")
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gets_an_answer(search: Search, typed: str) -> None:
    answers = search.answers(typed)

    assert 1 <= len(answers) <= 8
    for answer in answers:
        check(answer, typed)


@given(st.text(max_size=30) | SENTENCES, st.integers(1, 50))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_beginning_can_be_completed(search: Search, typed: str, limit: int) -> None:
    assert len(search.suggest(typed, limit)) <= limit


@pytest.mark.parametrize(
    "typed",
    [
        "的" * 4096,
        "旧的破的" * 1024,
        "香\u0301\u0302\u0303\u0304" * 900,
        "香蕉片，" * 1024,
        "\ufdfa" * 4096,
        "纸和" * 2048,
        "(" * 4096,
        "“" * 4096,
        "是什么垃圾" * 800,
        "🍌📰" * 2048,
        "👨‍👩‍👧" * 800,
        "a/b/" * 1024,
        "used old paper " * 270,
        "shenmelaji" * 400,
        "什么" * 2048,
        "\0" * 4096,
    ],
)
def test_a_flood_takes_no_longer_than_a_question(search: Search, typed: str) -> None:
    search.answers("香焦皮")

    spent = []
    for _ in range(3):
        began = time.process_time()
        search.answers(typed)
        spent.append(time.process_time() - began)

    assert min(spent) < CPU_SECONDS


def test_what_is_beyond_the_first_thousand_characters_is_not_looked_at(search: Search) -> None:
    [answer] = search.answers("香蕉皮" + "。" * wording.LONGEST + "沙发")

    assert verdict(answer)[1] == "香蕉皮"
