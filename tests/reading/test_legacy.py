from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import corpus
from reading.reader_files import in_tcvn3, in_vni
from soket.reading.findings import Content, Sheet
from soket.reading.legacy import Coding, convert_bytes, convert_content, font_coding, in_capitals
from soket.reading.legacy.detect import is_syllable
from soket.reading.process.child import read
from soket.text import nfc

DOCS = Path(__file__).parents[2] / "docs"
LINES = [
    line
    for name in ("huong-dan-don-vi.md", "huong-dan-van-hanh.md", "runbook.md")
    for line in nfc((DOCS / name).read_text()).splitlines()
    # Capitals with tone marks are typed small in fonts that show capitals; where « and » stand, TCVN3 has letters.
    if line.strip()
    and not {"`", "«"} & set(line)
    and not any(word.isupper() for word in line.split())
    and not any(letter.isupper() and not letter.isascii() and letter not in "ĂÂÊÔƠƯĐ" for letter in line)
]


def converted(*texts: str) -> Content:
    return convert_content(Content(paragraphs=texts))


@pytest.mark.parametrize(("written", "coding"), [(in_tcvn3, Coding.TCVN3), (in_vni, Coding.VNI)])
def test_old_text_comes_back_whole(written: type[str], coding: Coding) -> None:
    content = converted(*map(written, LINES))
    assert [(finding.code, finding.facts["coding"]) for finding in content.findings] == [("TEP-21", coding.value)]
    assert list(content.paragraphs) == LINES


def test_unicode_text_is_never_touched() -> None:
    content = Content(paragraphs=tuple(LINES))
    assert convert_content(content) == content


@given(st.lists(st.sampled_from([word for line in LINES for word in line.split()]), max_size=40))
def test_no_choice_of_unicode_words_is_touched(words: list[str]) -> None:
    content = Content(paragraphs=tuple(words), sheets=(Sheet("Biểu", 1, 1, (tuple(words),)),))
    assert convert_content(content) == content


@given(st.lists(st.text(st.characters(max_codepoint=0xFF)), max_size=8))
def test_no_western_text_is_changed_untold(texts: list[str]) -> None:
    content = converted(*texts)
    if not content.findings:
        assert [text for text in texts if text and "\u00ad" not in text] == [
            text for text in content.paragraphs if text in texts
        ]


@pytest.mark.parametrize(
    "text",
    ["© 2021 Sở Du lịch ®", "«trích dẫn»", "diện tích 5×6 m², 20° ± 1½", "café Müller, crème brûlée", "và có hà tàu"],
)
def test_signs_and_foreign_words_are_no_old_text(text: str) -> None:
    assert converted(text).paragraphs == (text,)


def test_a_unicode_report_with_an_old_annex_is_mended_where_it_is_old() -> None:
    old = in_tcvn3("Số liệu của phòng Văn hóa được tổng hợp đến ngày báo cáo")
    content = converted("Báo cáo của Ủy ban nhân dân", "BÁO CÁO", "và có", old)
    assert content.paragraphs[:3] == ("Báo cáo của Ủy ban nhân dân", "BÁO CÁO", "và có")
    assert content.paragraphs[3] == "Số liệu của phòng Văn hóa được tổng hợp đến ngày báo cáo"


def test_old_letters_that_have_no_width_today_stay_in_cells() -> None:
    words = ["Số buồng lưu trú", "Số người được đào tạo", "Đầu tư hạ tầng"]
    data = corpus.workbook([[in_tcvn3(word), 1] for word in words])
    assert [row[0] for row in read("xlsx", data).sheets[0].cells if row][-3:] == words


def test_soft_hyphens_of_today_are_dropped() -> None:
    assert read("xlsx", corpus.workbook([["Số bu\u00adồng", "1\u00ad2"]])).sheets[0].cells[-1] == ("Số buồng", "12")
    assert converted("Nghị \u00ad quyết", "\u00ad", "xuống\u00addòng").paragraphs == ("Nghị quyết", "xuốngdòng")


def test_plain_text_is_told_by_its_bytes() -> None:
    text = "Mã;Chỉ tiêu\nCT01;Tổng lượt khách đến địa phương"
    data, findings = convert_bytes(in_tcvn3(text).encode("latin-1"))
    assert (data.decode(), [finding.code for finding in findings]) == (text, ["TEP-21"])
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-8-sig"):
        assert convert_bytes(text.encode(encoding)) == (text.encode(encoding), [])
    decomposed = "Tô\u0309ng lươ\u0323t kha\u0301ch đê\u0301n đi\u0323a phương".encode("cp1258")
    assert convert_bytes(decomposed) == (decomposed, [])


@pytest.mark.parametrize(
    ("font", "coding", "capitals"),
    [
        (".VnTime", Coding.TCVN3, False),
        (".VnTimeH", Coding.TCVN3, True),
        (".VnArialH", Coding.TCVN3, True),
        ("VNI-Times", Coding.VNI, False),
        ("Times New Roman", None, False),
        ("Helvetica-H", None, False),
    ],
)
def test_fonts_tell_the_coding(font: str, coding: Coding | None, capitals: bool) -> None:
    assert (font_coding(font), in_capitals(font)) == (coding, capitals)


@pytest.mark.parametrize("word", ["nghiêng", "Quyết", "GIẾNG", "uỷ", "ủy", "hoà", "hòa", "được", "khuya", "gì", "ý"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["strength", "kêc", "bàt", "nGhị", "tỡnh", "aâ", ""])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
