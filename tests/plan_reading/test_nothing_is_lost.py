"""Every date, every body and every duty of a paper is in the plan with its paragraph, or told as not placed.

The scanners here are the test's own and know less than the reader: what they see, the reader must account for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_reading.sources import HELD_OUT, NAMES, content_of, lines_of
from soket.narrative.sentences.prose import sentences
from soket.plan_reading.asking import from_answers
from soket.plan_reading.compose import NewPlan, new_plan
from soket.plan_reading.paper import Paper, paper_of
from soket.plan_reading.review_step import key_of
from soket.text import flat

TODAY = date(2026, 1, 15)
ALL = [(name, None) for name in NAMES] + [(path.stem, HELD_OUT) for path in sorted(HELD_OUT.glob("*.txt"))]
_DAY = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?(?![/.\d])"
_DATE = re.compile(
    rf"{_DAY}|ngày \d{{1,2}} tháng \d{{1,2}}(?: năm \d{{4}})?|tháng \d{{1,2}}(?:/\d{{4}}| năm \d{{4}})|"
    r"quý [IV]+(?:/\d{4}| năm \d{4})|\d+ ngày (?:làm việc|sau|trước|kể từ)|hằng (?:tháng|quý)|ngày \d{1,2} hằng",
    re.IGNORECASE,
)
_OF_DOCUMENT = re.compile(r"(?:\bsố \d\S*|/[\w-]+|\d-\w\S*),? (?:ngày )?$|\bLuật [^.;]{0,40}$")
_BODY = re.compile(
    r"(?<!\w)(?:Sở|Vụ|Cục|Văn phòng|Đảng ủy|Ủy ban (?!M)|UBND|Đài|Phòng|Công an|Trường|Trung tâm|Tập đoàn|Công ty|"
    r"Thanh tra|Ban (?=Tổ|Tuyên|Dân|Thường|Quản|Hỗ|Phụ|Nội)|Hội (?=Liên|LHPN|Nông|Phụ)) ?[A-ZĐ]\w+(?: [A-ZĐ]\w+)?"
)
_ACTS = re.compile(
    r"\b(?:gửi|trình|chủ trì|tổ chức|thẩm định|thẩm tra|hướng dẫn|bố trí|chuẩn bị|cung cấp|tuyên truyền|đôn đốc|nộp)\b"
)


def made_of(paper: Paper) -> NewPlan:
    return new_plan(paper, from_answers({}), TODAY)


def letters(text: str) -> str:
    return re.sub(r"\W+", "", flat(text))


def values(data: object) -> Iterator[object]:
    if isinstance(data, dict):
        for each in data.values():
            yield from values(each)
    elif isinstance(data, list):
        for each in data:
            yield from values(each)
    else:
        yield data


def accounted(paper: Paper, new: NewPlan) -> list[str]:
    """Return what a scanner sees in a paper and the plan does not account for."""
    headings = {heading for passage in paper.body for heading in passage.above}
    seen = Seen(new)
    return [
        f"{passage.place}: {words}"
        for passage in paper.body
        if passage.task or passage.text not in headings
        for words in (
            *(match[0] for match in _DATE.finditer(passage.text) if not seen.date(match, passage.text)),
            *(match[0] for match in _BODY.finditer(passage.text) if not seen.body(match[0])),
            *(each for each in _duties(passage.text) if letters(each) not in seen.whole),
        )
    ]


class Seen:
    """A plan as its text has it."""

    def __init__(self, new: NewPlan) -> None:
        data: dict[str, Any] = yaml.safe_load(new.text)
        self.whole = letters(new.text)
        self.told = "\n".join(new.unused)
        self.about = letters(" ".join(str(each) for key in ("purposes", "goals") for each in data[key]))
        self.schedule = letters(new.text[new.text.index("\ncampaigns:") : new.text.index("# Đã hỏi:")])
        self.days = {each for each in values(data["campaigns"]) if isinstance(each, date)}
        parts = ("offices", "units", "blocks")
        self.names = [key_of(str(each)) for part in parts for each in values(data.get(part, []))]

    def date(self, match: re.Match[str], text: str) -> bool:
        """Whether a date is of a document, of what the review is about, of a stage, or told."""
        if _OF_DOCUMENT.search(text[: match.start()]) or letters(match[0]) in self.about or match[0] in self.told:
            return True
        return letters(match[0]) in self.schedule or bool(_day(match) & self.days)

    def body(self, name: str) -> bool:
        """Whether a body is in the plan, in what the review is about, or told."""
        return any(key_of(name) in each for each in self.names) or name in self.told or letters(name) in self.about


def _duties(text: str) -> list[str]:
    return [part for sentence in sentences(text) for part in re.split("[;,]", sentence) if _ACTS.search(part)]


def _day(match: re.Match[str]) -> set[date]:
    if not match["day"] or not match["year"]:
        return set()
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return {day, day - timedelta(days=1)}


@pytest.mark.parametrize(("name", "folder"), ALL, ids=[name for name, _ in ALL])
def test_nothing_of_a_paper_is_lost(name: str, folder: Any) -> None:
    paper = paper_of(content_of(lines_of(name, folder) if folder else lines_of(name)))
    assert accounted(paper, made_of(paper)) == []


BODIES = ("Sở Xây dựng", "Vụ Kế hoạch, Tài chính", "Công an tỉnh", "Đảng ủy các cơ quan Đảng tỉnh", "Phòng Nội vụ",
          "UBND các xã, phường", "Các hội đặc thù", "Văn phòng Tỉnh ủy và Ban Tổ chức Tỉnh ủy")  # fmt: skip
DOES = ("gửi báo cáo về Sở Nội vụ", "thẩm định dự thảo Báo cáo", "chuẩn bị hội nghị", "bố trí kinh phí",
        "phối hợp với Cục Thống kê rà soát số liệu", "xây dựng dự thảo Báo cáo trình Thường trực Tỉnh ủy")  # fmt: skip
DATES = ("trước ngày 15/6/2025", "trong tháng 7/2025", "chậm nhất 10 ngày sau khi nhận văn bản", "trong quý III/2025",
         "trước hội nghị ít nhất 05 ngày", "tuần 2 tháng 8/2025", "vào ngày 25 hằng tháng", "xong trước 30/9",
         "từ ngày 01/6/2025", "đầu tháng 9/2025", "ngày 20 tháng 8 năm 2025", "")  # fmt: skip
SENTENCE = st.builds(
    lambda body, does, when, end: f"{body} {does} {when}".strip() + end,
    st.sampled_from(BODIES),
    st.sampled_from(DOES),
    st.sampled_from(DATES),
    st.sampled_from((".", "; ", ", sau đó ")),
)


@settings(max_examples=60)
@given(st.lists(st.lists(SENTENCE, min_size=1, max_size=3), min_size=1, max_size=4))
def test_nothing_of_any_mixture_is_lost(paragraphs: list[list[str]]) -> None:
    lines = ["An Sơn, ngày 05 tháng 3 năm 2025", "KẾ HOẠCH", "Sơ kết Chỉ thị số 5-CT/TU", "I. TỔ CHỨC THỰC HIỆN",
             *(f"{number}. {' '.join(parts)}" for number, parts in enumerate(paragraphs, 1))]  # fmt: skip
    paper = paper_of(content_of(lines))
    assert accounted(paper, made_of(paper)) == []
