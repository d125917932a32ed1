"""Waiting: the same question asked by the task itself and, once deferred, by its trigger."""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseOperator

from soket.orchestration.runs import workspace_of
from soket.orchestration.triggers import DropTrigger, RegisterTrigger, poll_seconds
from soket.stages.conditions import Wait


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


class DropSensor(BaseOperator):
    """Waits until a drop can be received, or a mail sent again; one sensor, and one LIST a poll, for all units."""

    custom_operator_name = "Chờ"

    def __init__(self, *, plan: str, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's
        super().__init__(**kwargs)
        self.plan = plan

    def execute(self, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Defer to the trigger."""
        campaign = workspace_of(self.plan, context).campaign.code
        self.defer(
            trigger=DropTrigger(self.plan, campaign, poll_seconds()),
            method_name="execute_complete",
        )

    def execute_complete(self, context: Any, event: str) -> str:  # noqa: ANN401, ARG002 - Airflow's
        """Say what was found."""
        self.log.info(event)
        return event
