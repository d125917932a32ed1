"""Where Great Expectations fails, arithmetic gives the verdicts at once; it is asked about them when it works again."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import Desk
from intake.cases.rules import peers
from intake.turns import FailingValidator, PlainValidator, drop, turn
from reading import corpus
from soket.intake import arithmetic, asking_again, batch, check_process
from soket.intake.asking_again import ask_again
from soket.intake.check_pages import make_pages
from soket.intake.check_runs import AskedAgain, CheckRun, UnaskedRun, kept_runs
from soket.intake.check_words import say_made
from soket.intake.checking import Checker
from soket.intake.validation import CheckOutcome, Frame, OverdueError, UnfitFrameError, Validator
from soket.notices.delivery import deliver
from soket.notices.senders import RecordingSender
from soket.page.bench import Bench
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.records import Verdict
from soket.stages import collect, monitor
from soket.store.keys import set_apart
from soket.store.store import MemoryStore, StoreFailedError

pytestmark = pytest.mark.usefixtures("inline")

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
WRONG = GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, 901), CT02=(None, 3, 4), CT05=(100, 500, 140))}
LATER = timedelta(days=1)


class Overdue(FailingValidator):
    error = OverdueError


def world(plan: Plan) -> Desk:
    """A few that were judged, and two that are to be."""
    desk = Desk(plan, plan.campaigns[0])
    peers(4)(desk)
    drop(desk, "huyen_1", WRONG)
    drop(desk, "huyen_6", GOOD)
    return desk


def told(verdicts: list[Verdict]) -> dict[str, object]:
    return {verdict.unit: (verdict.ruling, verdict.faults) for verdict in verdicts}


def waiting(desk: Desk) -> list[str]:
    return [key for key in desk.store.objects if key.startswith(desk().keys.check_run(asked=False))]


def alerts(desk: Desk) -> list[str]:
    return [key for key in desk.store.objects if "/alert." in key and key.endswith("intent.json")]


@pytest.fixture
def failed(small_plan: Plan) -> Desk:
    """A campaign whose last batch was judged by arithmetic."""
    desk = world(small_plan)
    assert len(turn(desk(), FailingValidator())) == 2
    return desk


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Great Expectations works again: what it says is what arithmetic says."""
    monkeypatch.setattr(asking_again, "Validator", PlainValidator)


# --- the verdicts ---


@pytest.mark.parametrize(("failing", "tries"), [(FailingValidator, 2), (Overdue, 1)])
def test_units_get_the_verdicts_that_great_expectations_would_give(
    small_plan: Plan, failing: type[FailingValidator], tries: int
) -> None:
    clean, desk, validator = world(small_plan), world(small_plan), failing()
    assert told(turn(desk(), validator)) == told(turn(clean()))
    assert len(validator.frames) == tries
    assert not read_register(desk()).failures
    run, expected = kept_runs(desk())[-1], kept_runs(clean())[-1]
    assert run == expected.model_copy(update={"by": "arithmetic"})
    assert len(waiting(desk)) == 1
    assert not waiting(clean)


def test_who_failed_in_a_turn_is_not_asked_again_in_it() -> None:
    validator = FailingValidator()
    checker, frame = Checker(validator), Frame([(("a", 1), 2021)], ["f"], {}, ())
    assert [checker.run(frame).by for _ in range(3)] == ["arithmetic"] * 3
    assert len(validator.frames) == 2


def test_a_frame_that_great_expectations_cannot_take_is_no_failure_of_it() -> None:
    class Choosy(FailingValidator):
        error = UnfitFrameError

    with pytest.raises(UnfitFrameError):
        Checker(Choosy()).run(Frame([(("a", 1), 2021)], ["f"], {}, ()))


def test_a_page_tries_another_process_itself() -> None:
    assert (Bench().checks.tries, Validator.tries) == (1, 2)


def test_a_process_that_cannot_start_stops_nobody(monkeypatch: pytest.MonkeyPatch, small_plan: Plan) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    desk = world(small_plan)
    with Validator() as validator:
        assert len(turn(desk(), validator)) == 2
    assert [run.by for run in kept_runs(desk())] == ["great_expectations", "arithmetic"]


# --- the records ---


def test_a_record_of_great_expectations_is_written_as_ever_and_an_old_one_is_read(small_plan: Plan) -> None:
    desk = world(small_plan)
    turn(desk())
    written = [desk.store.get(each.key) for each in desk.store.list(desk().keys.check_run())]
    assert all(json.loads(data).keys() == {"batch", "at", "submissions", "results"} for data in written)
    assert {CheckRun.model_validate_json(data).by for data in written} == {"great_expectations"}


def test_what_is_asked_later_is_kept_as_it_was(failed: Desk) -> None:
    (key,) = waiting(failed)
    kept = UnaskedRun.model_validate_json(failed.store.get(key))
    assert arithmetic.outcomes(kept.frame) == kept.found
    assert len(failed.store.get(key)) < 30_000
    values = {"x": [1e300, float("inf"), None, 0.1]}
    rows = [(("a", 1), 2021), (("a", 1), "2021-H1"), (("b", 2), 2021), (("b", 2), 2022)]
    frame = Frame(rows, ["f"] * 4, values, kept.frame.checks)  # type: ignore[arg-type]
    again = UnaskedRun.model_validate_json(kept.model_copy(update={"frame": frame}).model_dump_json())
    assert again.frame == frame


# --- asked again ---


def test_asked_again_the_record_is_that_of_great_expectations(small_plan: Plan, failed: Desk, works: None) -> None:
    clean = world(small_plan)
    turn(clean())
    assert ask_again(failed(failed.now + LATER)) == "Great Expectations kiểm lại 1 lượt chấm bằng phép tính thường."
    before, run = kept_runs(failed())
    assert run == kept_runs(clean())[-1].model_copy(update={"again": AskedAgain(at=failed.now)})
    assert before.again is None
    assert (waiting(failed), alerts(failed)) == ([], [])
    settled = dict(failed.store.objects)
    assert ask_again(failed()) == ""
    assert failed.store.objects == settled


def test_while_it_fails_everything_waits_and_the_operator_hears_of_it_once(
    failed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_again, "Validator", FailingValidator)
    sender = RecordingSender()

    def morning(day: int) -> list[str]:
        at = f"2021-11-{day:02} 07:30"
        assert "kiểm lại 0 lượt chấm bằng phép tính thường, còn " in monitor.chase(failed(at))
        monitor.digest(failed())
        deliver(failed(), sender)
        texts = [str(message.get_body(("plain",)).get_content()) for message in sender.messages]  # type: ignore[union-attr]
        return [text for text in texts if "Great Expectations không chạy được" in " ".join(text.split())]

    assert len(waiting(failed)) == 1
    (first,) = morning(2)
    assert "1 lượt chấm từ 09 giờ 00, ngày 01/11/2021" in " ".join(first.split())
    drop(failed, "huyen_2", GOOD, "2021-11-02 09:00")
    assert len(turn(failed(), FailingValidator())) == 1
    assert len(waiting(failed)) == 2
    assert morning(3) == [first]
    monkeypatch.setattr(asking_again, "Validator", PlainValidator)
    assert "kiểm lại 2 lượt chấm bằng phép tính thường." in monitor.chase(failed("2021-11-04 07:30"))
    assert waiting(failed) == []


@dataclass
class Breaking(MemoryStore):
    """Fails at one change, counted from 0: before it is made, or after."""

    at: int = -1
    before: bool = True
    changes: int = 0

    def _breaks(self, before: bool) -> None:
        if before:
            self.changes += 1
        if self.changes - 1 == self.at and self.before is before:
            raise StoreFailedError

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        self._breaks(before=True)
        super().put(key, data, content_type)
        self._breaks(before=False)

    def take_back(self, key: str, etag: str) -> None:
        self._breaks(before=True)
        super().take_back(key, etag)
        self._breaks(before=False)


def says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Great Expectations works again, and says of one rule that nothing breaks it."""

    class Otherwise(PlainValidator):
        def run(self, frame: Frame) -> dict[str, CheckOutcome]:
            found = super().run(frame)
            name = next(name for name, each in found.items() if name.endswith("/S-CT01") and each.broken)
            return found | {name: CheckOutcome(found[name].looked_at)}

    monkeypatch.setattr(asking_again, "Validator", Otherwise)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_asking_that_breaks_off_at_any_change_is_made_good_by_the_next(
    failed: Desk, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    says_otherwise(monkeypatch)
    began = dict(failed.store.objects)
    ends: list[Mapping[str, object]] = []
    for broken_at in range(-1, 20):
        failed.store = Breaking(failed.store.clock, dict(began), at=broken_at, before=before)
        with suppress(StoreFailedError):
            ask_again(failed())
        if failed.store.changes <= broken_at:
            break
        failed.store.at = -1
        ask_again(failed())
        ends.append({key: data for key, (data, _) in failed.store.objects.items() if not key.endswith(("eml", "seal"))})
        assert ends[-1] == ends[0], f"change {broken_at}"
    assert broken_at == 3  # the alert, the record, the question


def test_where_great_expectations_finds_something_else_the_operator_is_told_and_no_verdict_changes(
    failed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def verdicts() -> dict[str, bytes]:
        return {key: data for key, (data, _) in failed.store.objects.items() if key.startswith("reports/")}

    says_otherwise(monkeypatch)
    before = verdicts()
    ask_again(failed(failed.now + LATER))
    assert verdicts() == before
    (intent,) = alerts(failed)
    advice = json.loads(failed.store.get(intent))["notice"]["context"]["advice"]
    assert advice[0] == "Huyện ủy 1 (mã huyen_1), lần nộp 1, S-CT01, năm 2021: đạt, phép tính thường: không đạt."
    run = kept_runs(failed())[-1]
    assert run.again is not None
    assert [name.rpartition("/")[2] for name in run.again.unlike] == ["S-CT01"]
    assert "thấy khác ở S-CT01;" in say_made(run)


def test_what_is_spoilt_or_unfit_waits_and_stops_no_other(
    failed: Desk, works: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = waiting(failed)
    spoilt = failed().keys.check_run("0" * 16, asked=False)
    failed.store.put(spoilt, b"{")
    assert ask_again(failed()) == "Great Expectations kiểm lại 1 lượt chấm bằng phép tính thường, còn 1."
    assert waiting(failed) == [spoilt]
    assert len(kept_runs(failed())) == 2
    assert set_apart(key, "") not in failed.store.objects


def test_pages_say_by_whom_a_run_was_made(failed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = kept_runs(failed())[-1].batch

    def pages() -> tuple[str, str]:
        made = make_pages(failed())
        return made[f"{batch}.html"].decode(), made["index.html"].decode()

    page, index = pages()
    assert "quy tắc được kiểm bằng phép tính thường, chờ Great Expectations kiểm lại." in page
    assert "Mọi quy tắc của lượt này, theo phép tính thường<" in page
    assert index.count("(bằng phép tính thường, chờ Great Expectations kiểm lại)") == 1
    monkeypatch.setattr(asking_again, "Validator", PlainValidator)
    ask_again(failed(failed.now + LATER))
    page, index = pages()
    assert "Great Expectations kiểm lại lúc 09 giờ 00, ngày 02/11/2021, kết quả như nhau." in page
    assert "theo phép tính thường<" not in page
    assert "phép tính thường" not in index


# --- with the real process ---


def test_units_are_answered_while_great_expectations_is_broken_and_its_record_follows(
    small_plan: Plan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    warm: tuple[subprocess.Popen[bytes], socket.socket],
) -> None:
    dying = tmp_path / "python"
    dying.write_text("#!/bin/sh\nkill -9 $$\n")
    dying.chmod(0o755)
    desk, clean, sender = world(small_plan), world(small_plan), RecordingSender()
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", str(dying))
        note = batch.process(desk())
        collect.answer_units(desk())
        deliver(desk(), sender)
    assert note == "Lập 2 biên nhận; chấm 2 bộ hồ sơ: 1 tiếp nhận, 1 trả lại."
    assert {"huyen_1@example.vn", "huyen_6@example.vn"} <= {each for some in sender.recipients for each in some}
    assert kept_runs(desk())[-1].by == "arithmetic"

    monkeypatch.setattr(check_process._Ahead, "control", warm[1])
    assert "kiểm lại 1 lượt chấm bằng phép tính thường." in monitor.chase(desk(desk.now + LATER))
    batch.process(clean())
    again: dict[str, Any] = {"again": AskedAgain(at=desk.now)}
    assert kept_runs(desk())[-1] == kept_runs(clean())[-1].model_copy(update=again)
    assert (waiting(desk), alerts(desk)) == ([], [])
