"""The guard of XML in packages: what any part that is XML may be, before a parser sees it."""

from __future__ import annotations

import re
import zipfile

from soket.reading.containers import Package
from soket.reading.findings import FindingError

_MOST_XML = 48 << 20  # all XML parts together
_MOST_PART = 16 << 20  # one of them
_MOST_TAGS = 600_000  # in one of them
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# What drawing programs write before an SVG (its type, short names for some addresses), and any page of the web has.
_HARMLESS = re.compile(
    rb"<!DOCTYPE\s+(?:svg\b[^<>\[]*(?:\[(?:\s*<!ENTITY\s+\w+\s+\"[^\"&%<]*\"\s*>)*\s*\]\s*)?|html\b[^<>\[]*)>",
    re.IGNORECASE,
)
_STATED = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
_CODINGS = {b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"iso-8859-1", b"windows-1252"}
_NAMED = (".xml", ".rels", ".vml")


class Xml:
    """The XML parts of a package, each seen to declare nothing, and all together within limits."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._left = _MOST_XML

    def read(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Return a part that is XML; None for any other."""
        if not is_xml(self._package, entry):
            return None
        self._left -= entry.file_size
        if entry.file_size > _MOST_PART or self._left < 0:
            raise FindingError("TEP-08", reason=f"phần văn bản nặng {entry.file_size >> 20} MB")
        return looked_at(self._package.read(entry), entry.filename, harmless=not _is_named(entry.filename))


def guard_xml(data: bytes) -> None:
    """Raise FindingError where a file that is one XML must not be parsed."""
    if len(data) > _MOST_PART:
        raise FindingError("TEP-08", reason=f"phần văn bản nặng {len(data) >> 20} MB")
    looked_at(data, "XML", harmless=False)


def looked_at(content: bytes, name: str, *, harmless: bool) -> bytes:
    """Return XML in a byte a letter, seen to declare nothing, or nothing that does harm."""
    # XML may be written in UTF-16; every letter of a declaration then has a zero byte beside it.
    plain = content.replace(b"\x00", b"") if b"\x00" in content[:256] else content
    # The plain searches are many times quicker, and find in most parts that there is nothing to look into.
    if (
        b"!" in plain
        and b"<!" in plain
        and _DECLARATION.search(_HARMLESS.sub(b"", plain, count=1) if harmless else plain)
    ):
        raise FindingError("TEP-09", part=name)
    if content and not is_markup(content):
        raise FindingError("TEP-08", reason=f"phần «{name}» viết bằng bảng mã lạ")
    # In any other coding a declaration would not be seen here, and be one to a parser.
    if (coding := _STATED.match(plain)) and coding[1].lower() not in _CODINGS:
        said = coding[1].decode(errors="replace")[:40]
        raise FindingError("TEP-08", reason=f"phần «{name}» khai bảng mã «{said}»")
    if (tags := content.count(b"<")) > _MOST_TAGS:
        raise FindingError("TEP-08", reason=f"một phần có {tags} thẻ")
    return plain


def is_xml(package: Package, entry: zipfile.ZipInfo) -> bool:
    """Return whether a part is XML: by its content too, since a relation may name a part as it likes."""
    return _is_named(entry.filename) or is_markup(package.head(entry, 64))


def is_markup(content: bytes) -> bool:
    """Return whether a part begins as XML does."""
    return content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _is_named(name: str) -> bool:
    return name.lower().endswith(_NAMED)
