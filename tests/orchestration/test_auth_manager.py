"""What each role and office may do with which DAG on Airflow's own pages."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

from soket.orchestration.auth_manager import PlanAuthManager
from soket.orchestration.login_limit import LoginLimit
from soket.plan import loader
from soket.plan.model import Plan
from soket.stack import from_plans

EVERYTHING = {(method, entity) for method in ("GET", "POST", "PUT", "DELETE") for entity in (None, *DagAccessEntity)}
LOOKS = {each for each in EVERYTHING if each[0] == "GET"}
SENDS = {("POST", DagAccessEntity.RUN)}
ANSWERS = {("PUT", DagAccessEntity.HITL_DETAIL)}


@pytest.fixture
def manager(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> PlanAuthManager:
    """An auth manager of two plans: that of Resolution 06, and one whose only office has an account of its own."""
    office = plan.offices[0].model_copy(update={"account": "stranger"})
    other = plan.model_copy(update={"id": "other", "offices": (office,)})
    monkeypatch.setattr(loader, "load_all", lambda: ([plan, other], []))
    return PlanAuthManager()


def granted(manager: PlanAuthManager, account: str, role: str, dag: str | None) -> set[tuple[str, object]]:
    """Return everything that an account may do with a DAG."""
    user = SimpleAuthManagerUser(username=account, role=role)

    def may(method: str, entity: DagAccessEntity | None) -> bool:
        details = DagDetails(id=dag)
        return manager.is_authorized_dag(method=method, user=user, access_entity=entity, details=details)  # type: ignore[arg-type]

    return {each for each in EVERYTHING if may(*each)}


def names(plan: Plan, ends: Iterable[str]) -> list[str]:
    return [f"{plan.id}.{end}" for end in ends]


def test_an_office_looks_sends_acts_and_answers_and_nothing_else(manager: PlanAuthManager, plan: Plan) -> None:
    for dag in names(plan, ("monitor", "intake", "vptu_appraisal", "conference")):
        assert granted(manager, "vptu", "user", dag) == LOOKS | ANSWERS, dag
    assert granted(manager, "vptu", "user", f"{plan.id}.actions") == LOOKS | ANSWERS | SENDS
    assert granted(manager, "vptu", "user", None) == LOOKS  # lists; what changes all DAGs at once names none


def test_who_only_looks_changes_nothing(manager: PlanAuthManager, plan: Plan) -> None:
    for dag in (None, *names(plan, ("monitor", "actions", "vptu_appraisal"))):
        assert granted(manager, "ban_can_su", "viewer", dag) == LOOKS


@pytest.mark.parametrize("account", ["stranger", "unknown"])
def test_a_plan_is_closed_to_the_accounts_of_others(manager: PlanAuthManager, plan: Plan, account: str) -> None:
    for dag in names(plan, ("monitor", "actions", "vptu_appraisal")):
        assert granted(manager, account, "user", dag) == set()


def test_an_account_sees_its_own_plan_in_lists(manager: PlanAuthManager, plan: Plan) -> None:
    stranger = SimpleAuthManagerUser(username="stranger", role="user")
    ids = {f"{plan.id}.monitor", "other.monitor", "other.actions"}
    assert manager.filter_authorized_dag_ids(dag_ids=ids, user=stranger) == {"other.monitor", "other.actions"}


def test_the_operator_works_on_every_plan(manager: PlanAuthManager, plan: Plan) -> None:
    for dag in ("other.monitor", f"{plan.id}.monitor"):
        assert granted(manager, "quan_tri", "op", dag) == EVERYTHING


def test_logins_are_limited(manager: PlanAuthManager) -> None:
    assert (LoginLimit, {}) in manager.get_fastapi_middlewares()


def test_each_account_has_the_least_role(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_plans, "load_all", lambda: ([plan], []))
    assert {account.name: account.role for account in from_plans.stack_spec().accounts} == {
        "tuyen_giao": "user",
        "ubnd": "user",  # it leads a block, and may note what a unit promised
        "ban_can_su": "viewer",
        "vptu": "user",
        "thuong_truc": "user",  # it may put off a stage
        "quan_tri": "op",
    }


def test_an_account_of_two_plans_has_what_either_gives(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    bystander = plan.office(plan.playing("drafter")[0]).model_copy(update={"account": "quan_tri"})
    other = plan.model_copy(update={"id": "other", "offices": (bystander, *plan.offices[-1:])})
    other = other.model_copy(update={"roles": plan.roles.model_copy(update=dict.fromkeys(
        ("lead", "receiver", "standing", "operator"), plan.offices[-1].code)),
        "stages": tuple(each.model_copy(update={"owner": plan.offices[-1].code}) for each in plan.stages),
        "blocks": tuple(each.model_copy(update={"leader": plan.offices[-1].code}) for each in plan.blocks),
        "offices": (bystander, plan.offices[-1].model_copy(update={"account": "other_operator"}))})  # fmt: skip
    for plans in ([plan, other], [other, plan]):
        monkeypatch.setattr(from_plans, "load_all", lambda plans=plans: (plans, []))
        roles = {account.name: account.role for account in from_plans.stack_spec().accounts}
        assert (roles["quan_tri"], roles["other_operator"]) == ("op", "op")
