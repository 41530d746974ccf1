"""Pictures and other files that went through Telegram.

Sources of the complaints: telegram-bot-api, Client.cpp (`get_input_file`, `do_get_file`); td,
FileManager.cpp; in capitals: Telegram's servers.
"""

import struct
from dataclasses import dataclass, field

from bot.playground.rules import Call, Json, Upload, refuse

MAX_PHOTO_BYTES = 10 << 20
MAX_UPLOAD_BYTES = 50 << 20
MAX_DOWNLOAD_BYTES = 20 << 20


@dataclass(frozen=True, slots=True)
class _Kept:
    upload: Upload
    path: str
    about: Json
    """The file's fields in a message."""


@dataclass(slots=True)
class Files:
    """Every file, by its file_id."""

    _kept: dict[str, _Kept] = field(default_factory=dict)

    def keep(self, upload: Upload, kind: str, more: Json | None = None) -> Json:
        """Store a file; gives the fields that a message describes it with."""
        number = len(self._kept) + 1
        file_id = f"playground-{kind}-{number:08d}"
        ending = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        about: Json = {
            "file_id": file_id,
            "file_unique_id": f"unique{number:08d}",
            "file_size": len(upload.content),
            **(more or {}),
        }
        self._kept[file_id] = _Kept(upload, f"{kind}s/file_{number}.{ending}", about)
        return dict(about)

    def sent(self, call: Call, kind: str) -> Json:
        """The file of a sendPhoto or sendDocument: uploaded now, or known by its file_id."""
        value = call.text(kind)
        attached = value.startswith("attach://")
        upload = call.files.get(value.removeprefix("attach://") if attached else kind)
        if upload is not None and (attached or not value):
            return self._picture(upload) if kind == "photo" else self._document(upload)
        if attached:
            refuse(f"there is no {kind} in the request")
        if "://" in value:
            refuse("failed to get HTTP URL content")
        if value not in self._kept:
            refuse("wrong remote file identifier specified: Wrong string length")
        if kind not in self._kept[value].path:
            refuse(f"can't use file of another type as {kind.capitalize()}")
        return dict(self._kept[value].about)

    def about(self, file_id: str) -> Json:
        """getFile."""
        if not file_id:
            refuse("file_id not specified")
        if file_id not in self._kept:
            refuse("wrong file_id or the file is temporarily unavailable")
        kept = self._kept[file_id]
        if len(kept.upload.content) > MAX_DOWNLOAD_BYTES:
            refuse("file is too big")
        names = ("file_id", "file_unique_id", "file_size")
        return {**{name: kept.about[name] for name in names}, "file_path": kept.path}

    def by_path(self, path: str) -> bytes | None:
        """What stands behind a file_path."""
        return next((k.upload.content for k in self._kept.values() if k.path == path), None)

    def by_id(self, file_id: str) -> Upload | None:
        """What stands behind a file_id."""
        kept = self._kept.get(file_id)
        return kept.upload if kept else None

    def _document(self, upload: Upload) -> Json:
        if not upload.content:
            refuse("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD_BYTES:
            refuse("file is too big")
        return self.keep(upload, "document", {"file_name": upload.name})

    def _picture(self, upload: Upload) -> Json:
        """Store a picture, if Telegram would take it as one."""
        size = len(upload.content)
        if not size:
            refuse("file must be non-empty")
        if size > MAX_PHOTO_BYTES:
            limit = f"the maximum size is {MAX_PHOTO_BYTES} bytes"
            refuse(f"file of size {size} bytes is too big for a photo; {limit}")
        shape = picture_size(upload.content)
        if shape is None:
            refuse("IMAGE_PROCESS_FAILED")
        if sum(shape) > 10_000 or max(shape) > 20 * min(shape):
            refuse("PHOTO_INVALID_DIMENSIONS")
        return self.keep(upload, "photo", {"width": shape[0], "height": shape[1]})


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for anything else."""
    width = height = 0
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
    elif content.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(content)
    return (width, height) if width and height else None


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """The size that stands in the first frame header."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        kind = content[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        place += 2 + length
    return 0, 0
