"""Codes: what a QR code or a link says, such that nobody but us can make one.

Version and kind, number of the key, eight bytes that name a row, and a 128-bit MAC over all of
it: 26 bytes, 35 characters of a `/start` link (reliability D16). A code only *names* something;
what may be done with it depends on who sends it.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, Refusal, Session

VERSION = 0x10
MAC_BYTES = 16
LENGTH = 35
"""Of a code, in characters."""

VALID_KEYS = 2
"""The newest keys count: cards made before the last change still work, older ones do not."""


class NotOurCode(Refusal):
    """It is no code of ours, or it was changed on the way."""


class Kind(IntEnum):
    """What a code names."""

    HOUSEHOLD = 1
    STATION = 2
    SLIP = 3
    """A joining slip."""
    INVITATION = 4


class CodeKey(Base):
    """A secret that codes are made with."""

    __tablename__ = "code_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says."""

    kind: Kind
    token: bytes


async def write(session: Session, kind: Kind, token: bytes, now: datetime) -> str:
    """The text of a code, made with the newest key; the first one is made now. Writes."""
    (text,) = await write_all(session, kind, [token], now)
    return text


async def write_all(
    session: Session, kind: Kind, tokens: Iterable[bytes], now: datetime
) -> list[str]:
    """The texts of many codes. Writes."""
    known = await keys(session)
    if not known:
        session.add(CodeKey(id=1, secret=secrets.token_bytes(32), made_at=now))
        await session.flush()
        known = await keys(session)
    id_, secret = max(known.items())
    bodies = (bytes((VERSION | kind, id_)) + token for token in tokens)
    return [_as_text(body + _mac(secret, body)) for body in bodies]


async def read(session: Session, text: str) -> Code:
    """What a code says; raises `NotOurCode` unless it is one of ours to the last bit."""
    return check(text, await keys(session))


def check(text: str, by_id: Mapping[int, bytes]) -> Code:
    """What a code says, by these keys; raises `NotOurCode`."""
    body, mac = _take_apart(text)
    secret = by_id.get(body[1])
    if secret is None or not hmac.compare_digest(_mac(secret, body), mac):
        raise NotOurCode
    return Code(Kind(body[0] & 0x0F), body[2:])


async def keys(session: Session) -> dict[int, bytes]:
    """The keys that count, by their numbers."""
    newest = select(CodeKey.id, CodeKey.secret).order_by(CodeKey.id.desc()).limit(VALID_KEYS)
    return {row.id: row.secret for row in await session.execute(newest)}


async def made(session: Session) -> Sequence[tuple[int, datetime]]:
    """The keys that count, the newest first, and when each was made."""
    newest = select(CodeKey.id, CodeKey.made_at).order_by(CodeKey.id.desc()).limit(VALID_KEYS)
    return [(row.id, row.made_at) for row in await session.execute(newest)]


async def renew_key(session: Session, now: datetime) -> int:
    """Make a new key; codes made with the one before still count, older ones do not. Writes."""
    newest = max(await keys(session), default=0)
    session.add(CodeKey(id=newest + 1, secret=secrets.token_bytes(32), made_at=now))
    await session.flush()
    return newest + 1


def kind_of(text: str) -> Kind | None:
    """What a text of this form would name; only `read` knows whether it is a code of ours."""
    try:
        return Kind(_take_apart(text)[0][0] & 0x0F)
    except NotOurCode:
        return None


def _as_text(code: bytes) -> str:
    return base64.urlsafe_b64encode(code).decode().rstrip("=")


def _mac(secret: bytes, body: bytes) -> bytes:
    return hmac.digest(secret, body, "sha256")[:MAC_BYTES]


def _take_apart(text: str) -> tuple[bytes, bytes]:
    """Body and MAC. Many texts decode to the same bytes: only the one we would write is read."""
    if len(text) != LENGTH or not text.isascii():
        raise NotOurCode
    try:
        decoded = base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except ValueError:
        raise NotOurCode from None
    if (
        _as_text(decoded) != text
        or decoded[0] & 0xF0 != VERSION
        or decoded[0] & 0x0F not in set(Kind)
    ):
        raise NotOurCode
    return decoded[:-MAC_BYTES], decoded[-MAC_BYTES:]
