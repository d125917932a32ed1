"""soket on a real Airflow, through what people use: the bucket, the mailbox, the trigger form, the board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from demo.world import World
from e2e import unlike
from e2e.live import drop, register_of, until
from e2e.officer import fill, needs_chromium, officer, writes_down
from soket.record.records import Ruling
from soket.record.register import Standing
from soket.stack import process
from soket.stack.credentials import Credentials
from soket.stack.postgres import Postgres
from stack import stranger

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

GOOD, FAULTY, EXTENDED, FROM_THE_BOARD = "h_duc_tho", "h_can_loc", "h_loc_ha", "h_cam_xuyen"


@pytest.fixture(scope="module")
def world(stack: Callable[..., World]) -> World:
    """A whole stack in the middle of the campaign of 2021, at 60 real seconds a day, with a ministry's plan beside."""
    return stack("2021-10-26 60, 2021-11-05", unlike.plan_from("2021-10-26"))


@pytest.fixture(scope="module")
def ministry(world: World) -> Iterator[World]:
    """The ministry's campaign."""
    with closing(unlike.beside(world)) as opened:
        yield opened


def test_a_drop_becomes_a_verdict_and_a_mail(world: World) -> None:
    drop(world, GOOD)
    drop(world, FAULTY)
    until(lambda: bool(register_of(world).units[FAULTY].verdicts), "the faulty report is judged")
    until(lambda: bool(register_of(world).units[GOOD].verdicts), "the good report is judged")
    register = register_of(world)
    assert register.units[GOOD].standing is Standing.ACCEPTED
    verdict = register.units[FAULTY].verdicts[0]
    assert verdict.ruling is Ruling.RETURNED
    assert verdict.slip_key is not None
    assert world.workspace.store.get(verdict.slip_key).startswith(b"PK")
    mails: set[str] = set()
    until(
        lambda: bool(mails.update(world.mailbox.look()) or {f"receipt.{GOOD}.n1", f"return.{FAULTY}.n1"} <= mails),
        "both answers are in the mailbox",
    )


def test_every_unit_is_asked_once(world: World) -> None:
    wanted = len(world.workspace.plan.units)
    mails: list[str] = []

    def asked() -> bool:
        mails.extend(world.mailbox.look())
        listed = {entry.key for entry in world.workspace.store.list(world.workspace.keys.notices)}
        return sum("/request." in key and key.endswith("/sent.json") for key in listed) == wanted

    until(asked, "every request is sent")
    assert max(world.mailbox.seen.values()) == 1


def test_the_operators_form_extends_a_unit(world: World) -> None:
    operator = world.user_of(world.workspace.plan.roles.operator)
    form = {"act": "extension", "unit": EXTENDED, "last_day": "2021-11-08", "reason": "Mưa lũ", "granted_by": "Bí thư"}
    operator.trigger(f"{world.workspace.plan.id}.actions", "e2e", form)
    until(lambda: register_of(world).units[EXTENDED].extension is not None, "the extension is on the record")
    extension = register_of(world).units[EXTENDED].extension
    assert extension is not None
    assert extension.account == world.workspace.plan.office(world.workspace.plan.roles.operator).account


@needs_chromium
def test_an_officer_extends_and_takes_what_was_returned_at_the_board(world: World) -> None:
    plan = world.workspace.plan
    account = plan.office(plan.roles.lead).account or ""
    why = {"reason": "Số đúng, đã hỏi", "granted_by": "Đồng chí Trưởng ban"}
    with officer(world, account) as page:
        board = page.url
        page.goto(f"{board}/units/{FROM_THE_BOARD}")
        writes_down(page, "extension", last_day="2021-11-10", document_number="30-CV/BTG", **why)
        page.goto(f"{board}/units/{FAULTY}")
        page.locator("a[href*='/acts/review?']").first.click()
        fill(page, number="1", outcome="accepted", **why)
        page.get_by_role("button", name="Xem trước").click()
        expect(page.locator("form.act :focus")).to_have_attribute("name", "document_number")  # asked for, and not sent
        expect(page.get_by_role("button", name="Xem trước")).to_be_visible()
        page.goto(f"{board}/units/{FAULTY}")
        writes_down(page, "review", number="1", outcome="accepted", document_number="31-CV/BTG", **why)
    register = register_of(world)
    extension = register.units[FROM_THE_BOARD].extension
    assert extension is not None
    assert (str(extension.last_day), extension.account) == ("2021-11-10", account)
    entry = register.units[FAULTY]
    assert entry.accepted == 1
    assert entry.verdicts[0].ruling is Ruling.RETURNED  # as the first verdict stands
    assert (entry.reviews[0].account, entry.reviews[0].document_number) == (account, "31-CV/BTG")


def test_nothing_of_the_stack_listens_beyond_the_machine(world: World) -> None:
    state = world.state
    doors = stranger.doors(process.owned(state.root, data=Postgres(state).data))
    assert set(state.ports.values()) <= {port for _, port in doors}
    assert {host for host, _ in doors} == {"127.0.0.1"}


def test_the_board_is_behind_airflows_login(world: World) -> None:
    account = world.workspace.plan.office(world.workspace.plan.roles.operator).account
    assert account is not None
    board = f"/soket/{world.workspace.plan.id}/{world.workspace.campaign.code}"
    with httpx.Client(base_url=world.url, timeout=30, trust_env=False) as browser:
        assert browser.get(board).status_code == httpx.codes.UNAUTHORIZED
        login = {"username": account, "password": Credentials.load(world.state).accounts[account]}
        token = browser.post("/auth/token", json=login).json()["access_token"]
        page = browser.get(board, cookies=None, headers={"Authorization": f"Bearer {token}"})
        assert page.status_code == httpx.codes.OK
        assert world.workspace.plan.unit(GOOD).name in page.text
        assert "Diễn tập: thời gian của đợt" in page.text  # the page lives in campaign time, like everything else


def test_the_stack_keeps_its_files_to_itself(world: World) -> None:
    for name in ("secrets.json", "state.json", "spec.json"):
        assert Path(world.state.root / name).stat().st_mode & 0o077 == 0


@needs_chromium
def test_a_plan_of_another_shape_runs_beside_it_to_its_last_approval(ministry: World) -> None:
    plan = ministry.workspace.plan
    unlike.units_report(ministry)
    unlike.officials_act(ministry)
    register = register_of(ministry)
    assert {stage.id for stage in plan.stages if register.of(stage).done} == {
        "bao_cao",
        "du_thao_cuc",
        "y_kien_vu",
        "du_thao_bo",
        "duyet",
    }
    counted = {code for code, entry in register.units.items() if entry.standing is Standing.ACCEPTED}
    assert counted == {unit.code for unit in plan.units} - {unlike.SILENT}
    closed = unlike.record(ministry, "bao_cao", "done")
    assert closed is not None
    assert plan.unit(unlike.SILENT).name in closed.note
    drafter = ministry.user_of(plan.stage("du_thao_cuc").owner)
    assert drafter.runs(f"{plan.id}.", "failed") == []


@needs_chromium
def test_a_stage_that_is_done_runs_again_from_the_board(ministry: World) -> None:
    workspace, stage = ministry.workspace, "du_thao_cuc"
    plan, store = workspace.plan, workspace.store
    working = unlike.record(ministry, stage, "working")
    assert working is not None
    paper = working.products[0]
    (before,) = store.list(paper)
    with officer(ministry, plan.office(plan.roles.operator).account or "") as page:
        page.goto(f"{page.url}/stages")
        page.locator(f"a[href$='/reruns/{stage}']").click()
        page.get_by_role("button", name="Chạy lại, không gửi thư").click()
        expect(page.get_by_text("Đã chạy xong")).to_be_visible(timeout=240_000)
    (made,) = store.list(paper)
    assert made.last_modified > before.last_modified
