"""What people do on the page: each wish comes as JSON from the browser."""

from bot.playground.links import start_payload
from bot.playground.pictures import sizes
from bot.playground.rules import Json
from bot.playground.stage import SHOWN_PRESSES, Stage
from bot.playground.texts import MAX_CAPTION, utf16_length

MAX_PICTURE_BYTES = 20 << 20


def carry_out(stage: Stage, wish: Json) -> Json:
    """Do what is wished; a `ValueError` or `KeyError` says that it cannot be."""
    match wish:
        case {"do": "add"}:
            return {"id": stage.add(str(wish.get("name") or "")).id}
        case {"do": "afresh"}:
            stage.begin_afresh()
        case {"do": "speak", "language": "zh" | "en" as language}:
            stage.speak(language)
        case {"person": int(person_id)}:
            return _as_person(stage, person_id, wish)
        case _:
            raise ValueError(wish)
    return {}


def send_picture(stage: Stage, person_id: int, content: bytes, caption: str = "") -> None:
    """Send a picture from a phone; a `ValueError` says that it is none."""
    if utf16_length(caption) > MAX_CAPTION:
        message = f"a caption has at most {MAX_CAPTION} characters"
        raise ValueError(message)
    made = sizes(content) if len(content) <= MAX_PICTURE_BYTES else []
    if not made:
        message = "this is no picture, or it is too large"
        raise ValueError(message)
    # An app makes a picture smaller before it sends it.
    stage.person(person_id).send_photo(made[-1].content, caption)


def _as_person(stage: Stage, person_id: int, wish: Json) -> Json:
    phone, person = stage.phones[person_id], stage.person(person_id)
    match wish:
        case {"do": "start", "payload": str(payload)}:
            person.start(payload)
        case {"do": "say", "text": str(text)}:
            person.say(text)
        case {"do": "press", "message": int(message_id), "data": str(data)}:
            phone.presses.append(person.press(message_id, data))
            del phone.presses[:-SHOWN_PRESSES]
            return {"id": phone.presses[-1]}
        case {"do": "search", "query": str(query)}:
            phone.search_id = person.search(query).id
            return {"id": phone.search_id}
        case {"do": "choose", "result": str(result_id)}:
            search = stage.playground.world.searches[phone.search_id or ""]
            person.choose(search, result_id)
            phone.search_id = None
        case {"do": "share_contact"}:
            person.send_contact(f"+86138{person_id % 100_000_000:08d}")
        case {"do": "send_location", "latitude": int() | float(), "longitude": int() | float()}:
            _send_location(stage, person_id, float(wish["latitude"]), float(wish["longitude"]))
        case {"do": "open", "link": str(link)}:
            return {"payload": start_payload(link, stage.playground.world.bot["username"])}
        case {"do": "scan", "file": str(file_id)}:
            return _scan(stage, file_id)
        case {"do": "pass_on", "file": str(file_id)}:
            send_picture(stage, person_id, _picture(stage, file_id))
        case {"do": "block"}:
            person.block()
        case {"do": "leave"}:
            stage.remove(person_id)
        case _:
            raise ValueError(wish)
    return {}


def _send_location(stage: Stage, person_id: int, latitude: float, longitude: float) -> None:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        message = "there is no such place on earth"
        raise ValueError(message)
    stage.person(person_id).send_location(latitude, longitude)


def _scan(stage: Stage, file_id: str) -> Json:
    """Hold the phone's camera over a picture: a link to the bot is opened, as by a tap."""
    assert stage.read_code is not None, "nobody reads codes here"
    link = stage.read_code(_picture(stage, file_id))
    return {"payload": link and start_payload(link, stage.playground.world.bot["username"])}


def _picture(stage: Stage, file_id: str) -> bytes:
    """The largest size of a picture."""
    kept = stage.playground.world.files.kept[file_id]
    return stage.playground.world.files.kept[kept.sizes[-1]].upload.content
