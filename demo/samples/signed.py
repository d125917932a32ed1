"""Signed copies: a report printed to .pdf, and the digital signature of an authority that nobody knows on it."""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import distribution
from textwrap import wrap
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

Key = Ed25519PrivateKey | RSAPrivateKey

_FONT = "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf"  # it has all letters of Vietnamese
_WIDTH, _HEIGHT, _MARGIN, _SIZE, _LEADING = 595, 842, 56, 11, 16
_LETTERS = 76  # a line
_FIGURE = re.compile(r"(?<![\w.,/])(?!20)[1-9]\d{2,}(?![\w.,/]*\d)")  # whole, and no year


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, the same for the same name: no secret."""

    key: Key
    certificate: x509.Certificate

    @property
    def file(self) -> bytes:
        """The certificate as an office keeps it in a file."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def authority(name: str, start: datetime, end: datetime) -> Holder:
    """Return an authority that vouches for itself."""
    key = _key(name)
    return Holder(key, _certificate(name, (), key, name, key, start, end, is_authority=True))


def holder(
    by: Holder, name: str, start: datetime, end: datetime, bodies: Sequence[str] = (), key: Key | None = None
) -> Holder:
    """Return a holder of a certificate that an authority gave, for signing documents."""
    key = key or _key(name)
    issuer = by.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return Holder(key, _certificate(name, bodies, key, str(issuer), by.key, start, end, is_authority=False))


def revoked(by: Holder, holders: Iterable[Holder], at: datetime, until: datetime) -> bytes:
    """Return an authority's list of certificates that it took back."""
    made = (
        x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject).last_update(at).next_update(until)
    )
    for each in holders:
        gone = x509.RevokedCertificateBuilder().serial_number(each.certificate.serial_number).revocation_date(at)
        made = made.add_revoked_certificate(gone.build())
    return made.sign(by.key, _digest(by.key)).public_bytes(serialization.Encoding.DER)


def _digest(key: Key) -> SHA256 | None:
    """Return what a key's signature is over; that of the one kind says so itself."""
    return None if isinstance(key, Ed25519PrivateKey) else SHA256()


def _key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"soket {name}".encode()).digest())


def _name(name: str, bodies: Sequence[str] = ()) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, each) for each in bodies]
    return x509.Name([*attributes, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    name: str,
    bodies: Sequence[str],
    key: Key,
    issuer: str,
    issuer_key: Key,
    start: datetime,
    end: datetime,
    *,
    is_authority: bool,
) -> x509.Certificate:
    number = int.from_bytes(hashlib.sha256(f"{issuer} {name}".encode()).digest()[:16], "big") >> 1
    signs = not is_authority
    usage = x509.KeyUsage(signs, signs, False, False, False, is_authority, is_authority, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name, bodies))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, _digest(issuer_key))
    )


def printed(paragraphs: Iterable[str]) -> bytes:
    """Return paragraphs as the pages of a .pdf."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument.new()
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, _LETTERS) or [""]]
    font_file = _font("".join(lines))
    held = (ctypes.c_uint8 * len(font_file)).from_buffer_copy(font_file)
    font = raw.FPDFText_LoadFont(document.raw, held, len(font_file), raw.FPDF_FONT_TRUETYPE, True)
    room = (_HEIGHT - 2 * _MARGIN) // _LEADING
    for first in range(0, len(lines), room):
        page = document.new_page(_WIDTH, _HEIGHT)
        for number, line in enumerate(lines[first : first + room], 1):
            text = raw.FPDFPageObj_CreateTextObj(document.raw, font, _SIZE)
            letters = ctypes.create_string_buffer(f"{line}\0".encode("utf-16-le"))
            raw.FPDFText_SetText(text, ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR)))
            raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, _MARGIN, _HEIGHT - _MARGIN - number * _LEADING)
            raw.FPDFPage_InsertObject(page.raw, text)
        page.gen_content()
    result = io.BytesIO()
    document.save(result)
    # What tells the moment and chance, by as many letters that are always the same.
    made = re.sub(rb"(?<=CreationDate\(D:)\d{14}", b"20211101000000", result.getvalue())
    return re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, made)


def _font(letters: str) -> bytes:
    """Return a font that has some letters and no others."""
    from fontTools.subset import Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(distribution("matplotlib").locate_file(_FONT), recalcTimestamp=False)
    only = Subsetter()
    only.options.drop_tables += ["FFTM"]
    only.populate(text=letters)
    only.subset(font)
    result = io.BytesIO()
    font.save(result)
    return result.getvalue()


def signed(pdf: bytes, by: Holder, at: datetime, *, chain: Sequence[Holder] = (), field: str = "ChuKy1") -> bytes:
    """Return a .pdf with one more signature; the same bytes for the same document, holder and moment."""
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def converted(each: Holder) -> asn1.Certificate:
        return asn1.Certificate.load(each.certificate.public_bytes(serialization.Encoding.DER))

    held = by.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    known = SimpleCertificateStore.from_certs(map(converted, chain))
    signer: Any = PdfSigner(
        PdfSignatureMetadata(field_name=field, md_algorithm="sha512"),
        SimpleSigner(converted(by), keys.PrivateKeyInfo.load(held), known),
    )
    begin = signer.init_signing_session

    def then(*given: object, **named: object) -> object:
        session = begin(*given, **named)
        session.system_time = at
        return session

    signer.init_signing_session = then
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    mark = generic.ByteStringObject(hashlib.sha256(pdf + field.encode()).digest()[:16])
    writer._document_id = generic.ArrayObject([mark, mark])  # else by chance
    writer._update_meta = lambda: None  # which would tell when this is done
    return bytes(signer.sign_pdf(writer).getbuffer())


def signed_otherwise(document: bytes, name: str, at: datetime, *, others: int = 2) -> bytes:
    """Return a report's signed copy, in which the digits of so many figures are turned about."""
    lines = list(_lines(document))
    stated = [each for each, line in enumerate(lines) if (found := _FIGURE.search(line)) and _turns(found[0])]
    for number in stated[:others]:
        lines[number] = _FIGURE.sub(lambda match: match[0][::-1], lines[number], count=1)
    start, end = at.replace(year=at.year - 1), at.replace(year=at.year + 4)
    known = authority("CA diễn tập", start, end)
    return signed(printed(lines), holder(known, name, start, end), at - timedelta(hours=1), chain=[known])


def _turns(figure: str) -> bool:
    return figure != figure[::-1]


def _lines(document: bytes) -> Iterator[str]:
    import docx
    from docx.table import Table

    for each in docx.Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(each, Table):
            yield from (paragraph.text for row in each.rows for cell in row.cells for paragraph in cell.paragraphs)
        else:
            yield each.text
