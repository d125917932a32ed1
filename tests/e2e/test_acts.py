"""Acts on a real Airflow: what is filled in in the trigger form, the next run of the monitor obeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache

import httpx
import pytest

from conftest import moment
from demo.world import World
from e2e import rights
from e2e.live import register_of, until
from soket.notices.ledger import Ending
from soket.notices.lines import Entry, entries
from soket.notices.notice import Kind
from soket.record.refusals import refusals
from soket.stack.credentials import Credentials
from soket.stack.tries import TRIES
from soket.stages.appraise import appraisal_on_record

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

MUTE_ENDS = moment("2021-11-06 00:00")

EXTENDED, MUTED, OTHER, FROM_THE_BOARD = "h_loc_ha", "h_can_loc", "h_duc_tho", "h_cam_xuyen"
WHY = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư", "document_number": "12-CV/TU"}


def reminders(world: World, unit: str, since: str) -> list[Entry]:
    """Return the reminders of a unit posted from a campaign moment on, while the mute lasts, the latest first."""
    found = [
        entry
        for entry in entries(world.workspace)
        if entry.kind is Kind.REMINDER and entry.addressee == unit and moment(since) <= entry.posted_at < MUTE_ENDS
    ]
    return found[::-1]


def enter(world: World, run: str, form: dict[str, str]) -> None:
    """Send the trigger form of acts as the leading office does, once Airflow has read the DAG."""
    plan = world.workspace.plan
    lead = world.user_of(plan.roles.lead)

    def is_taken() -> bool:
        try:
            lead.trigger(f"{plan.id}.actions", run, form)
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
            return False
        return True

    until(is_taken, "Airflow knows the DAG of acts")


def test_what_is_entered_in_the_form_is_on_the_record(world: World) -> None:
    plan = world.workspace.plan
    enter(world, "extend", {"act": "extension", "unit": EXTENDED, "last_day": "2021-11-10", **WHY})
    enter(world, "mute", {"act": "mute", "unit": MUTED, "last_day": "2021-11-05", **WHY})
    enter(world, "wrong", {"act": "exemption", "unit": OTHER, **WHY})
    until(lambda: len(register_of(world).decisions) == 3, "the acts are on the record")
    (wrong,) = [act for act in register_of(world).decisions if act.kind == "exemption"]
    assert (wrong.account, wrong.document_number) == (plan.office(plan.roles.lead).account, "12-CV/TU")
    enter(world, "undo", {"act": "undo", "undoes": wrong.id, **WHY})
    until(lambda: register_of(world).units[OTHER].standing.to_chase, "the exemption is taken back")


def test_the_watchman_looks(world: World) -> None:
    assert (world.state.root / "watch.json").exists()
    heartbeat = world.workspace.keys.heartbeat
    until(lambda: [each.key for each in world.workspace.store.list(heartbeat)] == [heartbeat], "the monitor lives")


@pytest.fixture(scope="module")
def visit(world: World) -> Iterator[Callable[[str], rights.Visitor]]:
    """Give the session of an account, once Airflow knows the DAGs of both plans."""
    with ExitStack() as opened:
        visitor = cache(lambda account: opened.enter_context(closing(rights.Visitor(world, account))))
        for account, plan in (("tuyen_giao", world.workspace.plan.id), ("vp", "small")):
            until(lambda account=account, plan=plan: f"{plan}.actions" in visitor(account).dags(), f"{plan} is known")
        yield visitor


Visit = Callable[[str], rights.Visitor]


def test_an_office_does_on_airflows_pages_what_the_plan_gives_it_and_nothing_else(world: World, visit: Visit) -> None:
    plan = world.workspace.plan.id
    leader, drafter, lead, stranger = map(visit, ("thuong_truc", "ban_can_su", "tuyen_giao", "vp"))
    runs = f"/api/v2/dags/{plan}.actions/dagRuns"
    lead.triggers(f"{plan}.actions", "lacking", {"act": "extension"})
    run = f"{runs}/lacking"
    until(lambda: lead.gets(run)["state"] in ("success", "failed"), "the form is looked at")
    assert lead.gets(run)["state"] == "success"  # what was not filled in is an answer, not a failure
    assert lead.gets(f"{run}/taskInstances/record_act")["state"] == "skipped"
    xcom = {"key": "return_value", "value": "x"}
    form = {"logical_date": None, "conf": {"act": "exemption", "unit": OTHER, **WHY}}
    for visitor in (leader, drafter, lead, stranger):
        assert visitor.asks("PATCH", f"/api/v2/dags/{plan}.monitor", {"is_paused": True}) == 403
        assert visitor.asks("DELETE", f"/api/v2/dags/{plan}.monitor") == 403
        assert visitor.asks("POST", f"{run}/taskInstances/record_act/xcomEntries", xcom) == 403
        assert visitor.asks("PATCH", f"{run}/taskInstances/record_act", {"new_state": "success"}) == 403
        assert visitor.asks("POST", f"/api/v2/dags/{plan}.actions/clearTaskInstances", {"dag_run_id": "lacking"}) == 403
        assert visitor.asks("POST", f"/api/v2/dags/{plan}.monitor/dagRuns", form) == 403
        assert visitor.asks("GET", "/api/v2/connections") == 403
    assert drafter.asks("POST", runs, form) == 403  # it only looks
    for address in (f"/api/v2/dags/{plan}.monitor", run, f"/soket/{plan}/{world.workspace.campaign.code}"):
        assert (lead.asks("GET", address), stranger.asks("GET", address)) == (200, 403)
    assert stranger.asks("POST", runs, form) == 403
    assert {dag.partition(".")[0] for dag in stranger.dags()} == {"small"}


def test_an_act_that_is_not_theirs_is_an_answer_whatever_the_form_claims(world: World, visit: Visit) -> None:
    plan = world.workspace.plan
    leader = visit("thuong_truc")
    runs = f"/api/v2/dags/{plan.id}.actions/dagRuns"
    claims = {"account": "tuyen_giao", "triggering_user_name": "tuyen_giao"}
    form = {"act": "exemption", "unit": OTHER, **WHY, **claims}
    body = {"dag_run_id": "not_mine", "logical_date": None, "conf": form}
    assert leader.asks("POST", runs, {**body, **claims}) == 422
    assert leader.asks("POST", runs, body) == 200
    until(lambda: leader.gets(f"{runs}/not_mine")["state"] in ("success", "failed"), "the run is over")
    assert leader.gets(f"{runs}/not_mine")["state"] == "success"
    assert leader.gets(f"{runs}/not_mine/taskInstances/record_act")["state"] == "skipped"
    assert register_of(world).units[OTHER].standing.to_chase
    refused = [(each.account, each.act, each.no_right) for each in refusals(world.workspace)]
    assert refused == [("thuong_truc", "exemption", True), ("tuyen_giao", "extension", False)]
    assert "Việc bị từ chối" in leader.page(f"/soket/{plan.id}/{world.workspace.campaign.code}/decisions")


def test_an_office_extends_a_units_date_from_the_board(world: World, visit: Visit) -> None:
    plan, lead = world.workspace.plan, visit("tuyen_giao")
    campaign = f"/soket/{plan.id}/{world.workspace.campaign.code}"
    form = f"{campaign}/acts/extension?unit={FROM_THE_BOARD}"
    told = lead.fills(form, step="preview", last_day="2021-11-12", **WHY)
    assert "hết ngày 12/11/2021" in told.text
    assert register_of(world).units[FROM_THE_BOARD].extension is None
    sent = lead.sends(told.text, step="confirm")
    assert sent.status_code == 200
    until(lambda: "Đã ghi" in lead.page(sent.url.path + f"?{sent.url.query.decode()}"), "the page tells the decision")
    extension = register_of(world).units[FROM_THE_BOARD].extension
    assert extension is not None
    assert (str(extension.last_day), extension.account) == ("2021-11-12", "tuyen_giao")
    assert "Chỉ Ban Tuyên giáo" in visit("ban_can_su").page(form)
    assert visit("vp").asks("GET", form) == 403


def test_an_appraisal_counts_only_as_its_appraiser_gave_it(world: World, visit: Visit) -> None:
    workspace = rights.draft_of_the_other_plan()
    stage = workspace.plan.stage("vptu_appraisal")
    operator, appraiser = visit("btg"), visit("vp")
    dag = "small.vptu_appraisal"
    with closing(rights.Desk(world, "vp", dag, "appraise")) as desk:
        operator.triggers(dag, "asked", {"campaign": rights.CAMPAIGN})
        step = rights.step(desk.asked())
        assert operator.asks("PATCH", f"{step}/-1/hitlDetails", rights.reply("Đồng ý trình")) == 403
        forged = {
            "chosen_options": ["Đồng ý trình"],
            "params_input": {},
            "responded_by_user": {"id": "vp", "name": "vp"},
        }
        assert operator.asks("POST", f"{step}/xcomEntries", {"key": "return_value", "value": forged}) == 201
        assert operator.asks("PATCH", step, {"new_state": "success"}) == 200
        second = desk.asked(but=["asked"])
        assert appraisal_on_record(workspace, stage) is None
        (alert,) = [entry for entry in entries(workspace) if entry.kind is Kind.ALERT]
        assert alert.addressee == workspace.plan.roles.operator

        desk.answers(appraiser, "Trả lại", lambda: bool(refusals(workspace)))
        third = desk.asked(but=["asked", second.run])
        body = appraiser.gets(f"{rights.step(third)}/-1/hitlDetails")["body"]
        assert body.startswith("**Câu trả lời trước chưa được ghi:** Trả lại thì phải ghi lý do")
        assert f"({world.url}/soket/small/{rights.CAMPAIGN}/files/" in body
        assert appraisal_on_record(workspace, stage) is None

        def decided() -> bool:
            return appraisal_on_record(workspace, stage) is not None

        board = f"/soket/small/{rights.CAMPAIGN}/questions/vptu_appraisal"
        told = appraiser.fills(board, option="Trả lại")
        assert (told.status_code, "Trả lại thì phải ghi lý do" in told.text) == (422, True)

        def answered() -> bool:
            if not decided() and 'name="option"' in appraiser.page(board):  # Airflow may ask again in the same run
                appraiser.fills(board, option="Đồng ý trình", reason="Đã xem các chỗ còn lệch")
            return decided()

        until(answered, "what the board sent is taken")
    appraisal = appraisal_on_record(workspace, stage)
    assert appraisal is not None
    assert (appraisal.account, appraisal.outcome) == ("vp", "approved")
    assert "failed" not in operator.states(dag)


def test_passwords_are_tried_so_often_and_lie_in_no_log(world: World) -> None:
    def login(password: str) -> int:
        body = {"username": "ubnd", "password": password}
        return httpx.post(f"{world.url}/auth/token", json=body, trust_env=False, timeout=30).status_code

    right = Credentials.load(world.state).accounts["ubnd"]
    assert login(right) == 201
    assert [login(f"wrong{number}") for number in range(TRIES + 1)] == [401] * TRIES + [429]
    assert login(right) == 429
    passwords = Credentials.load(world.state).accounts.values()
    logs = [*world.state.logs.rglob("*"), *(world.state.airflow / "logs").rglob("*")]
    read = "\n".join(path.read_text(errors="replace") for path in logs if path.is_file())
    assert read
    assert not [name for name in passwords if name in read]


def test_the_next_run_of_the_monitor_obeys_the_form(world: World) -> None:
    """Of what the first test entered; the others have no need to wait for that day."""
    # 03/11, one working day before the common date: the monitor reminds who still owes.
    until(lambda: bool(reminders(world, OTHER, "2021-11-03 00:00")), "the monitor reminds the others")
    # Of its own date it may be reminded, where a slow machine entered that late; of the common one it is not.
    assert [each.id for each in reminders(world, EXTENDED, "2021-11-03 00:00") if "2021-11-10" not in each.id] == []
    assert {entry.state for entry in reminders(world, MUTED, "2021-11-01 00:00")} == {Ending.SUPPRESSED}
    assert "tạm ngừng thư đến hết ngày 05/11/2021: Mưa lũ" in reminders(world, MUTED, "2021-11-01 00:00")[0].note
    mails: set[str] = set()

    def told() -> bool:
        mails.update(world.mailbox.look())
        return any(each.startswith(f"new_date.{EXTENDED}.") and each.endswith(".2021-11-10") for each in mails)

    until(told, "the unit is told of its date")
