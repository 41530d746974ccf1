"""A town in which composting buckets are lent out, and a browser."""

from collections.abc import AsyncIterator

import pytest
from fluent.runtime import FluentResource

import handlers
from bot import app
from handlers.texts import texts
from tests import chrome as browser
from tests.chrome import Chrome
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


@pytest.fixture
async def chrome() -> AsyncIterator[Chrome]:
    async with browser.chrome() as opened:
        yield opened
