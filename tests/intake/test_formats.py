from __future__ import annotations

import re

import pytest

from conftest import Desk
from intake import corpus
from intake.cases import Case
from intake.cases.readers import REFERRED_CASES
from intake.reader_files import made
from intake.turns import codes, judged
from soket.intake.reading.child import read

WORDS = (
    "BÁO CÁO",
    "Sơ kết 05 năm thực hiện Nghị quyết",
    "I. Công tác lãnh đạo, chỉ đạo, quán triệt",
    corpus.SENTENCE.strip(),
    "II. Kết quả đạt được",
    corpus.SENTENCE.strip(),
    "Nội dung",
    "Kết quả",
    "Hội nghị quán triệt",
    "12",
    "III. Tồn tại, hạn chế và nguyên nhân",
    corpus.SENTENCE.strip(),
    "IV. Kiến nghị, đề xuất",
    corpus.SENTENCE.strip(),
    "Toàn ngành đón một triệu lượt khách[1] trong năm.",
    "[1] Theo số liệu của Sở Du lịch",
)


@pytest.mark.parametrize("name", ["report", "legacy"])
@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_every_format_says_the_same(name: str, extension: str) -> None:
    """Numbers, accepted changes, tables, notes and old fonts: whatever program wrote them."""
    content = read(extension, made(f"{name}.{extension}"))
    said = [text.replace(corpus.SENTENCE * 2, "") for text in content.paragraphs]
    # What Word of old counts by itself is not counted here: headings are known by their words.
    assert said == [re.sub(r"^[IV]+\. ", "", word) if extension == "doc" else word for word in WORDS]
    assert [finding.code for finding in content.findings] == (["TEP-21"] if name == "legacy" else [])


def test_a_pdf_is_read_as_paragraphs() -> None:
    content = read("pdf", made("report.pdf"))
    assert content.scan is None
    assert [text for text in content.paragraphs if text[0] in "IV"] == [
        "I.Công tác lãnh đạo, chỉ đạo, quán triệt",
        "II.Kết quả đạt được",
        "III.Tồn tại, hạn chế và nguyên nhân",
        "IV.Kiến nghị, đề xuất",
    ]
    assert (corpus.SENTENCE * 3).strip() in content.paragraphs


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("case", REFERRED_CASES, ids=[case.name for case in REFERRED_CASES])
def test_what_is_left_to_a_person_is_said(desk: Desk, case: Case) -> None:
    assert sorted(codes(judged(desk, case.unit, dict(case.files())))) == sorted(case.codes)
