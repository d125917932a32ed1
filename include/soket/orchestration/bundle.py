"""Where Airflow finds the DAG files, and when it has to read them again: when what they are made of has changed."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

from airflow.dag_processing.bundles.local import LocalDagBundle
from airflow.models.dagbag import DagPriorityParsingRequest
from airflow.utils.session import create_session
from sqlalchemy import select

from soket.plan.directory import state_of_directories
from soket.plan.file_text import state_of, yaml_files
from soket.plan.loader import plans_folder
from soket.record.at_hand import kept_at_hand

# A file that is being read is not read once more when that is asked for, and with many plans it takes a while: a change
# is asked for at once, unless something was just before, and all that changed since once more so long after.
_APART = 90.0  # seconds


class PlansBundle(LocalDagBundle):
    """The folder of DAG files; at each refresh it looks whether a plan, a directory or an edition at hand has changed.

    Reading them takes a tenth of a second a plan and more, so Airflow reads them seldom by itself.
    """

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - LocalDagBundle's
        super().__init__(**kwargs)
        self._made_of: object = None
        self._asked = -math.inf  # monotonic seconds
        self._changed = self._once_more = False

    def refresh(self) -> None:
        """Ask for the DAG files to be read at once, where they would say something else."""
        made_of, now = _made_of(), time.monotonic()
        self._changed = self._changed or self._made_of not in (None, made_of)  # at first all are read
        self._made_of = made_of
        if (self._changed or self._once_more) and now - self._asked >= _APART:
            self._asked, self._once_more, self._changed = now, self._changed, False
            self._ask()

    def _ask(self) -> None:
        with create_session() as session:
            found = select(DagPriorityParsingRequest.relative_fileloc)
            asked = set(session.scalars(found.where(DagPriorityParsingRequest.bundle_name == self.name)))
            for file in sorted(path.name for path in self.path.glob("*.py")):
                if file not in asked:
                    session.add(DagPriorityParsingRequest(self.name, file))


def _made_of() -> tuple[object, ...]:
    folder = plans_folder()
    plans: list[Path] = yaml_files(folder) if folder.is_dir() else []
    return [(path, state_of(path)) for path in plans], state_of_directories(), kept_at_hand()
