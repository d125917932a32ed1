"""Registers soket with Airflow: its timetable and its board. Metadata only."""

from typing import ClassVar

from airflow.plugins_manager import AirflowPlugin

from soket.board.plugin_parts import external_views, fastapi_apps
from soket.orchestration.timetables import CampaignTimetable


class SoketPlugin(AirflowPlugin):
    """What Airflow loads of soket."""

    name = "soket"
    timetables: ClassVar = [CampaignTimetable]
    fastapi_apps: ClassVar = fastapi_apps()
    external_views: ClassVar = external_views()
