"""Who may do what on Airflow's own pages: each account within its own plans, and offices in two ways only.

Airflow's simple auth manager knows roles, not DAGs: a `user` may pause, clear, delete and forge on all of them. Here an
office sees the DAGs of the plans that name its account, sends the form of acts, and answers what it is asked; who may
do which act is the domain's to say. The operator (`op`) may do on every plan what the simple auth manager lets an `op`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager, SimpleAuthManagerRole

from soket.cached import Cached
from soket.orchestration.login_limit import LoginLimit
from soket.plan.loader import PLANS_SECONDS, plans_by_account

if TYPE_CHECKING:
    from airflow.api_fastapi.auth.managers.base_auth_manager import ResourceMethod
    from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

ACTS_DAG = "actions"


class PlanAuthManager(SimpleAuthManager):
    """The simple auth manager's accounts, held to their plans."""

    def __init__(self) -> None:
        super().__init__()
        self._plans = Cached(plans_by_account, PLANS_SECONDS)

    def is_authorized_dag(
        self,
        *,
        method: ResourceMethod,
        user: SimpleAuthManagerUser,
        access_entity: DagAccessEntity | None = None,
        details: DagDetails | None = None,
    ) -> bool:
        """Tell whether an account may do something with a DAG, or with all of them where no DAG is named."""
        allowed = super().is_authorized_dag(method=method, user=user, access_entity=access_entity, details=details)
        if not allowed or _is_operator(user):
            return bool(allowed)
        dag_id = details.id if details else None
        if dag_id is None:  # a list: Airflow asks again for each DAG in it
            return method == "GET"
        plan, _, name = dag_id.partition(".")
        if plan not in self._plans().get(user.username, ()):
            return False
        if method == "GET":
            return True
        answers = (method, access_entity) == ("PUT", DagAccessEntity.HITL_DETAIL)  # its assigned users are asked next
        return answers or ((method, access_entity) == ("POST", DagAccessEntity.RUN) and name == ACTS_DAG)

    def get_fastapi_middlewares(self) -> list[tuple[Any, dict[str, Any]]]:
        """Return what stands before every request: a limit of wrong passwords."""
        return [*super().get_fastapi_middlewares(), (LoginLimit, {})]


def _is_operator(user: SimpleAuthManagerUser) -> bool:
    return bool(SimpleAuthManagerRole[(user.role or "viewer").upper()].order >= SimpleAuthManagerRole.OP.order)
