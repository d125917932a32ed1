"""Examines the signatures on a file: of a Word or Excel file, whether the parts that each covers are as it says.

A part is held against its digest alone: who signed is what the certificate within says, and nobody vouches for it
here. Lists of relations are signed as a selection of their entries, which is not reckoned anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from soket.reading import guards
from soket.reading.containers import Package
from soket.reading.findings import FindingError
from soket.reading.guards import guard
from soket.reading.signatures import Chain, FileSignature, Integrity, handed
from soket.reading.xml import attribute, parse, tag
from soket.text import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element

_FOLDER = "_xmlsignatures/"
_DIGESTS = {"#sha1": "sha1", "#sha256": "sha256", "#sha384": "sha384", "#sha512": "sha512"}
_MOST_SIGNATURES = 20
_NOTE = "chỉ đối chiếu các phần của tệp Office với giá trị băm trong chữ ký"


def signatures_of(extension: str, given: bytes) -> list[dict[str, Any]]:
    """Return the signatures on a file as JSON can hold them; it comes as `soket.reading.signatures` hands it over."""
    moment, certificates, revoked, data = handed(given)
    try:
        kind, _ = guard(extension, data)
        if kind == guards.PORTABLE:
            from soket.reading.formats.portable_signatures import portable_signatures

            found = portable_signatures(data, moment, certificates, revoked)
        else:
            found = _package_signatures(data)
    except FindingError:
        found = []  # told of where the file is read
    return [each.to_data() for each in found]


def _package_signatures(data: bytes) -> list[FileSignature]:
    """Return the signatures on a package, in the order of their names."""
    with Package(data) as package:
        names = sorted(
            entry.filename
            for entry in package.entries
            if entry.filename.startswith(_FOLDER) and entry.filename.endswith(".xml")
        )
        return [_examined(package, parse(package.read(name))) for name in names[:_MOST_SIGNATURES]]


def _examined(package: Package, root: _Element) -> FileSignature:
    told = [_is_as_signed(package, each) for each in root.iter() if tag(each) == "Reference"]
    known = [each for each in told if each is not None]
    integrity = Integrity.UNCHECKED if not known else Integrity.WHOLE if all(known) else Integrity.BROKEN
    holder, issuer = _names(_text(root, "X509Certificate"))
    return FileSignature(
        signer=holder.get("CN", ""),
        bodies=tuple(holder[key] for key in ("O", "OU") if key in holder),
        issuer=issuer.get("CN", ""),
        signed_at=_moment(_text(root, "Value") or _text(root, "SigningTime")),
        integrity=integrity,
        chain=Chain.UNCHECKED,
        note=_NOTE,
    )


def _is_as_signed(package: Package, reference: _Element) -> bool | None:
    """Return whether a part has the digest that a signature gives it; None of what is no part, or was transformed."""
    name = unquote(attribute(reference, "URI")).partition("?")[0]
    if not name.startswith("/") or any(tag(each) == "Transform" for each in reference.iter()):
        return None
    method = next((attribute(each, "Algorithm") for each in reference if tag(each) == "DigestMethod"), "")
    algorithm = next((each for mark, each in _DIGESTS.items() if method.endswith(mark)), None)
    if algorithm is None:
        return None
    part = package.find(name.removeprefix("/"))
    if part is None:
        return False
    digest = hashlib.new(algorithm, package.read(part), usedforsecurity=False).digest()
    return base64.b64encode(digest).decode() == "".join(_text(reference, "DigestValue").split())


def _text(root: _Element, name: str) -> str:
    return next((each.text or "" for each in root.iter() if tag(each) == name), "")


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else None


def _names(certificate: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what a certificate calls its holder and its issuer."""
    from cryptography import x509

    try:
        found = x509.load_der_x509_certificate(base64.b64decode("".join(certificate.split())))
        return dict(_attributes(found.subject)), dict(_attributes(found.issuer))
    except (ValueError, TypeError, binascii.Error):
        return {}, {}


def _attributes(name: object) -> Iterator[tuple[str, str]]:
    from cryptography.x509 import Name

    if isinstance(name, Name):
        for each in name:
            yield each.rfc4514_attribute_name, nfc(" ".join(str(each.value).split()))[:300]
