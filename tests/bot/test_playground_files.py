"""Pictures and files go through the playground as through Telegram, both ways."""

import io
import struct

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto, MessageEntity
from PIL import Image, ImageDraw

from bot.playground import Person, Playground, PlaygroundSession, Upload, pictures
from tests.bot.test_playground_messages import complaint, picture


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


def card() -> bytes:
    """A picture with something on it, see-through around that."""
    image = Image.new("RGBA", (3000, 1500))
    ImageDraw.Draw(image).rectangle((1000, 0, 2000, 1500), fill="black")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


async def download(bot: Bot, file_id: str) -> bytes:
    file = await bot.get_file(file_id)
    assert file.file_path is not None
    got = await bot.download_file(file.file_path)
    assert got is not None
    return got.read()


async def test_a_photo_comes_back_as_jpegs_of_several_sizes(bot: Bot, mei: Person) -> None:
    file = BufferedInputFile(card(), "card.png")
    sent = await bot.send_photo(mei.id, file, caption=" 门牌码 ")
    assert sent.photo is not None
    assert sent.caption == "门牌码"
    shapes = [(size.width, size.height) for size in sent.photo]
    assert shapes == [(90, 45), (320, 160), (800, 400), (1280, 640)]

    content = await download(bot, sent.photo[-1].file_id)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size, len(content)) == (
        "JPEG",
        shapes[-1],
        sent.photo[-1].file_size,
    )
    assert image.getpixel((100, 100)) == (255, 255, 255)
    assert image.getpixel((640, 320)) == (0, 0, 0)


async def test_a_small_photo_is_not_made_larger(bot: Bot, mei: Person) -> None:
    for shape, shapes in {
        (4, 3): [(4, 3)],
        (90, 20): [(90, 20)],
        (200, 100): [(90, 45), (200, 100)],
    }.items():
        sent = await bot.send_photo(mei.id, BufferedInputFile(picture(*shape), "card.png"))

        assert sent.photo is not None
        assert [(size.width, size.height) for size in sent.photo] == shapes


async def test_a_photo_is_sent_again_by_the_id_of_any_size(bot: Bot, mei: Person) -> None:
    sent = await bot.send_photo(mei.id, BufferedInputFile(picture(200, 100), "card.png"))
    assert sent.photo is not None

    for size in sent.photo:
        again = await bot.send_photo(mei.id, size.file_id)
        assert again.photo == sent.photo


async def test_a_person_turns_a_photo_and_writes_below_it(bot: Bot, mei: Person) -> None:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    Image.new("RGB", (300, 100)).save(written, "JPEG", exif=exif)
    mei.send_photo(written.getvalue(), " 看 https://a.cn ")
    *_, update = await bot.get_updates()

    assert update.message is not None
    assert update.message.photo is not None
    assert [(size.width, size.height) for size in update.message.photo] == [(30, 90), (100, 300)]
    assert update.message.caption == "看 https://a.cn"
    assert update.message.caption_entities is not None
    assert update.message.caption_entities[0].type == "url"
    assert await download(bot, update.message.photo[0].file_id)


def test_a_photo_whose_camera_wrote_a_word_for_a_number_is_none() -> None:
    turned, words = (
        struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0),
        struct.pack("<HHI4s", 0x011A, 2, 2, b"x"),
    )
    notes = b"Exif\0\0II*\0\x08\0\0\0\x02\0" + turned + words + bytes(4)
    written = io.BytesIO()
    Image.new("RGB", (300, 100)).save(written, "JPEG", exif=notes)

    assert pictures.sizes(written.getvalue()) == []


@pytest.mark.parametrize(
    ("content", "complaint_text"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(400, 400)[:-40], "IMAGE_PROCESS_FAILED"),
        (picture(20_000, 20_000)[:60], "IMAGE_PROCESS_FAILED"),
        (picture(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_pictures_that_telegram_refuses(
    bot: Bot, mei: Person, content: bytes, complaint_text: str
) -> None:
    call = bot.send_photo(mei.id, BufferedInputFile(content, "x.png"))
    assert await complaint(call) == f"Bad Request: {complaint_text}"


async def test_a_file_keeps_its_name_and_its_caption_its_marks(bot: Bot, mei: Person) -> None:
    sent = await bot.send_document(
        mei.id,
        BufferedInputFile(b"%PDF-", "门牌.pdf"),
        thumbnail=BufferedInputFile(picture(), "small.jpg"),
        caption="两页",
        caption_entities=[MessageEntity(type="bold", offset=0, length=2)],
        protect_content=True,
    )

    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("门牌.pdf", "application/pdf")
    assert sent.caption_entities is not None
    assert (sent.caption_entities[0].type, sent.has_protected_content) == ("bold", True)
    assert await download(bot, sent.document.file_id) == b"%PDF-"
    again = await bot.send_document(mei.id, sent.document.file_id)
    assert again.document == sent.document
    wrong = "Bad Request: can't use file of another type as Photo"
    assert await complaint(bot.send_photo(mei.id, sent.document.file_id)) == wrong


async def test_a_picture_is_changed_for_another(bot: Bot, mei: Person) -> None:
    sent = await bot.send_photo(mei.id, BufferedInputFile(picture(), "x.png"), caption="旧")
    new = InputMediaPhoto(media=BufferedInputFile(picture(8, 8), "y.png"), caption="新")
    where = {"chat_id": mei.id, "message_id": sent.message_id}
    changed = await bot.edit_message_media(new, **where)
    assert not isinstance(changed, bool)
    assert changed.photo is not None
    assert (changed.photo[0].width, changed.caption) == (8, "新")

    same = InputMediaPhoto(media=changed.photo[0].file_id, caption="新")
    assert "message is not modified" in await complaint(bot.edit_message_media(same, **where))
    file = InputMediaDocument(media=BufferedInputFile(b"1,2", "a.csv"))
    changed = await bot.edit_message_media(file, **where)
    assert not isinstance(changed, bool)
    assert (changed.photo, changed.caption) == (None, None)
    assert changed.document is not None


async def test_a_text_gives_way_to_a_picture(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(mei.id, "正在画…")
    picked = InputMediaPhoto(media=BufferedInputFile(picture(), "x.png"))
    changed = await bot.edit_message_media(picked, chat_id=mei.id, message_id=sent.message_id)

    assert not isinstance(changed, bool)
    assert (changed.text, bool(changed.photo)) == (None, True)


@pytest.mark.parametrize(
    ("media", "complaint_text"),
    [
        ("", 'parameter "media" is required'),
        ("{", "can't parse input media JSON object"),
        ("[]", "can't parse InputMedia: expected an Object"),
        ('{"type": "photo"}', "can't parse InputMedia: media not found"),
        ('{"media": "x"}', "can't parse InputMedia: Can't find field \"type\""),
        ('{"media": "x", "type": "poem"}', 'can\'t parse InputMedia: type "poem" is unsupported'),
        ('{"media": "attach://y", "type": "photo"}', "can't parse InputMedia: media not found"),
    ],
)
async def test_what_cannot_be_changed_for_a_picture(
    playground: Playground, mei: Person, media: str, complaint_text: str
) -> None:
    bot = Bot(playground.token, session=PlaygroundSession(playground))
    sent = await bot.send_message(mei.id, "正在画…")
    parameters = {"chat_id": str(mei.id), "message_id": str(sent.message_id), "media": media}
    with pytest.raises(Exception, match="Bad Request") as caught:
        await playground.call(playground.token, "editMessageMedia", parameters)

    assert str(caught.value) == f"400 Bad Request: {complaint_text}"


async def test_a_file_with_a_strange_name_gets_a_plain_path(bot: Bot, mei: Person) -> None:
    for name in ("x./../../etc/passwd", "plain", "a.\0b", "a.c++", "." + "x" * 300):
        mei.send_document(name, b"1")
    updates = await bot.get_updates()
    documents = [each.message.document for each in updates if each.message]
    files = [await bot.get_file(each.file_id) for each in documents if each]

    assert [each.file_path for each in files] == [
        "documents/file_1.etcpasswd", "documents/file_2.bin", "documents/file_3.b",
        "documents/file_4.c", "documents/file_5.xxxxxxxxxx",
    ]  # fmt: skip


async def test_a_file_comes_under_its_own_name_or_as_an_attachment(
    playground: Playground, mei: Person
) -> None:
    for name, value in {"photo": "", "card": "attach://card"}.items():
        parameters = {"chat_id": str(mei.id), "photo": value}
        files = {name: Upload("x.png", picture())}
        answer = await playground.call(playground.token, "sendPhoto", parameters, files)

        assert [size["width"] for size in answer.result["photo"]] == [4]
