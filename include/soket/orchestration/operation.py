"""The operators behind every step: each opens the campaign's workspace and makes one call into the domain, or waits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, BaseOperator
from airflow.sdk.exceptions import AirflowSkipException

from soket.orchestration.runs import NoCampaignError, board_address, mail_sender, report_sources, workspace_of
from soket.orchestration.triggers import RegisterTrigger
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, StillWaitingError
from soket.stages.conditions import Wait

# How long a step waits for its turn to send. The monitor, whose work this is, also waits for what a server put off.
_PATIENCE = timedelta(minutes=5)
_MONITORS_PATIENCE = timedelta(minutes=30)  # campaign time: a replay's next run is seconds away


class MailNotDeliveredError(RuntimeError):
    """The mail server could not be used."""


class Step(BaseOperator):
    """Makes one call with the run's workspace; its result is a note in Vietnamese.

    `reads_reports` first reads what mail servers report of mail that went out; `mails` delivers the outbox afterwards.
    A mail server that is down fails the step only with `must_deliver`: what is posted stays in the outbox, and the
    monitor tries again. NothingToDoError, and a run of no campaign, skip what follows; StillWaitingError waits,
    deferred, for `waits_for`, a condition on the register, and calls again.
    """

    custom_operator_name = "Bước"  # what stands under the box of a graph

    def __init__(
        self,
        *,
        plan: str,
        mails: bool = False,
        reads_reports: bool = False,
        must_deliver: bool = False,
        waits_for: Wait | None = None,
        **kwargs: Any,  # noqa: ANN401 - BaseOperator's
    ) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.mails = mails
        self.reads_reports = reads_reports
        self.must_deliver = must_deliver
        self.waits_for = waits_for

    def execute(self, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Make the call, deliver what it posted, and tell the stages that wait for its assets."""
        try:
            workspace = workspace_of(self.plan, context)
        except NoCampaignError as none:
            raise AirflowSkipException(str(none)) from None
        if self.reads_reports and not workspace.rerun:
            self._read_reports(workspace)
        try:
            note = self.call(workspace, context)
        except NothingToDoError as nothing:
            raise AirflowSkipException(str(nothing)) from None
        except StillWaitingError as waiting:
            if self.waits_for is None:
                raise
            self.log.warning("%s", waiting)
            self.defer(trigger=RegisterTrigger.of(workspace, self.waits_for), method_name="execute_again")
        finally:
            # What was posted before a failure or a skip is delivered too: the outbox is the record, not this task.
            if self.mails:
                self._deliver(workspace)
        for asset in self.outlets:
            if isinstance(asset, Asset):
                context["outlet_events"][asset].extra = {"campaign": workspace.campaign.code}
        self.log.info("%s", note)
        return note

    def execute_again(self, context: Any, event: str) -> str:  # noqa: ANN401 - Airflow's context
        """Call again after a wait."""
        self.log.info("%s", event)
        return self.execute(context)

    @abstractmethod
    def call(self, workspace: Workspace, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Make the call; return its note."""

    def _read_reports(self, workspace: Workspace) -> None:
        from soket.notices.reports.filing import read_reports

        read = read_reports(workspace, report_sources(workspace))
        told = (len(read.filed), read.answered, read.strays)
        self.log.info("Thư báo: đã ghi %d; trả lời giấy mời %d; không rõ của thư nào %d", *told)

    def _deliver(self, workspace: Workspace) -> None:
        from soket.notices.delivery import deliver
        from soket.notices.webhooks import announce

        sender = mail_sender()
        delivery = deliver(
            workspace,
            sender,
            per_minute=sender.per_minute,
            patience=_monitors_patience(workspace) if self.must_deliver else _PATIENCE,
            again=self.must_deliver,
        )
        self.log.info("Thư: đã gửi %d, hỏng %d, chờ %d", len(delivery.sent), len(delivery.failed), delivery.waiting)
        announce(workspace, delivery.sent, board_address)
        if delivery.held:
            self.log.warning("Thư còn lại: %s", delivery.held)
        if delivery.error and self.must_deliver:
            raise MailNotDeliveredError(f"Máy chủ thư không nhận: {delivery.error}. Thư còn trong hộp chờ, sẽ gửi lại.")


class Operation(Step):
    """A step that needs nothing but the workspace and, where it is of a stage, the stage."""

    def __init__(self, *, operation: Callable[..., str], stage: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Step's
        super().__init__(**kwargs)
        self.operation = operation
        self.stage = stage

    def call(self, workspace: Workspace, context: Any) -> str:  # noqa: ANN401, ARG002 - Airflow's context
        """Call the operation; of a stage that the campaign has not, there is nothing to do."""
        if not self.stage:
            return self.operation(workspace)
        if self.stage not in workspace.campaign.stages:
            raise NothingToDoError(f"Đợt {workspace.campaign.code} không có giai đoạn này.")
        return self.operation(workspace, workspace.plan.stage(self.stage))


class RegisterSensor(BaseOperator):
    """Waits until a condition on the register holds; its result is the reason, in words."""

    custom_operator_name = "Chờ"

    def __init__(self, *, plan: str, wait: Wait, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's
        super().__init__(**kwargs)
        self.plan = plan
        self.wait = wait

    def execute(self, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Defer to the trigger: it asks at once, and then at each reading of the register."""
        trigger = RegisterTrigger.of(workspace_of(self.plan, context), self.wait)
        self.defer(trigger=trigger, method_name="execute_complete")

    def execute_complete(self, context: Any, event: str) -> str:  # noqa: ANN401, ARG002 - Airflow's
        """Say why the wait is over."""
        self.log.info(event)
        return event


def _monitors_patience(workspace: Workspace) -> timedelta:
    clock, now = workspace.clock, workspace.now
    return clock.real_time(now + _MONITORS_PATIENCE) - clock.real_time(now)
