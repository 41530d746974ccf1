"""A town in which composting buckets are lent out, and a browser."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiogram import Router
from fluent.runtime import FluentResource

import handlers
from bot import app
from handlers.texts import texts
from tests import chrome as browser
from tests.chrome import Chrome
from tests.conftest import Town
from tests.desk import desk


@pytest.fixture
async def opens_with(town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens the town anew with a feature that only the test has."""

    async def opens_with(router: Callable[[], Router]) -> None:
        await town.closes()
        monkeypatch.setattr(app, "routers", lambda: [router(), *handlers.routers()])
        await town.opens()

    return opens_with


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
