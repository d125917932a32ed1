"""The dead-man check: one mail a silence, whatever is dead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import pytest

from soket.cli.watch import told_of
from soket.notices.alerts import faulty_plan_notice, restarted_notice
from soket.notices.senders import MailServerError, RecordingSender, Refusal
from soket.notices.watch import GRACE, Sight, Trouble, look
from soket.plan.fault import PlanError, PlanFault
from soket.record.heartbeat import beat
from soket.store.store import MemoryStore, StoreFailedError

from .world import World

FURTHER = [PlanFault(Path("nq06.yaml"), 40, 1, "offices", "thiếu «code»")]


class DeadServer(RecordingSender):
    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        raise MailServerError("connection refused")


class DeadStore(MemoryStore):
    def list(self, prefix: str):
        raise StoreFailedError from ConnectionError("the bucket is gone")


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.set("2021-11-01 07:31")
    return world


class Watch:
    """A watch on a world's campaign; each `look` may be a process of its own."""

    def __init__(self, world: World, memory: Path) -> None:
        self.world = world
        self.memory = memory
        self.sender: RecordingSender = RecordingSender()
        self.troubles: list[Trouble] = []

    def look(self) -> Sight:
        now = self.world.clock.real()
        return look([self.world.other()], self.sender, self.memory, now, troubles=self.troubles)[0]

    def look_for(self, **time: float) -> None:
        """Look each minute for so long."""
        for _ in range(int(timedelta(**time) / timedelta(minutes=1))):
            self.world.clock.pass_(minutes=1)
            self.look()

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.sender.messages]


@pytest.fixture
def watch(world: World, tmp_path: Path) -> Watch:
    return Watch(world, tmp_path / "state" / "watch.json")


def test_a_living_monitor_is_left_alone(world: World, watch: Watch) -> None:
    beat(world.workspace)
    watch.look_for(hours=2)
    assert watch.look() == Sight("nq06/2021", None)
    assert watch.subjects == []


def test_one_silence_makes_one_mail_to_the_operator(world: World, watch: Watch) -> None:
    assert watch.look().message is not None
    watch.look_for(minutes=14)
    assert watch.subjects == []  # it may be just behind a restart
    watch.look_for(hours=3)
    assert watch.subjects == ["[Sơ kết NQ 06] Cảnh báo: “Theo dõi” ngừng chạy"]
    assert watch.sender.recipients == [("van.hanh@hatinh.example",)]
    text = watch.sender.messages[0].get_body(("plain",)).get_content()
    assert "lẽ ra chạy lúc 07 giờ 30, ngày 01/11/2021 mà không chạy; chưa chạy lần nào" in text
    assert watch.look().told


def test_the_next_silence_is_told_of_anew(world: World, watch: Watch) -> None:
    watch.look_for(minutes=20)
    beat(world.workspace)
    watch.look()
    world.clock.set("2021-11-02 07:31")
    watch.look_for(minutes=20)
    assert len(watch.subjects) == 2


def test_who_looks_while_another_is_telling_of_it_tells_nothing_again(world: World, watch: Watch) -> None:
    class Slow(RecordingSender):
        def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
            if not looking:
                looking.append(others.submit(watch.look))
                wait(looking, timeout=1)
            return super().send(message, sender, recipients)

    watch.look()
    world.clock.pass_(minutes=20)
    watch.sender = Slow()
    looking: list[Future[Sight]] = []
    with ThreadPoolExecutor() as others:
        watch.look()
    assert len(watch.subjects) == 1


def test_what_is_wrong_and_that_it_was_told_are_two_sentences() -> None:
    assert told_of(Sight("nq06", "mã thoát -9", told=True)) == "mã thoát -9. Đã báo người vận hành."
    assert told_of(Sight("nq06", "Không chạy.")) == "Không chạy."


def test_a_late_run_within_the_grace_is_no_silence(world: World, watch: Watch) -> None:
    watch.look_for(minutes=10)
    beat(world.workspace)
    watch.look_for(hours=1)
    assert watch.subjects == []


def test_a_dead_mail_server_is_tried_again(world: World, watch: Watch) -> None:
    watch.sender = DeadServer()
    watch.look_for(minutes=30)
    assert not watch.look().told
    watch.sender = RecordingSender()
    watch.look_for(minutes=10)
    assert len(watch.subjects) == 1


def test_a_dead_bucket_is_told_of_without_the_bucket(world: World, watch: Watch) -> None:
    world.workspace = world.workspace.__class__(world.plan, world.plan.campaigns[0], DeadStore(), world.clock)
    watch.look_for(hours=1)
    assert watch.subjects == ["[Sơ kết NQ 06] Cảnh báo: kho dữ liệu không trả lời"]
    text = watch.sender.messages[0].get_body(("plain",)).get_content()
    assert "Kho dữ liệu không trả lời từ 07 giờ 32, ngày 01/11/2021 (ConnectionError)" in text


def test_a_campaign_that_is_over_makes_no_mail(world: World, watch: Watch) -> None:
    world.clock.set("2021-12-03 23:50")
    watch.look_for(minutes=5)
    world.clock.set("2021-12-04 00:00")
    watch.look_for(hours=24)
    assert watch.subjects == []


def test_without_mail_it_only_looks(world: World, tmp_path: Path) -> None:
    memory = tmp_path / "watch.json"
    for _ in range(3):
        (sight,) = look([world.workspace], None, memory, world.clock.real())
        world.clock.pass_(minutes=GRACE.total_seconds() / 60)
    assert sight.message is not None
    assert not sight.told


def test_a_memory_cut_off_in_the_middle_tells_again_rather_than_never(world: World, watch: Watch) -> None:
    watch.look_for(minutes=20)
    watch.memory.write_text('{"nq06/20')
    watch.look_for(minutes=20)
    assert len(watch.subjects) == 2


def test_the_alert_is_a_whole_mail(world: World, watch: Watch) -> None:
    watch.look_for(minutes=20)
    message = message_from_bytes(watch.sender.raw[0], policy=policy.default)
    assert message["Auto-Submitted"] == "auto-generated"
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}


def restarted(world: World, *plans: object, name: str = "scheduler") -> Trouble:
    at = datetime(2021, 11, 1, 0, 31, tzinfo=UTC)
    write = partial(
        restarted_notice, component=name, title="Airflow: bộ lập lịch", reason="tiến trình đã kết thúc", at=at
    )
    return Trouble(f"stack/{name}", "restarted", write, [world.other() for _ in plans or (1,)])


def test_a_component_started_anew_is_told_of_at_once_and_once(world: World, watch: Watch) -> None:
    beat(world.workspace)
    watch.troubles = [restarted(world)]
    for _ in range(3):
        assert watch.look() == Sight("nq06/2021", None)
        world.clock.pass_(minutes=1)
    assert watch.subjects == ["[Sơ kết NQ 06] Cảnh báo: đã khởi động lại “Airflow: bộ lập lịch”"]
    text = watch.sender.messages[0].get_body(("plain",)).get_content()
    assert "khởi động lại lúc 07 giờ 31, ngày 01/11/2021. Lý do: tiến trình đã kết thúc." in text
    watch.troubles = []
    watch.look()
    watch.troubles = [restarted(world)]
    watch.look()
    assert len(watch.subjects) == 2


def test_an_operator_of_several_plans_hears_of_the_house_once(world: World, watch: Watch) -> None:
    watch.troubles = [restarted(world, 1, 2, 3)]
    watch.look()
    assert len(watch.subjects) == 1


def test_a_trouble_is_told_when_the_mail_server_is_back(world: World, watch: Watch) -> None:
    watch.sender = DeadServer()
    watch.troubles = [restarted(world, name="mail")]
    watch.look()
    watch.sender = RecordingSender()
    watch.look()
    watch.look()
    assert len(watch.subjects) == 1


def test_a_faulty_plan_is_told_of_with_its_line(world: World, watch: Watch, tmp_path: Path) -> None:
    error = PlanError([PlanFault(tmp_path / "nq06.yaml", 12, 3, "units[3]", "thiếu «name»", "Thêm «name»."), *FURTHER])
    write = partial(faulty_plan_notice, error=error, now=world.clock.real())
    watch.troubles = [Trouble("plans/nq06.yaml", str(error), write, [world.other()])]
    for _ in range(3):
        watch.look()
    assert watch.subjects == ["[Sơ kết NQ 06] Cảnh báo: kế hoạch nq06.yaml có lỗi"]
    text = " ".join(watch.sender.messages[0].get_body(("plain",)).get_content().split())
    assert "dòng 12: thiếu «name» (và 1 lỗi nữa)" in text
    assert "Thư mục, tài khoản của mọi đơn vị, cơ quan vẫn giữ nguyên" in text
    assert f"soket plan check {tmp_path / 'nq06.yaml'}" in text


def test_a_faulty_directory_is_told_of_with_the_plan_that_names_it(world: World, watch: Watch, tmp_path: Path) -> None:
    fault = PlanFault(tmp_path / "ha_tinh.yaml", 40, 3, "units[3]", "thiếu «name»", "Thêm «name».")
    error = PlanError([fault], tmp_path / "nq06.yaml")
    write = partial(faulty_plan_notice, error=error, now=world.clock.real())
    watch.troubles = [Trouble("plans/nq06.yaml", str(error), write, [world.other()])]
    watch.look()
    assert watch.subjects == ["[Sơ kết NQ 06] Cảnh báo: kế hoạch nq06.yaml có lỗi"]
    text = " ".join(watch.sender.messages[0].get_body(("plain",)).get_content().split())
    assert "Danh bạ ha_tinh.yaml của kế hoạch nq06.yaml đang có lỗi nên không dùng được, dòng 40: thiếu «name»" in text
    assert f"soket plan check {tmp_path / 'nq06.yaml'}" in text
