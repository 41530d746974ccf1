"""Where a place is, by the coordinates of Chinese maps (GCJ-02) and of phones (WGS 84).

Maps made in China show every place 100 to 700 m away from where a satellite receiver finds it. The
law keeps the formula secret; this is the one that became known, which all open maps use. It is
exact to about a metre; forwards it is a formula, backwards it is found by getting nearer.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, radians, sin, sqrt

SEMI_MAJOR_METRES = 6_378_245.0
ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943
"""The ellipsoid of Krassowski (1940), on which the formula stands."""

NEARER_TIMES = 10
"""Each time the rest is a hundredth or less."""


class Datum(StrEnum):
    """What coordinates are measured against."""

    WGS_84 = "wgs84"
    """As phones and Telegram tell them."""
    GCJ_02 = "gcj02"
    """As the maps of AutoNavi and Tencent tell them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east."""

    latitude: float
    longitude: float


def to_wgs_84(shown: Place, datum: Datum) -> Place:
    """The place as a phone tells it that is standing there."""
    if datum is Datum.WGS_84:
        return shown
    found = shown
    for _ in range(NEARER_TIMES):
        there = to_gcj_02(found)
        found = Place(
            found.latitude + shown.latitude - there.latitude,
            found.longitude + shown.longitude - there.longitude,
        )
    return Place(round(found.latitude, 6), round(found.longitude, 6))


def to_gcj_02(place: Place) -> Place:
    """Where a map made in China shows a place."""
    east, north = place.longitude - 105, place.latitude - 35
    slope = sin(radians(place.latitude))
    flat = 1 - ECCENTRICITY_SQUARED * slope * slope
    metres_north = SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED) / (flat * sqrt(flat))
    metres_east = SEMI_MAJOR_METRES / sqrt(flat) * cos(radians(place.latitude))
    return Place(
        place.latitude + _northwards(east, north) * 180 / (metres_north * pi),
        place.longitude + _eastwards(east, north) * 180 / (metres_east * pi),
    )


def _northwards(east: float, north: float) -> float:
    """By how many metres the map shows it too far north."""
    smooth = -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north
    smooth += 0.2 * sqrt(abs(east))
    waves = 20 * sin(6 * east * pi) + 20 * sin(2 * east * pi)
    waves += 20 * sin(north * pi) + 40 * sin(north / 3 * pi)
    waves += 160 * sin(north / 12 * pi) + 320 * sin(north / 30 * pi)
    return smooth + waves * 2 / 3


def _eastwards(east: float, north: float) -> float:
    """By how many metres the map shows it too far east."""
    smooth = 300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north
    smooth += 0.1 * sqrt(abs(east))
    waves = 20 * sin(6 * east * pi) + 20 * sin(2 * east * pi)
    waves += 20 * sin(east * pi) + 40 * sin(east / 3 * pi)
    waves += 150 * sin(east / 12 * pi) + 300 * sin(east / 30 * pi)
    return smooth + waves * 2 / 3
