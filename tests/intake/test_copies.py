"""Signed copies are held against what was sent beside them, and what a plan requires of them is asked for."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk
from demo.samples.signed import printed
from intake.cases.signed import lines
from intake.turns import codes, judged
from reading import corpus
from reading.reader_files import made
from reading.signing import LEADER, LINES, OFFICE, STRANGER, UNIT, altered, copy, office_signed
from soket.intake.copies.against_text import compare_texts
from soket.intake.copies.signers import Whose, whose
from soket.plan.model import Plan
from soket.reading.signatures import Chain, FileSignature, Integrity
from soket.record.records import Ruling, Verdict
from soket.record.signed import SignedCopies

pytestmark = pytest.mark.usefixtures("inline")

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
SENTENCES = [
    "Tổng lượt khách đến địa bàn đạt {} lượt, trong đó khách quốc tế đạt {} lượt, tăng {}% so với năm 2020.",
    "Doanh thu du lịch ước đạt {} tỷ đồng; thu ngân sách từ dịch vụ lưu trú đạt {} tỷ đồng.",
    "Đã tổ chức {} lớp bồi dưỡng cho {} lao động, cấp {} giấy phép hướng dẫn viên.",
]


def required(plan: Plan) -> Plan:
    stages = tuple(
        stage.model_copy(update={"signed_copy": "required"}) if stage.kind == "collect" else stage
        for stage in plan.stages
    )
    return plan.model_copy(update={"stages": stages})


def kept(desk: Desk, verdict: Verdict) -> SignedCopies:
    key = desk().keys.report(verdict.unit, verdict.number, "signatures.json")
    return SignedCopies.model_validate_json(desk.store.get(key))


def test_what_was_found_is_kept_beside_the_verdict(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "goc.pem").write_bytes(OFFICE.file)
    (tmp_path / "ghi-chu.txt").write_text("gốc của cơ quan")
    monkeypatch.setenv("SOKET_ROOTS", str(tmp_path))
    text = corpus.document(*lines("2.450", "15,2", "12,5"))
    verdict = judged(desk, "huyen_1", GOOD | {corpus.REPORT: text, "ký.pdf": copy(*lines("2.540", "15,2", "12,5"))})
    assert codes(verdict) == ["KS-21", "KS-01", "KS-20"]
    assert "chứng thư thuộc chứng thư gốc mà cơ quan theo dõi tin cậy" in verdict.faults[1].message
    (file,) = kept(desk, verdict).files
    (signature,) = file.signatures
    assert (signature.chain, signature.integrity) == (Chain.TRUSTED, Integrity.WHOLE)
    assert (file.file, file.held_against, file.alike) == ("ký.pdf", corpus.REPORT, 1.0)
    (different,) = file.different
    assert (different.signed, different.source, different.place) == ("2.540", "2.450", "mục II")


def test_without_signed_files_nothing_is_kept(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", GOOD)
    assert not list(desk.store.list(desk().keys.report(verdict.unit, verdict.number, "signatures.json")))


def test_a_scan_is_said_to_hold_nothing_to_compare(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", GOOD | {"quét.pdf": made("scan.pdf")})
    assert "không có chữ để đối chiếu" in verdict.faults[0].message
    assert [(each.is_scan, each.held_against) for each in kept(desk, verdict).files] == [(True, "")]


def test_another_table_printed_in_the_copy_is_told_cell_by_cell(desk: Desk) -> None:
    def rows(changed: dict[str, tuple[object, ...]]) -> list[str]:
        return [
            " ".join([str(code), str(name), "lượt", *(str(value).replace(".", ",") for value in values)])
            for code, name, *values in corpus.rows(changed)[1:]
        ]

    text = [*LINES, *rows({})]
    signed = [*LINES, *rows({"CT02": (12.5, 14.75, 9)})]
    verdict = judged(desk, "huyen_1", {**GOOD, corpus.REPORT: corpus.document(*text), "ký.pdf": copy(*signed)})
    told = [each for each in verdict.faults if each.code == "KS-24"]
    cell = "CT02 «Doanh thu du lịch» năm 2020, ô D8, số liệu.xlsx"
    assert [each.message for each in told] == [f"Bản ký ghi 14,75 tỷ đồng, biểu số liệu ghi 14,25 tỷ đồng: {cell}."]
    assert kept(desk, verdict).files[0].rows == 6


@pytest.mark.parametrize(
    ("files", "ruling", "code"),
    [
        ({}, Ruling.RETURNED, "KS-30"),
        ({"quét.pdf": made("scan.pdf")}, Ruling.RETURNED, "KS-30"),
        ({"ký.pdf": copy()}, Ruling.ACCEPTED, None),
        ({"ký.pdf": altered(copy())}, Ruling.RETURNED, "KS-32"),
        ({"ký.pdf": copy("GIẤY MỜI", "Kính mời đồng chí dự hội nghị bàn công việc.")}, Ruling.RETURNED, "KS-32"),
        ({"ký.pdf": copy().replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.s1234567")}, Ruling.REFERRED, "KS-31"),
        ({corpus.REPORT: office_signed(corpus.report())}, Ruling.REFERRED, "KS-31"),
    ],
    ids=["none", "scan", "sound", "altered", "another paper", "unknown kind", "signed by office"],
)
def test_a_required_copy(desk: Desk, files: dict[str, bytes], ruling: Ruling, code: str | None) -> None:
    desk.plan = required(desk.plan)
    verdict = judged(desk, "huyen_1", GOOD | files)
    assert verdict.ruling is ruling
    assert [each for each in codes(verdict) if each.startswith("KS-3")] == ([code] if code else [])


def test_a_chain_that_leads_elsewhere_goes_to_a_person_where_a_copy_is_required(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "khac.cer").write_bytes(STRANGER.file)
    monkeypatch.setenv("SOKET_ROOTS", str(tmp_path))
    desk.plan = required(desk.plan)
    verdict = judged(desk, "huyen_1", GOOD | {"ký.pdf": copy()})
    assert (verdict.ruling, codes(verdict)) == (Ruling.REFERRED, ["KS-31", "KS-05", "KS-14"])


@pytest.mark.parametrize(
    ("signer", "bodies", "expected"),
    [
        ("HUYỆN UỶ  1", (), Whose.UNIT),
        ("Nguyễn Văn A", ("Huyện ủy 1", "Tỉnh ủy"), Whose.UNIT),
        ("Văn phòng Huyện ủy 1", (), Whose.NEARLY),
        ("Huyện ủy số 1", (), Whose.NEARLY),
        ("Huyện ủy 2", (), Whose.ANOTHER),
        ("Nguyễn Văn A", (), Whose.NOBODY),
    ],
)
def test_in_whose_name(small_plan: Plan, signer: str, bodies: tuple[str, ...], expected: Whose) -> None:
    assert whose(small_plan, small_plan.unit("huyen_1"), FileSignature(signer, bodies))[0] is expected


def test_a_second_signature_in_the_units_name_is_enough(desk: Desk) -> None:
    from demo.samples.signed import signed
    from reading.signing import AT

    two = signed(copy(by=LEADER), UNIT, AT, chain=[OFFICE], field="ChuKy2")
    assert codes(judged(desk, "huyen_1", GOOD | {"ký.pdf": two})) == ["KS-01", "KS-01", "KS-14"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_planted_figures_are_found_and_no_others(seed: int) -> None:
    """Whatever lines a page tears, as many differences are found as figures were changed."""
    chance = Random(seed)
    figures = [str(number) for number in chance.sample(range(1_000, 9_000), 40)]
    stated = iter(figures)
    text = []
    for count in range(12):
        sentence = SENTENCES[count % 3]
        text.append(f"Xã {chr(65 + count)}: " + sentence.format(*(next(stated) for _ in range(sentence.count("{}")))))
    said = [figure for figure in figures if any(figure in line for line in text)]
    changed = {figure: figure[::-1] + "7" for figure in chance.sample(said, chance.randint(0, 5))}
    torn = " ".join(text)
    for old, new in changed.items():
        torn = torn.replace(old, new)
    words = torn.split()
    cuts = sorted(chance.sample(range(1, len(words)), 20))
    copied = [" ".join(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    compared = compare_texts(text, copied)
    assert {(each.document, each.copy) for each in compared.different} == set(changed.items())
    assert compared.alike > 0.9


def test_what_a_page_prints_beside_the_text_is_no_difference() -> None:
    text = list(lines("2.450", "15,2", "12,5"))
    signed = ["TỈNH ỦY HÀ TĨNH", "Số 215-BC/HU", "Hà Tĩnh, ngày 29 tháng 10 năm 2021", *text]
    assert compare_texts(text, signed).different == ()
    without = [*text[:5], *text[6:]]
    assert [each.document for each in compare_texts(text, without).different] == [
        "2.450",
        "15,2",
        "12,5",
    ]


def test_the_pages_of_a_print_read_as_the_text_does(desk: Desk) -> None:
    long = [line for count in range(30) for line in lines(f"{count}.450", f"{count},2", "12,5")]
    verdict = judged(desk, "huyen_1", GOOD | {corpus.REPORT: corpus.document(*long), "ký.pdf": printed(long)})
    assert not {"KS-20", "KS-16"}.intersection(codes(verdict))
