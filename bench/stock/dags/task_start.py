"""A DAG whose tasks do nothing: how long after one's last line the next one's first line comes."""

import os
import time
from itertools import pairwise
from pathlib import Path

import pendulum
from airflow.sdk import DAG, task


@task
def moment() -> None:
    with Path(os.environ["STOCK_MOMENTS"]).open("a", encoding="ascii") as file:
        file.write(f"{time.time()}\n")


with DAG("task_start", schedule=None, start_date=pendulum.datetime(2021, 1, 1)):
    tasks = [moment.override(task_id=f"moment_{number}")() for number in range(6)]
    for earlier, later in pairwise(tasks):
        earlier >> later
