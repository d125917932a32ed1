"""An official who answers what Airflow asks."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from demo.airflow_api import Question
from demo.hours import at_work
from demo.scenario import Answer
from demo.watch import Happening, Sight
from demo.world import World
from soket.plan.model import Stage
from soket.record.decisions import Appraisal, ConferenceFormat

_READING_TIME = 3.0  # seconds


class Respondent:
    """An office that answers a question in the Airflow UI, each time it is asked.

    What is on the record tells which answer is next: a question that Airflow asks again, because a server died on the
    way from the answer to the record, gets the same answer again.
    """

    def __init__(
        self,
        stage: Stage,
        task: str,
        answers: tuple[Answer, ...],
        recorded: type[Appraisal | ConferenceFormat],
        *,
        reading_time: float = _READING_TIME,
    ) -> None:
        self._stage, self._task, self._answers = stage, task, answers
        self._recorded = recorded
        self._reading_time = reading_time
        self._seen: dict[Question, float] = {}

    def play(self, world: World, sight: Sight) -> list[Happening]:
        """Answer what is asked, if it is time; the last answer of the script is given again where more is asked."""
        stage = self._stage
        given = sum(isinstance(act, self._recorded) and act.stage == stage.id for act in sight.decisions)
        answer = self._answers[min(given, len(self._answers) - 1)]
        asked = any(record.stage == stage.id and record.step == "opened" for record in sight.records)
        if not asked or sight.done(stage) or world.now < answer.not_before:
            return []
        user = world.user_of(self._stage.owner)
        name = world.workspace.plan.office(self._stage.owner).short_name
        read = self._read(user.questions(f"{world.scenario.plan}.{self._stage.id}", self._task))
        return [
            Happening(world.now, f"{name} trả lời «{question.subject}»: {answer.option}")
            for question in (read if at_work(world.workspace) else ())
            if user.answer(question, answer.option, still_ahead(answer.fields, "day", world.now.date()))
        ]

    def _read(self, waiting: Sequence[Question]) -> list[Question]:
        """Return the questions that have stood there for as long as a person needs at the least.

        Airflow fails a question that is answered while the process that asked it is still going home.
        """
        now = time.monotonic()
        self._seen = {question: self._seen.get(question, now) for question in waiting}
        return [question for question, first in self._seen.items() if now - first >= self._reading_time][:1]


def still_ahead(fields: Mapping[str, str], name: str, today: date) -> Mapping[str, str]:
    """Return what an official fills in, with tomorrow for a day that has passed meanwhile."""
    day = fields.get(name)
    if day is None or date.fromisoformat(day) > today:
        return fields
    return {**fields, name: (today + timedelta(days=1)).isoformat()}
