"""The floor of a broadcast: aiogram alone sends at a pace, and writes nothing down."""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bot.rate import Rate
from tests.trials.kills import TOKEN


async def main(
    address: str, rate: float, at_once: int, first: int, people: int, paid: bool
) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address), limit=at_once)
    bot, places, room = Bot(TOKEN, session=session), Rate(rate), asyncio.Semaphore(at_once)

    async def send(chat_id: int) -> None:
        async with room:
            while True:
                await asyncio.sleep(places.place(asyncio.get_running_loop().time()))
                try:
                    await bot.send_message(
                        chat_id, "明天收有害垃圾", allow_paid_broadcast=paid or None
                    )
                except TelegramRetryAfter as error:
                    await asyncio.sleep(error.retry_after)
                else:
                    return

    await asyncio.gather(*(send(first + number) for number in range(people)))
    await session.close()


if __name__ == "__main__":
    address, rate, at_once, first, people, paid = sys.argv[1:]
    asyncio.run(main(address, float(rate), int(at_once), int(first), int(people), paid == "True"))
