"""What `soket up --replay` says of itself, and where it refuses to run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from soket.cli.main import app
from soket.clock import Pace, ReplayClock
from soket.plan.model import Plan
from soket.stack import launch
from soket.stack.replaying import QUICK, explained, lived_in, present_words, remember
from soket.stack.spec import StackSpec
from soket.stack.state import BusyError, State

PACE = "2021-10-18 4, 2021-11-10 8.5, 2021-12-04"


def test_it_says_what_its_numbers_mean_which_campaign_it_plays_and_that_mail_is_held(plan: Plan) -> None:
    work = "hầu hết là từ 07 đến 18 giờ; mỗi đêm, mỗi thứ Bảy, Chủ nhật"
    span = "từ 00 giờ 00 ngày 18/10/2021 đến hết ngày 03/12/2021"
    assert explained(Pace.parse(PACE), [plan], None) == [
        f"Diễn lại {span}, mất chừng 4 phút; sau đó giờ của đợt chạy như giờ thật.",
        f"- từ ngày 18/10/2021: mỗi ngày làm việc 4 giây thật, {work} 0,4 giây",
        f"- từ ngày 10/11/2021: mỗi ngày làm việc 8,5 giây thật, {work} 0,8 giây",
        "- đợt 2021 của nq06_du_lich (18/10/2021 - 03/12/2021)",
        "Thư được lập và ghi vào sổ thư, nhưng giữ lại, không gửi cho ai.",
    ]
    assert explained(Pace.parse(PACE), [plan], "send")[-1] == (
        "Thư gửi vào hộp thư đi kèm của hệ thống diễn lại, không ra ngoài máy này."
    )


@pytest.mark.parametrize(
    ("pace", "told"),
    [
        ("2021-11-01 4, 2021-11-20", "phần trước ngày đầu không được diễn; phần sau ngày cuối chạy theo giờ thật"),
        ("2022-11-01 4, 2022-11-20", "sẽ không có gì diễn ra"),
        ("2021-10-18 0.1, 2021-10-20", "mất chừng 0 giây"),
    ],
)
def test_it_says_what_is_not_played(plan: Plan, pace: str, told: str) -> None:
    assert told in "\n".join(explained(Pace.parse(pace), [plan], None))


@pytest.fixture
def state(tmp_path: Path) -> State:
    """A state folder in which a stack was started."""
    state = State.locate(tmp_path / "stack")
    state.create()
    state.update(migrated="3")
    return state


@pytest.fixture(autouse=True)
def _nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise BusyError("started")

    monkeypatch.setattr(launch, "prepare", busy)


def test_it_refuses_a_stack_that_has_run_by_the_walls_clock(state: State) -> None:
    assert lived_in(state)
    done = CliRunner().invoke(app, ["up", "--state", str(state.root), "--replay", PACE], env={"COLUMNS": "400"})
    assert done.exit_code == 2
    assert "đã chạy theo giờ thật; diễn lại ở đó sẽ lẫn vào hồ sơ thật. Chọn thư mục riêng" in done.output
    again = CliRunner().invoke(app, ["up", "--state", str(state.root), "--replay", PACE, "--reset"])
    assert "lẫn vào" not in again.output


def test_a_replay_goes_on_where_it_was(state: State) -> None:
    remember(state, PACE)  # its clock never ran
    assert not lived_in(state)
    assert present_words(state) is None
    state.clock_file.write_text(ReplayClock.starting(datetime.now(UTC), Pace.parse(PACE)).to_env(), encoding="utf-8")
    assert not lived_in(state)
    assert str(present_words(state)).startswith("Diễn lại: giờ của đợt đang là 0")


def test_its_clock_runs_on_while_it_is_down_and_both_commands_say_so(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "prepare", lambda *_, **__: None)
    monkeypatch.setattr(launch, "detach", lambda *_, **__: None)
    monkeypatch.setattr(launch, "down", lambda _: True)
    remember(state, PACE)
    began = datetime.now(UTC) - timedelta(days=1)  # it has long come to its end
    state.clock_file.write_text(ReplayClock.starting(began, Pace.parse(PACE)).to_env(), encoding="utf-8")
    told = "Đồng hồ diễn lại chạy cả khi hệ thống dừng: giờ của đợt đang là "
    for command in (["down"], ["up", "--detach"]):
        done = CliRunner().invoke(app, [*command, "--state", str(state.root)], env={"COLUMNS": "400"})
        assert told in done.output, done.output
        assert "/12/2021" in done.output.partition(told)[2].partition("\n")[0]


def test_a_replay_waits_for_seconds_unless_it_is_told_otherwise(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[StackSpec] = []

    def prepare(_: State, spec: StackSpec, *, reset: bool) -> None:
        made.append(spec)
        raise BusyError(f"started{reset}")

    monkeypatch.setattr(launch, "prepare", prepare)
    monkeypatch.setenv("SOKET_SETTLE_SECONDS", "7")
    command = ["up", "--state", str(state.root)]
    CliRunner().invoke(app, command)
    remember(state, PACE)
    CliRunner().invoke(app, [*command, "--replay", PACE])
    as_they_are, quick = (spec.settings for spec in made)
    assert as_they_are == {"SOKET_SETTLE_SECONDS": "7"}
    assert quick == {**QUICK, "SOKET_SETTLE_SECONDS": "7"}


def test_a_wrong_pace_is_refused_in_words(state: State) -> None:
    done = CliRunner().invoke(app, ["up", "--state", str(state.root), "--replay", "mai"], env={"COLUMNS": "400"})
    assert done.exit_code == 2
    assert "Nhịp diễn lại: cần ngày và số giây thật của một ngày làm việc" in done.output


def test_a_coming_campaign_is_played_as_a_past_one(plan: Plan) -> None:
    years = timedelta(days=364 * 20)
    campaign = plan.campaigns[0].model_copy(update={"opens": date(2041, 10, 18), "closes": date(2041, 12, 3)})
    coming = plan.model_copy(update={"campaigns": (campaign,)})
    pace = Pace(((date(2021, 10, 18) + years, 4.0),), date(2041, 12, 4))
    assert f"- đợt {campaign.code} của {plan.id} (18/10/2041 - 03/12/2041)" in explained(pace, [coming], None)
