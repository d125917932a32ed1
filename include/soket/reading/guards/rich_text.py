"""The guard of .rtf: objects and what is fetched from elsewhere, whether the file is whole, and how deep it goes."""

from __future__ import annotations

import re

from soket.reading.findings import FindingError

_MOST_DEPTH = 500
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_BRACE = re.compile(rb"\\.|[{}]", re.DOTALL)
_OBJECT = re.compile(rb"\\obj(?:data|ocx|emb|link|autlink|html|update)\b", re.IGNORECASE)
_TEMPLATE = re.compile(rb"\\template[^a-z]{0,40}?((?:https?|ftp|file):[^{}]{0,80}|\\\\\\\\[^{}]{0,80})", re.IGNORECASE)
_FIELD = re.compile(rb"\\fldinst[^}]{0,200}?\b(DDEAUTO|DDE|INCLUDETEXT|DATABASE)\b", re.IGNORECASE)
_PICTURE_FIELD = re.compile(
    rb"\\fldinst[^}]{0,200}?\b(?:INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD)\s+\"?(\\\\\\\\[^\"}]{0,80})", re.IGNORECASE
)


def guard_rich_text(data: bytes) -> None:
    """Raise FindingError where a file must not be read."""
    text = _without_binaries(data)
    if _OBJECT.search(text):
        raise FindingError("TEP-12", part="đối tượng OLE")
    for pattern in (_TEMPLATE, _FIELD, _PICTURE_FIELD):
        if match := pattern.search(text):
            raise FindingError("TEP-10", target=match[1].decode("latin-1").strip()[:80])
    depth = 0
    for match in _BRACE.finditer(text):
        if match[0] == b"{":
            depth += 1
            if depth > _MOST_DEPTH:
                raise FindingError("TEP-08", reason=f"lồng nhau hơn {_MOST_DEPTH} lớp")
        elif match[0] == b"}":
            depth -= 1
            if depth == 0:
                return
    raise FindingError("TEP-05")  # its end is missing


def _without_binaries(data: bytes) -> bytes:
    """Return a file without the raw bytes of its pictures, which may look like anything."""
    kept, at = [], 0
    while match := _BINARY.search(data, at):
        kept.append(data[at : match.end()])
        at = min(match.end() + int(match[1]), len(data))
    return b"".join([*kept, data[at:]])
