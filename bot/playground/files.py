"""Pictures and other files that went through Telegram.

Sources of the complaints: telegram-bot-api, Client.cpp (`get_input_file`, `do_get_file`); td,
FileManager.cpp; in capitals: Telegram's servers.
"""

import mimetypes
import re
from dataclasses import dataclass, field, replace

from bot.playground import pictures
from bot.playground.rules import Call, Json, Upload, refuse

MAX_PHOTO_BYTES = 10 << 20
MAX_UPLOAD_BYTES = 50 << 20
MAX_DOWNLOAD_BYTES = 20 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file and what is known of it."""

    upload: Upload
    path: str
    about: Json
    """The file's fields in a message."""
    sizes: tuple[str, ...] = ()
    """For a picture: the ids of all its sizes, smallest first."""


@dataclass(slots=True)
class Files:
    """Every file, by its file_id."""

    kept: dict[str, Kept] = field(default_factory=dict)
    last_number: int = 0

    def keep(self, upload: Upload, kind: str, more: Json | None = None) -> Json:
        """Store a file; gives the fields that a message describes it with."""
        self.last_number += 1
        number = self.last_number
        file_id = f"playground-{kind}-{number:08d}"
        _, dot, ending = upload.name.rpartition(".")
        ending = re.sub(r"\W", "", ending, flags=re.ASCII)[:10] if dot else ""
        about: Json = {
            "file_id": file_id,
            "file_unique_id": f"unique{number:08d}",
            "file_size": len(upload.content),
            **(more or {}),
        }
        self.kept[file_id] = Kept(upload, f"{kind}s/file_{number}.{ending or 'bin'}", about)
        return dict(about)

    def keep_photo(self, content: bytes) -> list[Json]:
        """Store a picture in all sizes; gives them as a message's `photo`.

        What is no picture is kept as it is: apps can be forged.
        """
        return self._keep_sizes(pictures.sizes(content) or [pictures.Size(90, 90, content)])

    def keep_document(self, upload: Upload) -> Json:
        """Store any other file."""
        kind = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        return self.keep(upload, "document", {"file_name": upload.name, "mime_type": kind})

    def photo(self, call: Call, value: str, name: str = "photo") -> list[Json]:
        """The picture that a call brings: uploaded now, or known by the file_id of any size."""
        upload = _uploaded(call, value, name)
        if upload is None:
            sizes = self._known(value, "photo").sizes
            return [dict(self.kept[each].about) for each in sizes]
        return self._keep_sizes(_checked_picture(upload.content))

    def document(self, call: Call, value: str, name: str = "document") -> Json:
        """The file that a call brings."""
        upload = _uploaded(call, value, name)
        if upload is None:
            return dict(self._known(value, "document").about)
        if not upload.content:
            refuse("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD_BYTES:
            refuse("file is too big")
        return self.keep_document(upload)

    def voice(self, value: str) -> Json:
        """A spoken message that was sent before; we record none ourselves."""
        return dict(self._known(value, "voice").about)

    def about(self, file_id: str) -> Json:
        """getFile."""
        if not file_id:
            refuse("file_id not specified")
        if file_id not in self.kept:
            refuse("wrong file_id or the file is temporarily unavailable")
        kept = self.kept[file_id]
        if len(kept.upload.content) > MAX_DOWNLOAD_BYTES:
            refuse("file is too big")
        names = ("file_id", "file_unique_id", "file_size")
        return {**{name: kept.about[name] for name in names}, "file_path": kept.path}

    def by_path(self, path: str) -> bytes | None:
        """What stands behind a file_path."""
        return next((k.upload.content for k in self.kept.values() if k.path == path), None)

    def by_id(self, file_id: str) -> Upload | None:
        """What stands behind a file_id."""
        kept = self.kept.get(file_id)
        return kept.upload if kept else None

    def _keep_sizes(self, made: list[pictures.Size]) -> list[Json]:
        photo = [
            self.keep(
                Upload("photo.jpg", each.content),
                "photo",
                {"width": each.width, "height": each.height},
            )
            for each in made
        ]
        ids = tuple(each["file_id"] for each in photo)
        for each in ids:
            self.kept[each] = replace(self.kept[each], sizes=ids)
        return photo

    def _known(self, value: str, kind: str) -> Kept:
        if "://" in value:
            refuse("failed to get HTTP URL content")
        if value not in self.kept:
            refuse("wrong remote file identifier specified: Wrong string length")
        if kind not in self.kept[value].path:
            refuse(f"can't use file of another type as {kind.capitalize()}")
        return self.kept[value]


def is_there(call: Call, value: str, name: str) -> bool:
    """Whether a call brings this file along, or names one (Client.cpp, get_input_file)."""
    if value.startswith("attach://"):
        return value.removeprefix("attach://") in call.files
    return bool(value) or name in call.files


def _uploaded(call: Call, value: str, name: str) -> Upload | None:
    """The file that came along with the call; None where the value names a known one."""
    if value.startswith("attach://"):
        return call.files[value.removeprefix("attach://")]
    return None if value else call.files[name]


def _checked_picture(content: bytes) -> list[pictures.Size]:
    """A picture in all sizes, if Telegram would take it as one."""
    size = len(content)
    if not size:
        refuse("file must be non-empty")
    if size > MAX_PHOTO_BYTES:
        limit = f"the maximum size is {MAX_PHOTO_BYTES} bytes"
        refuse(f"file of size {size} bytes is too big for a photo; {limit}")
    shape = pictures.picture_size(content)
    if shape is None:
        refuse("IMAGE_PROCESS_FAILED")
    if sum(shape) > 10_000 or max(shape) > 20 * min(shape):
        refuse("PHOTO_INVALID_DIMENSIONS")
    made = pictures.sizes(content)
    if not made:
        refuse("IMAGE_PROCESS_FAILED")
    return made
