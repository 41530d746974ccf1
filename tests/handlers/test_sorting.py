"""Which bin? People ask, the bot answers."""

from tests.people import Person


async def test_a_newcomer_who_never_pressed_start_is_answered_in_one_message(wang: Person) -> None:
    await wang.says("香蕉皮")

    assert len(wang.screen) == 1
    assert "香蕉皮 → 厨余垃圾（绿色）" in wang.sees
    assert "为什么：" in wang.sees
    assert "先处理：" in wang.sees
    assert "接下来：" in wang.sees
