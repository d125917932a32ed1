"""Signatures are told of as they are: whole, added to, changed, broken; vouched for, or by whom not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from demo.samples.signed import holder, printed, revoked, signed
from reading import corpus
from reading.signing import (
    AT,
    END,
    EXPIRED,
    LEADER,
    OFFICE,
    START,
    STRANGER,
    UNIT,
    altered,
    copy,
    office_signed,
    updated,
)
from soket.reading.formats.signed import signatures_of
from soket.reading.pool import ReaderPool
from soket.reading.signatures import Chain, FileSignature, Integrity, Roots
from soket.reading.signed_files import LIBRARIES, handing, may_be_signed, signatures_on

TRUSTED = Roots({"goc.pem": OFFICE.file})
NONE, OTHERS = Roots(), Roots({"khac.pem": STRANGER.file})


def told(data: bytes, roots: Roots = TRUSTED, extension: str = "pdf") -> list[FileSignature]:
    return [FileSignature.from_data(each) for each in signatures_of(extension, handing(roots, AT, data))]


def both(found: Sequence[FileSignature]) -> list[tuple[Integrity, Chain]]:
    return [(each.integrity, each.chain) for each in found]


def twice() -> bytes:
    return signed(copy(), LEADER, AT + timedelta(hours=1), chain=[OFFICE], field="ChuKy2")


@pytest.mark.parametrize(
    ("make", "roots", "expected"),
    [
        (copy, TRUSTED, [(Integrity.WHOLE, Chain.TRUSTED)]),
        (copy, NONE, [(Integrity.WHOLE, Chain.NO_ROOTS)]),
        (copy, OTHERS, [(Integrity.WHOLE, Chain.UNKNOWN)]),
        (lambda: copy(by=EXPIRED), TRUSTED, [(Integrity.WHOLE, Chain.EXPIRED)]),
        (twice, TRUSTED, [(Integrity.ADDED, Chain.TRUSTED), (Integrity.WHOLE, Chain.TRUSTED)]),
        (lambda: altered(copy()), TRUSTED, [(Integrity.BROKEN, Chain.UNCHECKED)]),
        (lambda: updated(copy()), TRUSTED, [(Integrity.CHANGED, Chain.TRUSTED)]),
        (lambda: copy().replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.s1234567"), TRUSTED, None),
        (lambda: copy()[: -len(copy()) // 2], TRUSTED, []),
        (lambda: copy()[:-300] + b"%%EOF", TRUSTED, None),
        (lambda: printed(["Chưa ký"]), TRUSTED, []),
    ],
    ids=[
        "valid",
        "no roots",
        "other root",
        "expired",
        "two",
        "altered",
        "updated",
        "unknown kind",
        "half",
        "damaged",
        "none",
    ],
)
def test_what_is_told_of_a_pdf(
    make: Callable[[], bytes], roots: Roots, expected: list[tuple[Integrity, Chain]] | None
) -> None:
    unknown = [(Integrity.UNCHECKED, Chain.UNCHECKED)]
    assert both(told(make(), roots)) == (unknown if expected is None else expected)


def test_who_signed_and_when() -> None:
    (found,) = told(copy())
    assert (found.signer, found.bodies, found.issuer) == ("HUYỆN ỦY 1", ("Tỉnh ủy Hà Tĩnh",), "CA cơ quan")
    assert (found.signed_at, found.time_stamped) == (AT, False)
    assert FileSignature.from_data(found.to_data()) == found


def test_revocation_is_checked_by_the_offices_lists_alone() -> None:
    clean = revoked(OFFICE, [], AT, END)
    taken_back = revoked(OFFICE, [UNIT], AT - timedelta(days=3), END)
    assert [each.revocation_checked for each in told(copy())] == [False]
    (found,) = told(copy(), replace(TRUSTED, revoked={"a.crl": clean}))
    assert (found.chain, found.revocation_checked) == (Chain.TRUSTED, True)
    (found,) = told(copy(), replace(TRUSTED, revoked={"a.crl": taken_back, "b.crl": b"none at all"}))
    assert found.chain is Chain.REVOKED


def test_a_root_that_is_none_is_left_out() -> None:
    assert both(told(copy(), Roots({"a.cer": b"no certificate", "b.pem": b"-----BEGIN X"}))) == [
        (Integrity.WHOLE, Chain.NO_ROOTS)
    ]


def test_an_office_file_is_held_against_the_digests_of_its_parts() -> None:
    made = office_signed(corpus.report())
    (found,) = told(made, extension="docx")
    assert (found.signer, found.signed_at, found.integrity, found.chain) == (
        "HUYỆN ỦY 1",
        AT,
        Integrity.WHOLE,
        Chain.UNCHECKED,
    )
    other = corpus.part(corpus.document("Khác"), "word/document.xml")
    assert both(told(corpus.repacked(made, changed={"word/document.xml": other}), extension="docx")) == [
        (Integrity.BROKEN, Chain.UNCHECKED)
    ]


def test_only_what_bears_a_mark_is_examined() -> None:
    assert may_be_signed("ký.PDF", copy())
    assert may_be_signed("a.docx", office_signed(corpus.report()))
    assert not may_be_signed("a.pdf", printed(["Chưa ký"]))
    assert not may_be_signed("a.docx", corpus.report())


@pytest.mark.timeout(120)
def test_a_guarded_reader_has_all_that_it_takes() -> None:
    """In the sandbox nothing more can be loaded: with RSA, as most certificates have, and what the tests sign with."""
    key = rsa.generate_private_key(65537, 2048)
    by = holder(OFFICE, "Huyện ủy 1", START, END, key=key)
    with ReaderPool(1, LIBRARIES) as readers:
        for data in (twice(), updated(copy()), copy(by=by)):
            found = signatures_on(readers, "ký.pdf", data, TRUSTED, AT)
            assert all(each.integrity is not Integrity.UNCHECKED and each.chain is Chain.TRUSTED for each in found)
        (found,) = signatures_on(readers, "a.docx", office_signed(corpus.report()), TRUSTED, AT)
        assert found.integrity is Integrity.WHOLE
        (broken,) = signatures_on(readers, "ký.pdf", b"%PDF-1.7 /ByteRange %%EOF", TRUSTED, AT)
        assert broken.integrity is Integrity.UNCHECKED
