"""Made-up photos of a code, as people take them: `python -m tests.photos 1000` reads so many.

What is drawn (all of it by a seed, so that a photo that was not read can be made again):

- 65 % a printed door card, 35 % a neighbour's phone that shows the code; the code is 10-60 %
  of the photo's width, every width as likely as any other;
- held as people hold a phone: leaning up to 50 degrees both ways (half of the angles below 12),
  turned a little (standard deviation 7 degrees), but each eighth any way round;
- the hand shakes in a third of them (by 3 pixels of 1280 on average, at most 12), and the focus
  is off by the size of a normal deviate of 0.8 pixels: photos that anybody would call blurred
  are among them;
- light: from a good day to a dim staircase, falling off to one side; a shadow in a quarter of
  them, a lamp's glare in a fifth, which burns out what lies under it; noise rises as light falls;
- the camera's JPEG, then what Telegram does: longer side 1280, here with a quality of 20-80.

Left out, since nobody could read those: codes cut off by the edge, under a thumb, or crumpled.
Colours are left out too: a reader looks at greys.
"""

import math
import statistics
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from handlers.pictures import drawing, qr

TEXT = "https://t.me/greenbin_bot?start="
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
SIDES = (1280, 960)
"""What Telegram makes of a photo; portrait or landscape."""

CAMERA = 1.5
"""How much finer the camera's picture is than what Telegram keeps (a real one is finer still)."""

MODULES = 41
"""Squares a side of a code with a text as long as ours."""

NORMAL = statistics.NormalDist()

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, the text in it, and how it was taken."""

    jpeg: bytes
    text: str
    share: float
    """The code's part of the photo's width."""
    conditions: dict[str, float | str]


def take(seed: int) -> Photo:
    """The photo of this seed."""
    chance = Random(seed)
    text = TEXT + "".join(chance.choices(ALPHABET, k=64))
    phone = chance.random() < 0.35
    thing, code = _phone(text, chance) if phone else _card(text, chance)
    size = SIDES if chance.random() < 0.3 else SIDES[::-1]
    frame = (round(size[0] * CAMERA), round(size[1] * CAMERA))
    share = chance.uniform(0.10, 0.60)
    pose, corners = _pose(thing.size, code, share, frame, chance)
    picture = _placed(thing, corners, _background(frame, chance))
    picture, conditions = _lit(picture, phone, chance)
    picture, blur = _blurred(picture, chance)
    noise = chance.uniform(2, 5) + 14 * max(0.0, 0.8 - float(conditions["light"])) ** 2
    picture = _noisy(picture, noise, chance)
    quality = chance.randint(20, 80)
    picture = _through(picture, 92).resize(size, Image.Resampling.LANCZOS)
    said = {"of": "phone" if phone else "card", "noise": noise, "quality": quality}
    return Photo(_jpeg(picture, quality), text, share, pose | conditions | blur | said)


def _card(text: str, chance: Random) -> tuple[Image.Image, tuple[int, int, int]]:
    """A printed door card; and where on it the code is: left, top, side."""
    code, white = qr.squares(text, 500), chance.randint(225, 255)
    card = Image.new("L", (760, 1000), white)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 759, 999), outline=90, width=chance.choice((0, 3, 12)))
    drawing.centred(draw, (380, 90), "阳光花园", room=700, largest=80)
    left, top = (card.width - code.width) // 2, 170
    card.paste(code.point(lambda at: min(white, max(at, 25))), (left, top))
    number = f"{chance.randrange(1000):03}-{chance.randrange(1000):03}-{chance.randrange(10)}"
    drawing.centred(draw, (380, 770), number, room=700, largest=130, bold=True)
    drawing.centred(draw, (380, 890), "3号楼 1单元 502室", room=700, largest=60)
    return card, _bare(left, top, code.width)


def _phone(text: str, chance: Random) -> tuple[Image.Image, tuple[int, int, int]]:
    """A phone that shows our picture in a chat, light or dark."""
    picture = Image.open(BytesIO(qr.make(text, number="123-456-7", lines=("阳光花园",))))
    picture = picture.convert("L").resize((620, round(620 * picture.height / picture.width)))
    screen = Image.new("L", (760, 1500), chance.choice((20, 30, 225, 240)))
    ImageDraw.Draw(screen).rectangle((0, 0, 759, 1499), outline=8, width=24)
    left, top = 60, chance.randint(150, 1400 - picture.height)
    screen.paste(picture, (left, top))
    # The pixels of a screen leave a fine grid in a photo.
    grid = Image.new("L", screen.size, 255)
    lines = ImageDraw.Draw(grid)
    for y in range(0, screen.height, 3):
        lines.line((0, y, screen.width, y), fill=chance.choice((215, 235)))
    return ImageChops.multiply(screen, grid), _bare(left, top, picture.width)


def _bare(left: int, top: int, side: int) -> tuple[int, int, int]:
    """A code's place without its quiet zone."""
    quiet = round(side * qr.QUIET / (MODULES + 2 * qr.QUIET))
    return left + quiet, top + quiet, side - 2 * quiet


def _pose(
    size: tuple[int, int],
    code: tuple[int, int, int],
    share: float,
    frame: tuple[int, int],
    chance: Random,
) -> tuple[dict[str, float | str], list[Point]]:
    """How the thing is held; and where its corners come to lie in the photo."""
    lean = [max(-50.0, min(50.0, chance.gauss(0, 18))) for _ in range(2)]
    turn = chance.uniform(0, 360) if chance.random() < 1 / 8 else chance.gauss(0, 7)
    left, top, side = code
    middle = (left + side / 2, top + side / 2)
    away = 3.2 * side
    """How far the camera is, in the units of the thing; near, so that lines run together."""

    def seen(x: float, y: float) -> Point:
        a, b, c = (math.radians(angle) for angle in (*lean, turn))
        x, y, z = x - middle[0], y - middle[1], 0.0
        x, y = x * math.cos(c) - y * math.sin(c), x * math.sin(c) + y * math.cos(c)
        y, z = y * math.cos(a), y * math.sin(a)
        x, z = x * math.cos(b) + z * math.sin(b), z * math.cos(b) - x * math.sin(b)
        return x * away / (away + z), y * away / (away + z)

    ends = [seen(left + x * side, top + y * side) for x in (0, 1) for y in (0, 1)]
    half_x, half_y = (max(abs(end[axis]) for end in ends) for axis in (0, 1))
    scale = min(share * frame[0] / (2 * half_x), 0.48 * frame[1] / half_y)
    where = [
        chance.uniform(
            0.5 + (span * scale / length - 0.5) * 0.9, 0.5 - (span * scale / length - 0.5) * 0.9
        )
        for span, length in ((half_x, frame[0]), (half_y, frame[1]))
    ]
    corners = []
    for x, y in ((0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])):
        at = seen(x, y)
        corners.append((where[0] * frame[0] + at[0] * scale, where[1] * frame[1] + at[1] * scale))
    return {"lean": max(map(abs, lean)), "turn": turn}, corners


def _background(frame: tuple[int, int], chance: Random) -> Image.Image:
    """A door, a wall, a bin: patches, edges and some print."""
    picture = Image.new("L", frame, chance.randint(60, 200))
    draw = ImageDraw.Draw(picture)
    for _ in range(chance.randint(3, 14)):
        x, y = chance.randint(-200, frame[0]), chance.randint(-200, frame[1])
        box = (x, y, x + chance.randint(60, 900), y + chance.randint(40, 900))
        draw.rectangle(box, fill=chance.randint(20, 240), outline=chance.randint(0, 90))
    for _ in range(chance.randint(0, 5)):
        at = (chance.randint(0, frame[0]), chance.randint(0, frame[1]))
        drawing.centred(draw, at, "垃圾分类 从我做起", room=900, largest=chance.choice((40, 90)))
    return picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 6)))


def _placed(thing: Image.Image, corners: list[Point], on: Image.Image) -> Image.Image:
    """The thing in perspective on its background."""
    width, height = thing.size
    back = _homography(corners, [(0, 0), (width, 0), (width, height), (0, height)])
    # Pillow does not average when it makes things smaller: so the thing is made small before.
    span = max(math.dist(corners[0], corners[1]), math.dist(corners[3], corners[2]))
    shrink = min(1.0, max(0.1, 1.4 * span / width))
    small = thing.resize(
        (max(1, round(width * shrink)), max(1, round(height * shrink))), Image.Resampling.BOX
    )
    sx, sy = small.width / width, small.height / height
    numbers = tuple(
        value * (sx if row == 0 else sy if row == 1 else 1)
        for row, values in enumerate((back[:3], back[3:6], back[6:]))
        for value in values
    )
    laid = small.transform(on.size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC)
    mask = Image.new("L", on.size, 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    return Image.composite(laid, on, mask)


def _homography(source: list[Point], target: list[Point]) -> list[float]:
    """The eight numbers that lead from `source` to `target`, by elimination."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = [value / rows[column][column] for value in rows[column]]
        rows[column] = lead
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], lead, strict=True)]
    return [row[8] for row in rows]


def _lit(
    picture: Image.Image, phone: bool, chance: Random
) -> tuple[Image.Image, dict[str, float | str]]:
    """The picture in this light: dim or bright, falling off, with shadow and glare."""
    light = chance.uniform(0.55 if phone else 0.22, 1.0)
    fall = chance.uniform(0, 0.6)
    slope = Image.linear_gradient("L").resize(picture.size).rotate(chance.choice((0, 180)))
    if chance.random() < 0.5:
        slope = Image.linear_gradient("L").rotate(90).resize(picture.size)
    slope = slope.point(lambda at: round(255 * light * (1 - fall * at / 255)))
    shadow = chance.uniform(0.35, 0.75) if chance.random() < 0.25 else 1.0
    if shadow < 1:
        slope = _under_shadow(slope, shadow, chance)
    # Cameras lift what is dark: black is never quite black.
    lift = chance.uniform(0, 30)
    picture = ImageChops.multiply(picture, slope).point(
        lambda at: round(lift + at * (255 - lift) / 255)
    )
    glare = 0.0
    if chance.random() < 0.2:
        glare = chance.uniform(0.3, 1.0)
        picture = _with_glare(picture, glare, chance)
    return picture, {"light": light, "fall": fall, "shadow": shadow, "glare": glare}


def _under_shadow(light: Image.Image, depth: float, chance: Random) -> Image.Image:
    """The shadow of an arm or a head, its edge soft."""
    width, height = light.size
    shade = Image.new("L", light.size, 255)
    x = chance.uniform(0, width)
    slant = chance.uniform(-0.6, 0.6) * width
    band = chance.uniform(0.2, 0.6) * width
    ImageDraw.Draw(shade).polygon(
        ((x - slant, 0), (x - slant + band, 0), (x + slant + band, height), (x + slant, height)),
        fill=round(255 * depth),
    )
    return ImageChops.multiply(
        light, shade.filter(ImageFilter.GaussianBlur(chance.uniform(4, 40)))
    )


def _with_glare(picture: Image.Image, strength: float, chance: Random) -> Image.Image:
    """A lamp's reflection: white in its middle, fading out."""
    side = round(chance.uniform(0.1, 0.45) * picture.width)
    spot = ImageChops.invert(Image.radial_gradient("L")).resize(
        (side, round(side * chance.uniform(0.5, 1.5)))
    )
    spot = spot.point(lambda at: min(255, round(max(0, at - 70) * 2.2 * strength)))
    lamp = Image.new("L", picture.size, 0)
    lamp.paste(spot, (chance.randint(0, picture.width), chance.randint(0, picture.height)))
    lamp = ImageChops.offset(lamp, -side // 2, -side // 2)
    return ImageChops.add(picture, lamp)


def _blurred(picture: Image.Image, chance: Random) -> tuple[Image.Image, dict[str, float | str]]:
    """Out of focus a little, and the hand moved."""
    focus = abs(chance.gauss(0, 0.8))
    picture = picture.filter(ImageFilter.GaussianBlur(focus * CAMERA))
    moved = min(12.0, chance.expovariate(1 / 3)) if chance.random() < 1 / 3 else 0.0
    if moved:
        way, steps = chance.uniform(0, math.pi), max(2, math.ceil(moved * CAMERA))
        total = picture
        for step in range(1, steps):
            far = moved * CAMERA * step / (steps - 1)
            shift = (1, 0, far * math.cos(way), 0, 1, far * math.sin(way))
            copy = picture.transform(
                picture.size, Image.Transform.AFFINE, shift, Image.Resampling.BILINEAR
            )
            total = Image.blend(total, copy, 1 / (step + 1))
        picture = total
    return picture, {"focus": focus, "moved": moved}


def _noisy(picture: Image.Image, sigma: float, chance: Random) -> Image.Image:
    """The grain of a small camera."""
    grains = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    deviates = [round(128 + sigma * NORMAL.inv_cdf((byte + 0.5) / 256)) for byte in range(256)]
    return ImageChops.add(picture, grains.point(deviates), offset=-128)


def _through(picture: Image.Image, quality: int) -> Image.Image:
    return Image.open(BytesIO(_jpeg(picture, quality))).convert("L")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def main(number: int) -> None:
    """Take photos, read them, and say how many and how fast."""
    missed, took = [], {True: [], False: []}
    for seed in range(number):
        photo = take(seed)
        began = time.perf_counter()
        found = qr.read(photo.jpeg)
        seconds = time.perf_counter() - began
        assert found in ([], [photo.text]), f"photo {seed}: read {found}"
        took[bool(found)].append(seconds * 1000)
        if not found:
            missed.append((seed, photo))
    print(f"{1 - len(missed) / number:.1%} of {number} photos were read")
    for read, times in took.items():
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=100, method="inclusive")
            word = "read" if read else "not read"
            print(
                f"{word}: p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms, most {max(times):.0f} ms"
            )
    for seed, photo in missed:
        conditions = ", ".join(
            f"{key} {value if isinstance(value, str) else round(value, 2)}"
            for key, value in photo.conditions.items()
        )
        print(f"not read: {seed}, {photo.share:.0%} of the width, {conditions}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
