"""What kind of thing a file is, by its extension: units name their files as they like, so types decide."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from soket.text import fold


class FileKind(StrEnum):
    """What part of a submission a file plays."""

    DOCUMENT = "document"  # the report in words
    TABLE = "table"  # the indicator table
    ATTACHMENT = "attachment"  # kept beside them: signed copies, pictures
    ARCHIVE = "archive"  # holds files; what it holds is taken in
    SLIP = "slip"  # our own return slip, with the unit's answers
    LITTER = "litter"  # what office programs and desktops leave behind
    UNKNOWN = "unknown"  # nothing intake takes


_KINDS = {
    FileKind.DOCUMENT: ("docx", "docm", "doc", "odt", "rtf", "dotx", "pages", "wps", "wpt", "gdoc"),
    FileKind.TABLE: ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "numbers", "et", "ett", "gsheet"),
    FileKind.ATTACHMENT: ("pdf", "jpg", "jpeg", "png"),
    FileKind.ARCHIVE: ("zip", "rar", "7z", "gz", "tar", "tgz"),
}
PHOTO_EXTENSIONS = ("jpg", "jpeg", "png")
SPARING = ("heic", "heif", "hif", "avif")
"""What telephones call pictures that they save in little room, and that nothing here opens."""
CARRIED = frozenset({FileKind.DOCUMENT, FileKind.TABLE, FileKind.ATTACHMENT})
"""The kinds of file that a new submission keeps from the last one where it brings none of them."""

_BY_EXTENSION = {extension: kind for kind, extensions in _KINDS.items() for extension in extensions}
ARCHIVE_EXTENSIONS = frozenset(_KINDS[FileKind.ARCHIVE])
_SLIPS = ("phieu-tra-lai", "slip")  # what a slip is called where it is saved from a mail, from the page
_LITTER = {"thumbs.db", "desktop.ini", ".ds_store"}


def extension_of(name: str) -> str:
    """Return a file name's extension in lower case, without the dot ('' where there is none)."""
    stem, dot, extension = name.rpartition(".")
    return fold(extension) if dot and stem else ""


def kind_of(name: str) -> FileKind:
    """Return what a file is, by its name."""
    last = name.rpartition("/")[2]
    if last.casefold() in _LITTER or last.startswith(("~$", "._", ".~lock.")):
        return FileKind.LITTER
    kind = _BY_EXTENSION.get(extension_of(last), FileKind.UNKNOWN)
    return FileKind.SLIP if kind is FileKind.DOCUMENT and fold(last).startswith(_SLIPS) else kind


def is_photo(name: str) -> bool:
    """Return whether a file is a photograph, or another picture, by its name."""
    return extension_of(name.rpartition("/")[2]) in PHOTO_EXTENSIONS and kind_of(name) is FileKind.ATTACHMENT


def kinds_in_set(names: Sequence[str]) -> list[FileKind]:
    """Return what each file of one submission is: without any other document, a .pdf stands for it."""
    kinds = [kind_of(name) for name in names]
    if FileKind.DOCUMENT in kinds:
        return kinds
    return [
        FileKind.DOCUMENT if extension_of(name.rpartition("/")[2]) == "pdf" and kind is FileKind.ATTACHMENT else kind
        for name, kind in zip(names, kinds, strict=True)
    ]
