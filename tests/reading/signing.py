"""Signatures made for tests: an office's authority, a unit's certificate under it, and what is done to signed files."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import serialization

from demo.samples.signed import Holder, authority, holder, printed, signed
from reading import corpus
from soket.clock import VIETNAM

START, END = datetime(2020, 1, 1, tzinfo=VIETNAM), datetime(2030, 1, 1, tzinfo=VIETNAM)
AT = datetime(2021, 10, 29, 9, tzinfo=VIETNAM)

OFFICE, STRANGER = authority("CA cơ quan", START, END), authority("CA khác", START, END)
UNIT = holder(OFFICE, "HUYỆN ỦY 1", START, END, ["Tỉnh ủy Hà Tĩnh"])
LEADER = holder(OFFICE, "Nguyễn Văn A", START, END)
EXPIRED = holder(OFFICE, "Huyện ủy 1", START, AT - timedelta(days=9), ["Tỉnh ủy"])

LINES = (
    "BÁO CÁO",
    "Sơ kết 05 năm thực hiện Nghị quyết",
    *(line for heading in corpus.HEADINGS for line in (heading, corpus.SENTENCE * 3)),
)


@cache
def copy(*lines: str, by: Holder = UNIT) -> bytes:
    """The report of `corpus.report`, or other lines, printed and signed."""
    return signed(printed(lines or LINES), by, AT, chain=[OFFICE])


def altered(data: bytes) -> bytes:
    """A letter of what was signed is another."""
    at = data.index(b"stream") + 600
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def updated(data: bytes) -> bytes:
    """A signed file with a page enlarged in an update after what was signed."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    page.get_object()["/UserUnit"] = generic.NumberObject(2)
    writer.mark_update(page)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def office_signed(data: bytes, by: Holder = UNIT) -> bytes:
    """A Word file with a signature over its main part, as Office writes it."""
    digest = base64.b64encode(hashlib.sha256(corpus.part(data, "word/document.xml")).digest()).decode()
    certificate = base64.b64encode(by.certificate.public_bytes(serialization.Encoding.DER)).decode()
    signature = f"""<?xml version="1.0" encoding="UTF-8"?>
<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate>
</X509Data></KeyInfo><Object><Manifest>
<Reference URI="/word/document.xml?ContentType=application/vnd.openxmlformats-officedocument">
<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>{digest}</DigestValue></Reference>
<Reference URI="/_rels/.rels?ContentType=application/vnd.openxmlformats-package.relationships+xml"><Transforms>
<Transform Algorithm="http://schemas.openxmlformats.org/package/2006/RelationshipTransform"/></Transforms>
<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference>
</Manifest><SignatureProperties><SignatureProperty><SignatureTime><Value>2021-10-29T02:00:00Z</Value></SignatureTime>
</SignatureProperty></SignatureProperties></Object></Signature>"""
    return corpus.repacked(data, added={"_xmlsignatures/sig1.xml": signature.encode()})
