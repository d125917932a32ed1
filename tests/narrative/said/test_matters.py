"""What was told, taught or looked into about something that is none of the plan's matter is no evidence of it."""

from __future__ import annotations

import pytest

from documents.builders import nq06
from documents.worded import lexicon
from soket.narrative.said.matters import MatterReader


def reader_of() -> MatterReader:
    """Return the reader of a review of tourism."""
    themes = (theme for own in lexicon().sections.values() for theme in own)
    return MatterReader(nq06(), [word for theme in themes for word in theme.keywords])


@pytest.mark.parametrize(
    "text",
    [
        "Công tác tuyên truyền về bảo hiểm xã hội tự nguyện được đẩy mạnh với 85 hội nghị.",
        "Tuyên truyền về phòng, chống ma túy cho 200 đoàn viên.",
        "Học tập chuyên đề về kỷ luật phát ngôn cho 300 đảng viên.",
        "Hội thi tìm hiểu về luật hôn nhân và gia đình thu hút 500 người.",
    ],
)
def test_what_was_about_something_else_is_known(text: str) -> None:
    reader = reader_of()
    assert not reader.is_named(text)
    assert reader.elsewhere(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Tuyên truyền về Nghị quyết đến 100% đảng viên.",
        "Tuyên truyền về giữ gìn vệ sinh môi trường với 40 buổi.",
        "Tuyên truyền về biển quê hương với 40 buổi.",
        "Tuyên truyền bằng nhiều hình thức, phát 200 tin, bài.",
        "Giám sát 09 chi, đảng bộ.",
    ],
)
def test_what_may_be_about_the_plans_matter_is_left(text: str) -> None:
    assert not reader_of().elsewhere(text)


def test_only_the_clause_of_something_else_is_and_none_where_the_matter_is_named() -> None:
    reader = reader_of()
    text = "Tập huấn cho 200 cán bộ về hôn nhân; mở 02 chuyên mục."
    assert reader.elsewhere(text) == [(0, text.index(";"))]
    assert reader.is_named("Tuyên truyền về bảo hiểm cho lao động du lịch.")
    assert MatterReader(nq06(), ()).is_named(text)  # without themes it cannot be told
