"""Questions that people answer in the Airflow UI, and what becomes of their answers."""

from __future__ import annotations

from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param

from soket.orchestration.operation import Operation
from soket.plan.model import Office


def question(
    *,
    task_id: str,
    title: str,
    doc: str,
    office: Office,
    subject: str,
    options: dict[str, str],
    body: str,
    params: dict[str, Param],
) -> HITLOperator:
    """Return a task that asks an office, and nobody else; there is no answer by default."""
    if office.account is None:
        raise ValueError(f"{office.code} has no account to answer with")  # `soket plan check` finds this first
    asked = HITLOperator(
        task_id=task_id,
        task_display_name=title,
        doc_md=doc,
        subject=subject,
        body=body,
        options=list(options),
        params=params,
        assigned_users=[{"id": office.account, "name": office.name}],
    )
    asked.custom_operator_name = "Hỏi"
    return asked


def fork(branch: Any) -> Any:  # noqa: ANN401 - what @task.branch makes, which has no public type
    """Return a branch with its name in Vietnamese."""
    branch.operator.custom_operator_name = "Rẽ nhánh"
    return branch


class RecordAnswer(Operation):
    """Hands an answered question to the domain: `answer` is the value of the chosen option, the rest are its params.

    Where the question was not asked, because its answer is already on the record, the call gets no answer.
    """

    custom_operator_name = "Ghi"

    def __init__(self, *, question_task: str, options: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's
        super().__init__(**kwargs)
        self.question_task = question_task
        self.options = options

    def call_arguments(self, context: Any) -> dict[str, Any]:  # noqa: ANN401 - Airflow's context
        """Return the answer, who gave it when, and what was filled in."""
        reply = context["ti"].xcom_pull(task_ids=self.question_task)
        if reply is None:
            return {"answer": None}
        user = reply.get("responded_by_user") or {}
        return {
            **reply["params_input"],  # first: what is filled in says neither who nor when
            "answer": self.options[reply["chosen_options"][0]],
            "answered_at": reply["responded_at"],
            "account": user.get("id") or "",
            "name": user.get("name") or user.get("id") or "",
        }
