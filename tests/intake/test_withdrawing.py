"""What a unit takes back before it is judged is withdrawn, once, and is no report; what is judged stays judged."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from conftest import Desk
from intake.plans import make_plan
from intake.turns import IN_TIME, PlainValidator, drop, take
from notices.post import CountingStore
from reading import corpus
from record.builders import take_back
from soket.intake.judge import judge
from soket.intake.receive import work_waiting
from soket.intake.withdrawing import withdraw
from soket.notices.news import news
from soket.record.keeping import read_register, records_of
from soket.record.records import Receipt
from soket.record.register import Standing, UnitEntry
from soket.record.taking_back import TakeBack, Withdrawal
from soket.record.tally import Progress, progress_of, register_then
from soket.stages.collect import post_answers
from soket.store.store import Store

pytestmark = pytest.mark.usefixtures("inline")

UNIT = "so_vh"
REPORT = {"bao-cao.docx": corpus.report()}


@pytest.fixture
def desk() -> Desk:
    plan = make_plan()
    desk = Desk(plan, plan.campaigns[0])
    desk(IN_TIME)
    return desk


def entry(desk: Desk) -> UnitEntry:
    return read_register(desk(), keep=False).units[UNIT]


def turn(desk: Desk) -> None:
    """One turn of intake, by the parts that it is made of."""
    workspace = desk()
    take(workspace)
    register = withdraw(workspace, read_register(workspace))
    judge(workspace, register, validator=PlainValidator())


def test_what_lies_in_the_folder_is_received_and_withdrawn(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take_back(desk(), UNIT)
    assert "tệp mới" in str(work_waiting(desk(), read_register(desk()), now_real=desk.now, settle=timedelta(days=1)))
    turn(desk)
    found = entry(desk)
    assert [each.number for each in found.receipts] == [each.number for each in found.withdrawals] == [1]
    assert (found.standing, found.sent, found.verdicts, found.pending) == (Standing.NOT_SENT, (), (), ())
    assert found.to_chase
    before = dict(desk.store.objects)
    turn(desk)
    assert desk.store.objects.keys() == before.keys()


def test_what_was_received_and_waits_is_withdrawn(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take(desk())
    take_back(desk(), UNIT)
    waits = work_waiting(desk(), read_register(desk()), now_real=desk.now)
    assert "1 bộ hồ sơ đơn vị rút lại" in str(waits)
    turn(desk)
    assert [each.person for each in entry(desk).withdrawals] == ["Lê Thị B"]
    assert entry(desk).standing is Standing.NOT_SENT


def test_what_is_judged_stays_judged(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    register_of_the_unit = entry(desk)
    turn(desk)
    word = TakeBack(
        id=f"{UNIT}-late",
        unit=UNIT,
        at=desk.now,
        person="Lê Thị B",
        files=tuple(each.arrival for each in register_of_the_unit.pending),
    )
    desk.store.create(desk().keys.beside_replies("take_backs", word.id), word.to_json())
    turn(desk)
    found = entry(desk)
    assert (len(found.verdicts), found.withdrawals) == (1, ())
    assert found.asks_back(found.receipts[0]) == word


def test_a_word_that_comes_while_it_is_judged_counts(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take(desk())
    known = read_register(desk())
    take_back(desk(), UNIT)
    assert judge(desk(), known, validator=PlainValidator()) == []
    assert [each.number for each in entry(desk).withdrawals] == [1]
    turn(desk)
    assert entry(desk).verdicts == ()


def test_a_word_that_cannot_be_read_takes_nothing_back(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take(desk())
    known = read_register(desk())
    desk.store.put(desk().keys.beside_replies("take_backs", f"{UNIT}-1"), b"{")
    assert len(judge(desk(), known, validator=PlainValidator())) == 1


def test_who_judges_looks_once_whatever_the_batch(desk: Desk) -> None:
    units = [UNIT, "huyen_1", "huyen_2"]
    for number, unit in enumerate(units):
        drop(desk, unit, {"bao-cao.docx": corpus.report(f"Báo cáo thứ {number}.")})
    take(desk())
    known = read_register(desk())
    take_back(desk(), units[1])
    store = CountingStore(desk.store)
    judge(replace(desk(), store=store), known, validator=PlainValidator())
    register = read_register(desk())
    assert [[each.number for each in register.units[unit].verdicts] for unit in units] == [[1], [], [1]]
    assert [count for prefix, count in store.listed.items() if "take_backs" in prefix] == [1]


def test_the_same_file_sent_again_is_handed_in_anew(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take_back(desk(), UNIT)
    turn(desk)
    drop(desk, UNIT, REPORT, desk.now + timedelta(minutes=5))
    turn(desk)
    found = entry(desk)
    assert [each.number for each in found.sent] == [each.number for each in found.verdicts] == [2]


def test_what_comes_later_is_not_meant(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take_back(desk(), UNIT)
    drop(desk, UNIT, {"khac.docx": corpus.report("Báo cáo khác.")}, desk.now + timedelta(minutes=1))
    turn(desk)
    turn(desk)
    found = entry(desk)
    assert [each.number for each in found.withdrawals] == [1]
    assert [file.original_name for file in found.receipts[1].files] == ["khac.docx"]
    assert [each.number for each in found.verdicts] == [2]


def test_a_correction_that_is_taken_back_leaves_what_was_there(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    turn(desk)
    before = entry(desk)
    drop(desk, UNIT, {"bao-cao.docx": corpus.report("Bản sửa.")}, desk.now + timedelta(minutes=5))
    take_back(desk(), UNIT)
    turn(desk)
    found = entry(desk)
    assert (found.standing, found.accepted, found.last_verdict) == (
        before.standing,
        before.accepted,
        before.last_verdict,
    )
    drop(desk, UNIT, {"phu-luc.pdf": b"%PDF-1.4"}, desk.now + timedelta(minutes=5))
    take(desk())
    third = entry(desk).receipts[2]
    assert [file.sha256 for file in third.files][1:] == [file.sha256 for file in before.receipts[0].files]


def test_what_came_after_the_lock_is_taken_back_too() -> None:
    plan = make_plan()
    plan = plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": "lock"})})
    desk = Desk(plan, plan.campaigns[0])
    drop(desk, UNIT, REPORT, "2021-12-01 09:00")
    take(desk())
    assert entry(desk).standing is Standing.LOCKED
    take_back(desk(), UNIT)
    turn(desk)
    assert (entry(desk).standing, entry(desk).locked) == (Standing.NOT_SENT, ())


def test_the_unit_and_the_digest_are_told_and_the_past_is_known(desk: Desk) -> None:
    drop(desk, UNIT, REPORT)
    take(desk())
    before = desk.now
    desk(before + timedelta(minutes=3))
    take_back(desk(), UNIT)
    turn(desk)
    register = read_register(desk())
    assert f"withdrawn.{UNIT}.n1" in post_answers(desk(), register)
    assert post_answers(desk(), register) == []
    assert [each for each in news(desk.plan, register, before) if "rút lại bộ hồ sơ lần 1" in each]
    then = register_then(desk(), register, before).units[UNIT]
    assert (then.standing, progress_of(register.units[UNIT])) == (Standing.PENDING, Progress.SILENT)
    assert {Withdrawal, TakeBack, Receipt} <= {type(each) for each in records_of(desk(), register).values()}


class Interrupted:
    """A bucket in which something happens to happen between two of intake's requests."""

    def __init__(self, store: Store, happens: random.Random, what: object) -> None:
        self.store, self.happens, self.what, self.busy = store, happens, what, False

    def __getattr__(self, name: str) -> object:
        asked = getattr(self.store, name)

        def asking(*args: object, **kwargs: object) -> object:
            if not self.busy and self.happens.random() < 0.1:
                self.busy = True
                self.what()  # type: ignore[operator]
                self.busy = False
            return asked(*args, **kwargs)

        return asking


@pytest.mark.parametrize("seed", range(12))
def test_whatever_comes_between_each_submission_has_one_ruling(seed: int) -> None:
    """A unit hands in and takes back at any moment of intake's turns: one truth, and it never changes."""
    dice, numbers = random.Random(seed), count()
    plan = make_plan()
    desk = Desk(plan, plan.campaigns[0])
    desk(IN_TIME)
    bucket, ruled = desk.store, dict[str, bytes]()

    def clerk() -> None:
        desk(desk.now + timedelta(seconds=dice.randint(1, 40)))
        if dice.random() < 0.5:
            again = dice.random() < 0.3
            drop(desk, UNIT, REPORT if again else {"bao-cao.docx": corpus.report(f"Bản {next(numbers)}.")}, desk.now)
        elif (now := entry(desk)).pending or now.unruled:
            take_back(desk(), UNIT)

    for _ in range(8):
        clerk()
        desk.store = Interrupted(bucket, dice, lambda: _aside(desk, bucket, clerk))  # type: ignore[assignment]
        turn(desk)
        desk.store = bucket
        now = {key: data for key, (data, _) in bucket.objects.items() if key.endswith("/verdict.json")}
        assert ruled.items() <= now.items()
        ruled = now
    for _ in range(3):
        turn(desk)
    found = entry(desk)
    judged, withdrawn = ({each.number for each in rulings} for rulings in (found.verdicts, found.withdrawals))
    assert not judged & withdrawn
    assert sorted(judged | withdrawn) == [each.number for each in found.receipts]
    assert (found.pending, found.unruled) == ((), ())
    for each in found.withdrawals:
        assert each.take_back in {word.id for word in found.take_backs}
    assert found.receipts, "a seed by which something is handed in"
    data, arrived = bucket.objects[desk().keys.inbox_folder(UNIT) + "bao-cao.docx"]
    last = found.receipts[-1]
    assert last.files[0].sha256 == hashlib.sha256(data).hexdigest()
    assert last.number not in withdrawn or last.received_at == arrived


def _aside(desk: Desk, bucket: object, what: object) -> None:
    """Let a clerk do something at the same bucket, by a way of its own."""
    there, desk.store = desk.store, bucket  # type: ignore[assignment]
    what()  # type: ignore[operator]
    desk.store = there
