"""What was read out of submissions: kept together before their verdicts, found by each, and read once by who reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conftest import Desk
from intake.turns import PlainValidator, drop, read_out, take, turn
from notices.post import CountingStore
from reading import corpus
from record.builders import take_back
from soket.intake import judge as judging
from soket.intake.reread import accepted_reports
from soket.narrative.versions import latest_changes
from soket.record.keeping import read_register
from soket.record.parsed import ParsedTogether, keep_alone
from soket.record.records import ParsedReport
from soket.store.store import StoreFailedError

pytestmark = pytest.mark.usefixtures("inline")

UNITS = [f"huyen_{number}" for number in range(1, 6)]


def sent(desk: Desk, *units: str) -> None:
    for number, unit in enumerate(units):
        drop(desk, unit, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT02=(number, 2, 3))})


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "TOGETHER", 2)


def kept(desk: Desk) -> dict[str, set[str]]:
    """Return whose reports each object has."""
    objects = ((key, data) for key, (data, _) in desk.store.objects.items() if key.startswith(desk().keys.parsed()))
    return {key: {each.unit for each in ParsedTogether.model_validate_json(data).submissions} for key, data in objects}


def reports_of(desk: Desk) -> list[ParsedReport]:
    register = read_register(desk())
    return accepted_reports(desk(), register, register.basis().items())


@pytest.mark.usefixtures("few")
def test_reports_are_kept_some_together_before_any_of_their_verdicts(desk: Desk) -> None:
    order: list[str] = []
    plain = desk.store.put

    def put(key: str, *told: Any) -> None:
        order.append(key)
        plain(key, *told)

    desk.store.put = put  # type: ignore[method-assign]
    sent(desk, *UNITS)
    verdicts = turn(desk())
    held = kept(desk)
    assert sorted(map(len, held.values())) == [1, 2, 2]
    assert set().union(*held.values()) == set(UNITS)
    for verdict in verdicts:
        assert verdict.unit in held[str(verdict.parsed_key)]
        assert order.index(str(verdict.parsed_key)) < order.index(f"reports/nq06/2021/{verdict.unit}/1/verdict.json")
        assert read_out(desk, verdict).unit == verdict.unit
    assert not [key for key in desk.store.objects if key.endswith("/parsed.json")]


def test_who_gets_no_verdict_is_left_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = judging._decide

    def decide(workspace: Any, examined: Any, *told: Any) -> Any:
        if examined.receipt.unit == "huyen_2":
            raise ZeroDivisionError
        return genuine(workspace, examined, *told)

    monkeypatch.setattr(judging, "_decide", decide)
    sent(desk, *UNITS[:3])
    take(desk())
    register = read_register(desk())
    take_back(desk(), "huyen_3")  # after the register was read
    (verdict,) = judging.judge(desk(), register, validator=PlainValidator())
    assert kept(desk) == {verdict.parsed_key: {"huyen_1"}}


def test_a_crash_before_the_verdicts_leaves_what_nobody_names(desk: Desk) -> None:
    sent(desk, *UNITS[:2])
    plain = desk.store.create

    def create(key: str, *told: Any) -> bool:
        if key.endswith("huyen_2/1/verdict.json"):
            raise StoreFailedError
        return plain(key, *told)

    desk.store.create = create  # type: ignore[method-assign]
    with pytest.raises(StoreFailedError):
        turn(desk())
    desk.store.create = plain  # type: ignore[method-assign]
    assert [verdict.unit for verdict in turn(desk())] == ["huyen_2"]
    assert sorted(kept(desk).values(), key=len) == [{"huyen_2"}, {"huyen_1", "huyen_2"}]
    assert [each.unit for each in reports_of(desk)] == UNITS[:2]


def test_of_two_runs_at_once_each_verdict_names_what_its_own_run_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(desk, *UNITS[:2])
    take(desk())
    register, genuine = read_register(desk()), judging.keep_parsed
    own = {"huyen_2": register.units["huyen_2"]}

    def keep(*told: Any) -> str:
        monkeypatch.setattr(judging, "keep_parsed", genuine)
        key = genuine(*told)
        other = register.model_copy(update={"units": {**register.units, "huyen_1": idle}})
        assert [each.unit for each in judging.judge(desk(), other, validator=PlainValidator())] == list(own)
        return key

    idle = register.units["huyen_1"].model_copy(update={"receipts": ()})
    monkeypatch.setattr(judging, "keep_parsed", keep)
    assert [each.unit for each in judging.judge(desk(), register, validator=PlainValidator())] == ["huyen_1"]
    named = {code: str(read_register(desk()).units[code].verdicts[0].parsed_key) for code in UNITS[:2]}
    held = kept(desk)
    assert [held[named[code]] for code in UNITS[:2]] == [{"huyen_1", "huyen_2"}, {"huyen_2"}]
    assert [each.unit for each in reports_of(desk)] == UNITS[:2]


@pytest.mark.usefixtures("few")
def test_who_reads_many_reads_each_object_once(desk: Desk) -> None:
    sent(desk, *UNITS)
    turn(desk())
    store = CountingStore(desk().store)  # type: ignore[arg-type]
    register = read_register(desk())
    read = accepted_reports(replace(desk(), store=store), register, [*register.basis().items()] * 2)
    assert [each.unit for each in read] == UNITS
    assert dict(store.read) == dict.fromkeys(kept(desk), 1)


def alone(desk: Desk) -> None:
    """Put each report where an earlier edition kept it, and have its verdict say so."""
    for report in reports_of(desk):
        keep_alone(desk.store, desk().keys, report)
        key, place = (desk().keys.report(report.unit, 1, name) for name in ("verdict.json", "parsed.json"))
        (verdict,) = read_register(desk()).units[report.unit].verdicts
        desk.store.put(key, verdict.model_copy(update={"parsed_key": place}).to_json())
    for key in kept(desk):
        del desk.store.objects[key]


def spoilt(desk: Desk) -> None:
    for key in kept(desk):
        desk.store.put(key, desk.store.get(key)[:99])


def lost(desk: Desk) -> None:
    for key in kept(desk):
        del desk.store.objects[key]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("befalls", "told"), [(alone, 0), (spoilt, 1), (lost, 1)])
def test_a_draft_has_the_same_reports_whatever_befell_them(
    desk: Desk, befalls: Callable[[Desk], None], told: int
) -> None:
    sent(desk, *UNITS)
    turn(desk())
    before = reports_of(desk)
    befalls(desk)
    assert reports_of(desk) == before
    held = dict(desk.store.objects)
    assert reports_of(desk) == before
    assert desk.store.objects == held
    alerts = [data.decode() for key, (data, _) in held.items() if "/alert." in key and key.endswith("intent.json")]
    assert len(alerts) == told, "one mail for all of them"
    assert all(f"{unit} lần 1 lập lại từ các tệp còn lưu" in alert for alert in alerts for unit in UNITS)


def test_what_was_read_anew_is_what_all_others_find_too(desk: Desk) -> None:
    sent(desk, "huyen_1")
    turn(desk())
    drop(desk, "huyen_1", {corpus.TABLE: corpus.table(CT02=(1, 2, 3))}, "2021-11-02 09:00")
    turn(desk())
    entry = read_register(desk()).units["huyen_1"]
    before = latest_changes(desk(), entry)
    assert not before[2].unreadable
    spoilt(desk)
    assert latest_changes(desk(), entry)[2].unreadable
    assert len(accepted_reports(desk(), read_register(desk()), [("huyen_1", 1), ("huyen_1", 2)])) == 2
    assert latest_changes(desk(), entry) == before
