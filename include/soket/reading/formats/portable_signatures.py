"""Examines the signatures on a .pdf: what each covers, what came after it, who signed, and who vouches for them.

Nothing is fetched: what the office supplied is all that is known of certificates and of those revoked. Code that
examines runs in a reader that loaded pyHanko when it started, see `soket.reading.signed_files.LIBRARIES`.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from soket.reading.signatures import Chain, FileSignature, Integrity
from soket.text import nfc

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from cryptography.x509 import CertificateRevocationList
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

_MOST_SIGNATURES = 20
_BODIES = ("organization_name", "organizational_unit_name")
_PEM = b"-----BEGIN"


def portable_signatures(
    data: bytes, moment: datetime, certificates: Sequence[bytes], revoked: Sequence[bytes]
) -> list[FileSignature]:
    """Return the signatures on a document in the order in which they were put; those not filled in are none."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        fields = [
            (name, at)
            for name, value, at in enumerate_sig_fields(reader, filled_status=True)
            if value.get_object().get("/Type") != "/DocTimeStamp"
        ]
    except Exception as error:  # other programs open what this library does not
        return [_untold(error)]
    roots, lists = list(_certificates(certificates)), list(_lists(revoked))
    found = [_examined(reader, name, at, moment, roots, lists) for name, at in fields[:_MOST_SIGNATURES]]
    return sorted(found, key=lambda each: each.signed_at or moment)


def _examined(
    reader: Any,  # noqa: ANN401 - untyped library
    name: str,
    at: Any,  # noqa: ANN401 - untyped library
    moment: datetime,
    roots: Sequence[Certificate],
    lists: Sequence[CertificateRevocationList],
) -> FileSignature:
    """Return what can be told of one signature; what the library does not know, we cannot tell."""
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    try:
        embedded = EmbeddedPdfSignature(reader, at, name)
        certificate = embedded.signer_cert
    except Exception as error:  # whatever a signature may hold
        return _untold(error)
    said = FileSignature(
        signer=_text(certificate.subject.native.get("common_name")),
        bodies=tuple(_bodies(certificate)),
        issuer=_text(certificate.issuer.native.get("common_name")) or _text(certificate.issuer.human_friendly),
        signed_at=_claimed_time(embedded, moment),
    )
    try:
        return asyncio.run(_validated(embedded, said, moment, roots, lists))
    except Exception as error:  # an algorithm or a form of signature that is not known
        return replace(said, note=_untold(error).note)


def _untold(error: Exception) -> FileSignature:
    """Return what stands for a signature of which we cannot tell, and why."""
    return FileSignature("", note=f"{type(error).__name__}: {error}"[:300])


async def _validated(
    embedded: EmbeddedPdfSignature,
    said: FileSignature,
    moment: datetime,
    roots: Sequence[Certificate],
    lists: Sequence[CertificateRevocationList],
) -> FileSignature:
    """Return a signature with what its validation came to, as of when it was made."""
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    context = _context(said.signed_at or moment, roots)
    status = await async_validate_pdf_signature(embedded, context, key_usage_settings=usage)
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.intact and stamp.trusted:
        said = replace(said, signed_at=stamp.timestamp, time_stamped=True)
    indication, certificate = status.trust_problem_indic, embedded.signer_cert
    chain = _chain(status, certificate, said.signed_at or moment, any_roots=bool(roots))
    its_lists = [each for each in lists if each.issuer.public_bytes() == certificate.issuer.dump()]
    if chain is Chain.TRUSTED and any(_is_on(each, certificate, said) for each in its_lists):
        chain = Chain.REVOKED
    return replace(
        said,
        integrity=_integrity(status),
        chain=chain,
        revocation_checked=bool(its_lists),
        note="" if indication is None else str(indication),
    )


def _is_on(revoked: CertificateRevocationList, certificate: Certificate, said: FileSignature) -> bool:
    """Return whether a list tells of a certificate; what was signed before counts where an authority says when."""
    entry = revoked.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return False
    return not said.time_stamped or said.signed_at is None or entry.revocation_date_utc <= said.signed_at


def _context(moment: datetime, roots: Sequence[Certificate]) -> ValidationContext:
    """Return what a certificate is held against: the office's roots alone, and none that this machine has."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)


def _integrity(status: PdfSignatureStatus) -> Integrity:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid):
        return Integrity.BROKEN
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Integrity.WHOLE
    if status.coverage is not SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        return Integrity.CHANGED
    return Integrity.CHANGED if status.modification_level is ModificationLevel.OTHER else Integrity.ADDED


def _chain(status: PdfSignatureStatus, certificate: Certificate, moment: datetime, *, any_roots: bool) -> Chain:
    from pyhanko.sign.ades.report import AdESIndeterminate as Because

    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return Chain.EXPIRED
    match status.trust_problem_indic:
        case None:
            return Chain.TRUSTED if status.trusted else Chain.UNCHECKED
        case Because.NO_CERTIFICATE_CHAIN_FOUND:
            return Chain.UNKNOWN if any_roots else Chain.NO_ROOTS
        case Because.CRYPTO_CONSTRAINTS_FAILURE | Because.CRYPTO_CONSTRAINTS_FAILURE_NO_POE:
            return Chain.UNCHECKED
    return Chain.UNFIT


def _claimed_time(embedded: EmbeddedPdfSignature, moment: datetime) -> datetime | None:
    """Return when the signer's machine said that it was; one without a zone is taken to be ours."""
    try:
        at: datetime | None = embedded.self_reported_timestamp
    except Exception:
        return None
    return at if at is None or at.tzinfo else at.replace(tzinfo=moment.tzinfo)


def _bodies(certificate: Certificate) -> Iterator[str]:
    """Yield the organisations that a certificate names beside its holder."""
    names = certificate.subject.native
    for kind in _BODIES:
        given = names.get(kind, ())
        yield from (_text(each) for each in ([given] if isinstance(given, str) else given) if each)


def _text(given: object) -> str:
    parts = given if isinstance(given, list) else [given]
    return nfc(" ".join(" ".join(str(part) for part in parts if part).split()))[:300]


def _certificates(files: Sequence[bytes]) -> Iterator[Certificate]:
    """Yield the certificates in an office's files; what is none is left out."""
    from asn1crypto.x509 import Certificate

    for data in files:
        for each in _unwrapped(data):
            try:
                certificate = Certificate.load(each)
                certificate.subject.native  # noqa: B018 - what is none fails here
            except (ValueError, TypeError):
                continue
            yield certificate


def _lists(files: Sequence[bytes]) -> Iterator[CertificateRevocationList]:
    """Yield the lists of revoked certificates in an office's files; what is none is left out."""
    from cryptography.x509 import load_der_x509_crl

    for data in files:
        for each in _unwrapped(data):
            with contextlib.suppress(ValueError, TypeError):
                yield load_der_x509_crl(each)


def _unwrapped(data: bytes) -> list[bytes]:
    """Return what a file holds, in whichever of the two ways it is written."""
    from asn1crypto import pem

    if _PEM not in data:
        return [data]
    try:
        return [content for _, _, content in pem.unarmor(data, multiple=True)]
    except (ValueError, TypeError):
        return []
