"""Registers soket with Airflow: its timetables, its deadlines and its board. Metadata only."""

from typing import ClassVar

from airflow.plugins_manager import AirflowPlugin

from soket.board.plugin_parts import EXTERNAL_VIEWS, FASTAPI_APPS
from soket.orchestration.deadlines import CampaignDeadline
from soket.orchestration.timetables import CampaignTimetable, WhileOpenTimetable


class SoketPlugin(AirflowPlugin):
    """What Airflow loads of soket."""

    name = "soket"
    timetables: ClassVar = [CampaignTimetable, WhileOpenTimetable]
    deadline_references: ClassVar = [CampaignDeadline]
    fastapi_apps: ClassVar = FASTAPI_APPS
    external_views: ClassVar = EXTERNAL_VIEWS
