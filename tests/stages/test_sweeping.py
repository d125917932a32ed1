"""The disk behind the inbox: unfinished uploads and heavy folders, in memory and on the real store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from conftest import Desk, moment
from record.builders import first
from soket.clock import FrozenClock
from soket.notices.ledger import read_intent, states
from soket.plan.model import Campaign, Plan
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stack.airflow import environment
from soket.stack.credentials import folder_credentials
from soket.stack.seaweedfs import key_client
from soket.stack.state import State
from soket.stages import monitor
from soket.stages.sweeping import sweep
from soket.store.connect import StoreSettings, open_store
from soket.store.hidden import S3Hidden, Upload
from soket.store.s3 import S3Store
from soket.store.store import StoreFailedError


@dataclass
class Beside:
    """What a bucket keeps beside its listing."""

    unfinished: list[Upload] = field(default_factory=list)
    kept: Sequence[tuple[str, int]] = ()
    fails_at: int = 99  # the number of the abort that the bucket fails on

    def uploads(self, prefix: str) -> Iterator[Upload]:
        yield from [each for each in self.unfinished if each.key.startswith(prefix)]

    def abort(self, upload: Upload) -> None:
        self.fails_at -= 1
        if not self.fails_at:
            raise StoreFailedError("down")
        self.unfinished.remove(upload)

    def versions(self, prefix: str) -> Iterator[tuple[str, int]]:
        yield from [each for each in self.kept if each[0].startswith(prefix)]


def begun(workspace: Workspace, owner: str, at: str, count: int = 1) -> list[Upload]:
    folder = workspace.keys.inbox_folder(owner)
    return [Upload(f"{folder}bản ký {number}.pdf", f"{at}-{number}", moment(at)) for number in range(count)]


def ids(workspace: Workspace) -> list[str]:
    return sorted(states(workspace))


def test_an_unfinished_upload_is_told_of_and_cleared_away_a_day_after(workspace: Desk) -> None:
    unit = first(workspace.plan)
    at = workspace("2021-11-02 23:59")
    beside = Beside([*begun(at, unit, "2021-11-01 00:00", 40), *begun(at, unit, "2021-11-01 23:59")])
    assert sweep(at, beside) == ""
    assert (len(beside.unfinished), ids(at)) == (41, [])
    at = workspace("2021-11-03 00:00")
    beside.unfinished += begun(at, unit, "2021-11-02 00:00")
    assert sweep(at, beside) == "Tệp tải dở đã dọn: 41."
    assert [each.began for each in beside.unfinished] == [moment("2021-11-02 00:00")]
    alert, told = ids(at)
    assert told == f"unreceived.{unit}.unfinished.2021-11-01"
    assert alert == f"alert.{at.plan.roles.operator}.unfinished.2021-11-01"
    what = str(read_intent(at, told).notice.context["what"])
    assert all(words in what for words in ("“bản ký 0.pdf”", "tải dở, chưa nộp được", "và 11 tệp khác"))
    assert f"(mã {unit}): 41 tệp" in str(read_intent(at, alert).notice.context["advice"])
    assert (sweep(at, beside), len(ids(at))) == ("", 2)


def test_a_sweep_that_dies_half_way_is_gone_on_with_and_tells_nobody_twice(workspace: Desk) -> None:
    unit, at = first(workspace.plan), workspace("2021-11-03 08:00")
    beside = Beside([*begun(at, unit, "2021-11-01 08:00", 3), *begun(at, "la", "2021-11-01 08:00")], fails_at=2)
    with pytest.raises(StoreFailedError):
        sweep(at, beside)
    told = ids(at)
    assert (len(beside.unfinished), len(told)) == (3, 2)  # of a folder of nobody, the operator alone is told
    sweep(at, beside)
    assert (beside.unfinished, ids(at)) == ([], told)


@pytest.mark.parametrize("option", ["rerun", "silent"])
def test_what_runs_for_another_time_clears_nothing_away(workspace: Desk, option: str) -> None:
    at = workspace("2021-11-03 08:00", **{option: True})
    beside = Beside(begun(at, first(workspace.plan), "2021-11-01 08:00"))
    assert sweep(at, beside) == ""
    assert len(beside.unfinished) == 1


def test_the_operator_hears_of_a_heavy_folder_each_time_it_doubles(workspace: Desk) -> None:
    unit, at = first(workspace.plan), workspace("2021-11-03 08:00")
    one = (at.keys.inbox_folder(unit) + "x.docx", 1)
    heard = []
    for versions in (200, 399, 400, 500, 799, 800, 801):
        sweep(at, Beside(kept=[one] * versions))
        heard.append(len(ids(at)))
    assert heard == [0, 0, 1, 1, 1, 2, 2]
    sweep(at, Beside(kept=[(one[0], 4000 << 20)]))
    assert len(ids(at)) == 2


@pytest.mark.integration
def test_on_the_real_store_nothing_that_was_answered_200_vanishes_in_silence(
    servers: State, plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SOKET_STORE", environment(servers)["AIRFLOW_CONN_SOKET_STORE"])
    units = (plan.units[0].model_copy(update={"code": "unit_a"}), *plan.units[1:])
    limits = plan.limits.model_copy(update={"max_folder_files": 3})
    plan = plan.model_copy(update={"id": "plan", "units": units, "limits": limits})
    store = open_store(StoreSettings.from_environment())
    at = Workspace(plan, campaign, store, FrozenClock(moment("2021-11-03 10:00")))
    folder, unit = at.keys.inbox_folder("unit_a"), key_client(servers, folder_credentials(servers, "unit_a"))
    for old in store.list(folder):  # of other tests
        unit.delete_object(Bucket=store.bucket, Key=old.key)

    # Under a folder's name, in parts: refused. Whole: its content is lost, which is seen; a folder's marker is none.
    with pytest.raises(ClientError, match="AccessDenied"):
        unit.create_multipart_upload(Bucket=store.bucket, Key=f"{folder}parts/")
    for name, data in (("marker/", b""), ("report.docx/", b"text"), *((f"{n}.txt", b"text") for n in range(5))):
        unit.put_object(Bucket=store.bucket, Key=folder + name, Body=data)
    register = read_register(at)
    assert (register.hollow["unit_a"].files, register.hollow["unit_a"].first) == (1, f"{folder}report.docx/")
    assert (len(register.units["unit_a"].pending), register.surplus["unit_a"].files) == (3, 2)

    key = f"{folder}large.pdf"
    upload = unit.create_multipart_upload(Bucket=store.bucket, Key=key)["UploadId"]
    unit.upload_part(Bucket=store.bucket, Key=key, UploadId=upload, PartNumber=1, Body=b"part")
    assert monitor.chase(at).endswith(".")
    assert [each.id for each in S3Hidden(store).uploads(folder) if each.key == key] == [upload]

    class Later(S3Store):
        def now(self) -> datetime:
            return super().now() + timedelta(days=3)

    later = Workspace(plan, campaign, Later(store.client, store.bucket), at.clock)
    assert "Tệp tải dở đã dọn" in monitor.chase(later)
    assert list(S3Hidden(store).uploads(folder)) == []
    steps = {each.split(".")[2] for each in states(at) if each.startswith("unreceived.unit_a.")}
    assert steps == {"surplus", "hollow", "unfinished"}
    before = set(states(at))
    monitor.chase(later)
    assert set(states(at)) == before

    # What was written over or deleted lies there still, and can be had again.
    unit.put_object(Bucket=store.bucket, Key=f"{folder}0.txt", Body=b"newer")
    unit.delete_object(Bucket=store.bucket, Key=f"{folder}0.txt")
    kept = [key for key, _ in S3Hidden(store).versions(folder) if key == f"{folder}0.txt"]
    assert len(kept) == 2
