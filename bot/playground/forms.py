"""What comes with a request: parameters and files, in every encoding that Telegram reads.

Source of the encodings: telegram-bot-api, HttpConnection.cpp.
"""

import json
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.playground.rules import ApiError, Upload


async def read(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The parameters of a request, however they are written."""
    parameters = dict(request.query)
    files: dict[str, Upload] = {}
    match request.content_type if request.body_exists else "":
        case "application/json":
            parameters |= await _from_json(request)
        case "application/x-www-form-urlencoded":
            written = (await request.read()).decode("ascii", "surrogateescape")
            parameters |= parse_qsl(written, keep_blank_values=True, errors="surrogateescape")
        case "multipart/form-data":
            async for part in await request.multipart():
                assert isinstance(part, BodyPartReader)
                name, content = part.name or "", bytes(await part.read(decode=True))
                if part.filename is None:
                    parameters[name] = content.decode(errors="surrogateescape")
                else:
                    files[name] = Upload(part.filename, content)
    return parameters, files


async def _from_json(request: web.Request) -> dict[str, str]:
    try:
        body = json.loads(await request.text())
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse request: invalid JSON object") from None
    if not isinstance(body, dict):
        raise ApiError(400, "Bad Request: can't parse request: expected an Object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in body.items()
        if value is not None
    }
