"""Questions that people answer in the Airflow UI, and what becomes of their answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk.exceptions import DagRunTriggerException
from airflow.sdk.execution_time.hitl import HITLUser

from soket.orchestration.operation import Step
from soket.orchestration.runs import board_address, workspace_of
from soket.plan.model import Office, Stage
from soket.record.workspace import Workspace
from soket.stages.answers import Answer, ask_again
from soket.stages.refusing import ActRefusedError
from soket.store.store import StoreFailedError

_BUCKET_BACK_WITHIN = timedelta(minutes=1)  # between two tries to file an answer


class Question(HITLOperator):
    """Asks the offices that may answer, and nobody else, with no answer by default; files what they answer.

    Nobody is asked for what is `decided` on the record: this step may die between filing an answer and telling Airflow,
    and is tried again. `asks` makes the question's text, with links to the board, and `files` takes the answer. What
    counts is the event with which the API server resumes this step as it writes Airflow's own record of the answer,
    under the account that it let in: a step's state and XCom can be set by others, and are asked for nothing. An answer
    that the domain refuses leaves nothing on the record, so that what follows asks again; one that the bucket cannot
    take waits.
    """

    custom_operator_name = "Hỏi"
    template_fields = ()  # what the domain says of strangers' files is never a template

    def __init__(
        self,
        *,
        plan: str,
        stage: str,
        offices: Sequence[Office],
        decided: Callable[[Workspace, Stage], object | None],
        asks: Callable[[Workspace, Stage, str], str],
        files: Callable[[Workspace, Stage, Answer], str],
        answers: dict[str, str],
        **kwargs: Any,  # noqa: ANN401 - HITLOperator's
    ) -> None:
        if not offices:
            raise ValueError("nobody has an account to answer with")  # `soket plan check` finds this first
        users = [HITLUser(id=office.account or "", name=office.name) for office in offices]
        super().__init__(options=list(answers), assigned_users=users, **kwargs)
        self.plan = plan
        self.stage = stage
        self.decided = decided
        self.asks = asks
        self.files = files
        self.answers = answers

    def execute(self, context: Any) -> Any:  # noqa: ANN401 - Airflow's context and result
        """Ask, and wait for the answer; return at once where the record has it."""
        workspace = workspace_of(self.plan, context)
        stage = workspace.plan.stage(self.stage)
        if self.decided(workspace, stage) is not None:
            return "Đã có trong hồ sơ, không hỏi lại."
        self.subject = f"{self.subject}: {workspace.plan.short_title}"
        self.body = self.asks(workspace, stage, board_address())
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> str:  # noqa: ANN401 - Airflow's context
        """File the answer that the event carries."""
        user = event.get("responded_by_user") or {}
        filled = event.get("params_input") or {}
        chosen = event.get("chosen_options") or []
        reply = {
            "option": self.answers.get(chosen[0], "") if len(chosen) == 1 else "",
            "account": user.get("id") or "",
            "name": user.get("name") or "",
            "at": event["responded_at"].isoformat(),
            # The form checks nothing that is sent past it.
            "fields": {name: str(filled[name]) for name in self.params if filled.get(name) is not None},
        }
        return self.file(context, reply=reply)

    def file(self, context: Any, reply: dict[str, Any], event: Any = None) -> str:  # noqa: ANN401, ARG002 - Airflow's
        """File an answer; again in a while where the bucket fails."""
        answer = Answer(**{**reply, "at": datetime.fromisoformat(reply["at"])})
        try:
            workspace = workspace_of(self.plan, context)
            note = self.files(workspace, workspace.plan.stage(self.stage), answer)
        except ActRefusedError as refusal:
            note = f"Chưa ghi: {refusal}"
        except StoreFailedError as failure:
            self.log.warning("Kho dữ liệu không ghi được câu trả lời, sẽ ghi lại: %s", failure)
            self.defer(trigger=TimeDeltaTrigger(_BUCKET_BACK_WITHIN), method_name="file", kwargs={"reply": reply})
        self.log.info("%s", note)
        return note


class AskAgain(Step):
    """Starts the DAG's next run, which asks anew, where a question ended without an answer that counts."""

    TASK_ID = "ask_again"

    def __init__(self, *, stage: str, act: str, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's
        super().__init__(
            task_id=self.TASK_ID,
            task_display_name="Hỏi lại",
            doc_md="Câu trả lời chưa đủ, hoặc không có: đặt lại câu hỏi ở lần chạy sau.",
            mails=True,
            **kwargs,
        )
        self.stage = stage
        self.act = act

    def call(self, workspace: Workspace, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Say why the question is asked again."""
        run = context["dag_run"]
        since = workspace.clock.campaign_time(run.start_date)
        stage = workspace.plan.stage(self.stage)
        return ask_again(workspace, stage=stage, act=self.act, run=run.run_id, since=since)

    def execute(self, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Say why, and start the run: once for each run that has to be repeated."""
        note = super().execute(context)
        run = context["dag_run"]
        raise DagRunTriggerException(
            trigger_dag_id=run.dag_id,
            dag_run_id=f"again__{hashlib.sha256(run.run_id.encode()).hexdigest()[:16]}",
            conf={"campaign": workspace_of(self.plan, context).campaign.code},
            note=note,
            reset_dag_run=False,
            skip_when_already_exists=True,
            wait_for_completion=False,
            allowed_states=[],
            failed_states=[],
            poke_interval=60,
            deferrable=False,
        )


def fork(branch: Any) -> Any:  # noqa: ANN401 - what @task.branch makes, which has no public type
    """Return a branch with its name in Vietnamese."""
    branch.operator.custom_operator_name = "Rẽ nhánh"
    return branch
