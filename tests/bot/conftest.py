"""A town in which composting buckets are lent out."""

from collections.abc import AsyncIterator

import pytest
from fluent.runtime import FluentResource

import handlers
from bot import app
from handlers.texts import texts
from tests.conftest import Town
from tests.desk import desk


@pytest.fixture
async def lending(town: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town with the desk, and with words for its refusal."""
    await town.closes()
    monkeypatch.setattr(app, "routers", lambda: [desk(), *handlers.routers()])
    texts("zh")._bundle.add_resource(FluentResource("refusal-none-left = 都借完了。"))
    await town.opens()
    yield town
    texts.cache_clear()
