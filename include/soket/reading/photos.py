"""Has photographs of paper made one .pdf, in readers that have loaded what that takes: one may be anybody's."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from soket.reading.formats.photographs import together
from soket.reading.looking import Asked
from soket.reading.reader import UnreadFileError

log = logging.getLogger(__name__)

LIBRARIES = (
    "PIL.Image", "PIL.ImageFilter", "PIL.ImageOps", "PIL.ImageStat", "PIL.JpegImagePlugin", "PIL.MpoImagePlugin",
    "PIL.PngImagePlugin", "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.PpmImagePlugin",
)  # fmt: skip
"""What a process that opens pictures loads beside what all readers have, with what Pillow loads by itself."""


@dataclass(frozen=True)
class Photo:
    """A photograph, upright and bare, and what it looks like: see `formats.photographs`."""

    picture: bytes  # JPEG
    width: int
    height: int
    light: int
    sharp: int


class Darkroom:
    """Makes pages of photographs; so many of the last ones are remembered. Safe to use from several threads."""

    def __init__(self, readers: Asked, kept: int = 0) -> None:
        self._readers = readers
        self._kept = kept
        self._known: OrderedDict[str, Photo | None] = OrderedDict()
        self._lock = Lock()

    def photographed(self, extension: str, data: bytes) -> Photo | None:
        """Return a photograph made ready; None where it is not sound, or no reader can tell."""
        digest = hashlib.sha256(data).hexdigest()
        with self._lock:
            if digest in self._known:
                self._known.move_to_end(digest)
                return self._known[digest]
        made = self._ask({"photograph": True, "extension": extension}, data)
        photo = Photo(made[1], *made[0]) if made and made[0] else None
        with self._lock:
            self._known[digest] = photo
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return photo

    def bound(self, photos: Sequence[Photo]) -> bytes | None:
        """Return a .pdf with a photograph a page, in their order; None where no reader can make it."""
        made = self._ask({"bind": True}, together(photo.picture for photo in photos))
        return made[1] if made else None

    def _ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, bytes] | None:
        try:
            answer = self._readers.ask(request, data)
        except UnreadFileError:
            log.exception("A photograph was not made a page")
            return None
        return (answer[0], bytes(answer[1])) if answer else None
