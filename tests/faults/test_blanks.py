"""Every blank of the catalogue has words that say what goes there, wherever its sentences are shown unfilled."""

from __future__ import annotations

import pytest

from soket.faults import MESSAGES
from soket.faults.blanks import unfilled
from soket.plan.model import Plan


@pytest.mark.parametrize("code", MESSAGES)
def test_no_blank_is_left_without_its_words(plan: Plan, code: str) -> None:
    text = unfilled(plan, code)
    assert not {"{", "}", "…"} & {*text}
    assert "[]" not in text
    assert text.endswith((".", "]."))


def test_each_blank_says_what_it_is_of_in_its_own_sentence(plan: Plan) -> None:
    assert unfilled(plan, "BS-01") == "Không tìm thấy bảng chỉ tiêu của biểu «[tên biểu]» trong tệp."
    assert unfilled(plan, "HS-10") == "Tệp giống hệt tệp «[tên tệp khác]»; chỉ xét một tệp."
    assert unfilled(plan, "SL-01") == "Số «[phần đã ghi]» đọc được theo hai cách: [số đọc được] hoặc [số đọc khác]."
    assert unfilled(plan, "KS-14").endswith("[số] số trong văn bản đều khớp.")
    assert "tổ chức sơ kết của đơn vị" in unfilled(plan, "HS-05")
