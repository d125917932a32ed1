"""Registers soket with Airflow: its timetables, its deadlines, its board and its language. Metadata only."""

from typing import ClassVar

from airflow.plugins_manager import AirflowPlugin

from soket.board.plugin_parts import EXTERNAL_VIEWS, FASTAPI_APPS
from soket.board.ui_language import root_middlewares
from soket.orchestration.deadlines import CampaignDeadline
from soket.orchestration.timetables import CampaignTimetable, WhileOpenTimetable


class SoketPlugin(AirflowPlugin):
    """What Airflow loads of soket."""

    name = "soket"
    timetables: ClassVar = [CampaignTimetable, WhileOpenTimetable]
    deadline_references: ClassVar = [CampaignDeadline]
    fastapi_apps: ClassVar = FASTAPI_APPS
    fastapi_root_middlewares: ClassVar = root_middlewares()
    external_views: ClassVar = EXTERNAL_VIEWS
