"""One turn of intake on the real bucket: names with marks, copies by version, a batch side by side."""

from __future__ import annotations

from uuid import uuid4

import pytest

from conftest import moment
from reading import corpus
from soket.clock import WallClock
from soket.intake import batch
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.register import Standing
from soket.record.workspace import Workspace
from soket.stack.airflow import environment
from soket.stack.state import State
from soket.store.connect import StoreSettings, open_store

pytestmark = pytest.mark.integration


@pytest.fixture
def workspace(servers: State, small_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("AIRFLOW_CONN_SOKET_STORE", environment(servers)["AIRFLOW_CONN_SOKET_STORE"])
    plan = small_plan.model_copy(update={"id": f"p{uuid4().hex[:12]}"})
    return Workspace(plan, plan.campaigns[0], open_store(StoreSettings.from_environment()), WallClock())


def test_a_turn_on_the_real_bucket(workspace: Workspace) -> None:
    sent = {
        "huyen_1": {corpus.REPORT: corpus.report(), "biểu số liệu (bản 2).xlsx": corpus.table()},
        "huyen_2": {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT01=(1000, 1200, 901))},
        "so_vh": {"thư mục/báo cáo & phụ lục + 100%.docx": corpus.report()},
    }
    for unit, files in sent.items():
        for name, data in files.items():
            workspace.store.put(workspace.keys.inbox_folder(unit) + name, data)
    assert batch.process(workspace) == "Lập 3 biên nhận; chấm 3 bộ hồ sơ: 2 tiếp nhận, 1 trả lại."
    register = read_register(workspace, use_snapshot=False)
    assert register.units["huyen_2"].standing is Standing.RETURNED
    for unit, files in sent.items():
        (receipt,) = register.units[unit].receipts
        assert receipt.received_at > moment("2026-01-01 00:00")
        assert {file.original_name: workspace.store.get(file.key) for file in receipt.files} == files
    workspace.store.put(workspace.keys.inbox_folder("huyen_2") + corpus.TABLE, corpus.table())
    assert batch.process(workspace) == "Lập 1 biên nhận; chấm 1 bộ hồ sơ: 1 tiếp nhận."
    assert read_register(workspace).units["huyen_2"].accepted == 2
