"""The bot sends a place on the map, with or without a name.

Sources: telegram-bot-api, Client.cpp (`get_location`, `process_send_location_query`,
`process_send_venue_query`); td, Location.cpp and Venue.cpp.
"""

import math
import re

from bot.playground.messages import post, prepared
from bot.playground.rules import Answer, Call, Json, refuse
from bot.playground.world import World

LIVE_SECONDS = range(60, 86_400 + 1)
FOR_EVER = 0x7FFFFFFF
MAX_ACCURACY_METRES = 1500
MAX_ALERT_METRES = 100_000


def send_location(world: World, call: Call) -> Answer:
    """sendLocation."""
    point = _point(call)
    live = call.integer("live_period")
    heading, alert = call.integer("heading"), call.integer("proximity_alert_radius")
    chat, shown, reply = prepared(world, call)
    if not _is_on_earth(point):
        refuse(f"invalid {'live ' if live else ''}location specified")
    if live and live != FOR_EVER and live not in LIVE_SECONDS:
        refuse("wrong live location period specified")
    if not 0 <= heading <= 360:
        refuse("wrong live location heading specified")
    if not 0 <= alert <= MAX_ALERT_METRES:
        refuse("wrong live location proximity alert radius specified")
    if live:
        more = {"live_period": live, "heading": heading, "proximity_alert_radius": alert}
        point |= {name: value for name, value in more.items() if value}
    return post(world, call, chat, shown, {**reply, "location": point})


def send_venue(world: World, call: Call) -> Answer:
    """sendVenue: the message carries the place by itself, too (Client.cpp, JsonMessage)."""
    point = _point(call)
    venue: Json = {"title": call.text("title").strip(), "address": call.text("address").strip()}
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if call.text(name):
            venue[name] = call.text(name)
    chat, shown, reply = prepared(world, call)
    if not _is_on_earth(point):
        refuse("wrong venue location specified")
    content = {"location": point, "venue": {"location": point, **venue}}
    return post(world, call, chat, shown, {**reply, **content})


def _point(call: Call) -> Json:
    for name in ("latitude", "longitude"):
        if not call.text(name).strip():
            refuse(f"{name} is empty")
    point: Json = {name: _leading_number(call.text(name)) for name in ("latitude", "longitude")}
    accuracy = _leading_number(call.text("horizontal_accuracy"))
    if accuracy > 0:
        point["horizontal_accuracy"] = math.ceil(min(accuracy, MAX_ACCURACY_METRES))
    return point


def _is_on_earth(point: Json) -> bool:
    latitude, longitude = float(point["latitude"]), float(point["longitude"])
    return abs(latitude) <= 90 and abs(longitude) <= 180


def _leading_number(text: str) -> float:
    """The number a text begins with, else 0 (td, misc.h, to_double)."""
    match = re.match(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", text.strip(), re.ASCII)
    return float(match[0]) if match else 0.0
