"""What becomes of an answer given in the Airflow UI."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from soket.orchestration.approvals import RecordAnswer

OPTIONS = {"Phê duyệt": "approved", "Trả lại": "returned"}


class Task:
    """The task instance, with what the question left."""

    def __init__(self, reply: dict[str, Any] | None) -> None:
        self.reply = reply

    def xcom_pull(self, *, task_ids: str) -> dict[str, Any] | None:
        assert task_ids == "appraise"
        return self.reply


@pytest.fixture
def record() -> RecordAnswer:
    operation = "soket.campaign.vptu_appraisal:record_appraisal"
    return RecordAnswer(task_id="record", plan="p", operation=operation, question_task="appraise", options=OPTIONS)


def test_an_answer_says_who_gave_it_and_when(record: RecordAnswer) -> None:
    at = datetime(2030, 1, 1, 9, tzinfo=UTC)
    reply = {
        "chosen_options": ["Trả lại"],
        "params_input": {"reason": "Thiếu.", "account": "another"},
        "responded_at": at,
        "responded_by_user": {"id": "vptu", "name": "VPTU"},
    }
    assert record.call_arguments({"ti": Task(reply)}) == {
        "answer": "returned",
        "answered_at": at,
        "account": "vptu",
        "name": "VPTU",
        "reason": "Thiếu.",
    }


def test_what_was_not_asked_has_no_answer(record: RecordAnswer) -> None:
    assert record.call_arguments({"ti": Task(None)}) == {"answer": None}
