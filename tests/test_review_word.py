"""What belongs to one plan is said by the plan: no code and no template knows its words, its bodies or its time."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from intake.test_outline import kind
from notices.plans import make_plan
from soket.notices.examples import examples
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.plan.model import Duty, Plan
from soket.plan.words import duty_word
from soket.record.records import Submission
from soket.record.standing import Standing
from soket.record.words import standing_word, submission_word
from soket.text import nfc

REPOSITORY = Path(__file__).parents[1]

# Where the words stand that a plan chooses among.
CHOICES = {"include/soket/plan/letters.py", "include/soket/plan/model.py"}

# What reads papers as they are issued knows words and kinds of bodies.
READING = "include/soket/plan_reading/"

TEXTS = {
    str(path.relative_to(REPOSITORY)): path
    for folder in ("include/soket", "include/templates", "dags")
    for path in sorted((REPOSITORY / folder).rglob("*"))
    if path.suffix in {".py", ".html", ".txt", ".md", ".j2", ".docx"}
}


def text_of(path: Path) -> str:
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    return "\n".join(each.text or "" for each in docx.Document(str(path)).element.body.iter(qn("w:t")))


def test_no_code_and_no_template_names_a_review() -> None:
    naming = {name for name, path in TEXTS.items() if "sơ kết" in nfc(text_of(path)).lower()}
    assert {name for name in naming if not name.startswith(READING)} == CHOICES


# What belongs to one plan, its province or its time.
OF_ONE_PLAN = ("Covid", "Hà Tĩnh", "Tỉnh ủy", "Ban Tuyên giáo", "VPTU", "BTGTU", "Thường trực", "Ban cán sự")


def test_no_code_and_no_template_names_a_body_a_province_or_an_epidemic() -> None:
    naming = {
        (name, word)
        for name, path in TEXTS.items()
        if not name.startswith(READING)
        for word in OF_ONE_PLAN
        if word in nfc(text_of(path)).replace("VPTU_APPRAISAL", "")
    }
    assert naming == set()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(
        review_word="tổng kết",
        title="Tổng kết 10 năm xây dựng nông thôn mới",
        short_title="Tổng kết nông thôn mới",
    )


def test_words_say_the_plans_word(plan: Plan) -> None:
    assert duty_word(plan, Duty.REPORT).phrase == "báo cáo tổng kết"
    assert duty_word(plan, Duty.OWN_REVIEW).label == "Tự tổ chức tổng kết và gửi báo cáo"
    assert submission_word(plan, Submission.OWN_REVIEW_PLAN).label == "Kế hoạch tổ chức tổng kết"
    assert standing_word(plan, Standing.ANNOUNCED).left.startswith("đã gửi kế hoạch tổ chức tổng kết")


def test_every_mail_of_a_plan_says_its_word(plan: Plan) -> None:
    said = ""
    for name, (workspace, notice) in examples(plan).items():
        written = write(workspace, Intent(notice=notice, posted_at=workspace.now))
        text = written.subject + written.text + written.html
        assert "{review}" not in text, name
        said += text
    assert "báo cáo tổng kết" in said
    assert "hội nghị tổng kết" in said.lower()


@pytest.mark.parametrize("word", ["sơ kết", "tổng kết", "đánh giá", "kiểm điểm"])
def test_an_own_review_is_known_by_the_plans_word(plan: Plan, word: str) -> None:
    calls = plan.model_copy(update={"review_word": word})
    unit = plan.units[0].code
    text = "Đơn vị đã làm tốt. " * 20
    assert kind(calls, "BÁO CÁO", f"Kết quả tổ chức {word} 10 năm", text, unit=unit) is Submission.OWN_REVIEW
    assert kind(calls, "KẾ HOẠCH", f"Kế hoạch tổ chức {word}", text, unit=unit, found=1) is Submission.OWN_REVIEW_PLAN
    assert kind(calls, "BÁO CÁO", "Kết quả tổ chức hội thao", text, unit=unit) is Submission.REPORT
