"""Codes: nobody but us can make one, and of ours only the exact text is read."""

import base64
import random
import secrets

import pytest

from models import Database, codes
from models.codes import LENGTH, Code, Kind, NotOurCode
from tests.models.conftest import MORNING

TRIALS = 100_000


@pytest.fixture
async def ours(database: Database) -> tuple[str, dict[int, bytes]]:
    """A household's code, and the keys that count."""
    async with database.write() as session:
        code = await codes.write(session, Kind.HOUSEHOLD, b"12345678", MORNING)
        return code, await codes.keys(session)


def accepted(text: str, keys: dict[int, bytes]) -> bool:
    try:
        codes.check(text, keys)
    except NotOurCode:
        return False
    return True


async def test_a_code_says_what_it_was_made_of(
    database: Database, ours: tuple[str, dict[int, bytes]]
) -> None:
    code, _ = ours
    async with database.read() as session:
        assert await codes.read(session, code) == Code(Kind.HOUSEHOLD, b"12345678")
    assert (len(code), codes.kind_of(code)) == (LENGTH, Kind.HOUSEHOLD)


def test_with_any_bit_flipped_it_is_no_code(ours: tuple[str, dict[int, bytes]]) -> None:
    code, keys = ours
    whole = base64.urlsafe_b64decode(code + "=")
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not accepted(base64.urlsafe_b64encode(flipped).decode().rstrip("="), keys)


def test_only_the_text_that_we_would_write_is_read(ours: tuple[str, dict[int, bytes]]) -> None:
    code, keys = ours
    twins = [code[:-1] + chr(ord(code[-1]) + 1), code + "=", code + "\n", f" {code}", code * 2]
    twins += [code[:cut] for cut in range(LENGTH)] + [code.replace("-", "+").replace("_", "/")]

    assert [twin for twin in twins if twin != code and accepted(twin, keys)] == []


def test_of_a_hundred_thousand_made_up_codes_none_is_accepted(
    ours: tuple[str, dict[int, bytes]],
) -> None:
    code, keys = ours
    chance = random.Random(1)
    head = base64.urlsafe_b64decode(code + "=")[:10]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for number in range(TRIALS):
        if number % 2:
            made_up = "".join(chance.choices(letters, k=LENGTH))
        else:  # the head of a real one, with a MAC that somebody guessed
            made_up = base64.urlsafe_b64encode(head + chance.randbytes(16)).decode().rstrip("=")
        assert not accepted(made_up, keys)


def test_another_bots_code_is_none_of_ours(ours: tuple[str, dict[int, bytes]]) -> None:
    code, keys = ours

    assert not accepted(code, {1: secrets.token_bytes(32)})
    assert accepted(code, keys)


async def test_a_code_outlives_one_change_of_keys_and_not_two(
    database: Database, ours: tuple[str, dict[int, bytes]]
) -> None:
    code, _ = ours
    outlived = []
    for _ in range(2):
        async with database.write() as session:
            await codes.renew_key(session, MORNING)
            outlived.append(accepted(code, await codes.keys(session)))

    assert outlived == [True, False]
