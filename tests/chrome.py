"""A real browser for the playground's page, where there is one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Chrome:
    """The browser. What goes wrong inside a page is kept in `faults`."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.faults: list[str] = []

    async def opens(self, address: str, *, width: int = 390, locale: str = "zh-CN") -> Any:
        """The page, in a fresh profile."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        await page.goto(address)
        return page


@asynccontextmanager
async def chrome() -> AsyncIterator[Chrome]:
    """Open it; at the end, nothing may have gone wrong in its pages."""
    playwright = pytest.importorskip(
        "playwright.async_api", reason="playwright is not installed", exc_type=ImportError
    )
    if not CHROMIUM.exists():
        pytest.skip("there is no browser: apt-get install chromium")
    async with playwright.async_playwright() as tools:
        opened = Chrome(await tools.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        yield opened
        await opened.browser.close()
    assert opened.faults == []
