"""What soket does, the way Airflow's stock parts offer: for each unit a sensor, a validation and a mail."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pendulum
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.providers.smtp.operators.smtp import EmailOperator
from airflow.sdk import DAG, TaskGroup, task

WORK = json.loads(Path(os.environ["STOCK_WORK"]).read_text(encoding="utf-8"))


@task
def validate(key: str, form: str) -> dict[str, Any]:
    from airflow.providers.amazon.aws.hooks.s3 import S3Hook

    from bench.stock.table import broken

    data = S3Hook().get_key(key, WORK["bucket"]).get()["Body"].read()
    found = broken(data, **WORK["forms"][form])
    return {
        "ruling": "trả lại" if any(each["severity"] == "critical" for each in found) else "chấp nhận",
        "lines": [f"{each['code']}: {each['about']}" for each in found],
    }


def pipeline(unit: dict[str, str]) -> None:
    with TaskGroup(unit["code"]):
        arrived = S3KeySensor(
            task_id="wait",
            bucket_name=WORK["bucket"],
            bucket_key=unit["key"],
            deferrable=True,
            poke_interval=5,
        )
        verdict = validate(unit["key"], unit["form"])
        said = f"ti.xcom_pull(task_ids='{unit['code']}.validate')"
        mail = EmailOperator(
            task_id="mail",
            conn_id="soket_smtp",
            to=unit["email"],
            subject=f"{unit['name']}: {{{{ {said}['ruling'] }}}}",
            html_content=(
                f"<p>Báo cáo của {unit['name']}: {{{{ {said}['ruling'] }}}}.</p>"
                f"{{% for line in {said}['lines'] %}}<p>{{{{ line }}}}</p>{{% endfor %}}"
            ),
        )
        arrived >> verdict >> mail


for name, units in WORK["dags"].items():
    with DAG(
        name,
        schedule="@once" if name == "stock_parts" else None,
        start_date=pendulum.datetime(2021, 1, 1),
        default_args={"retries": 3, "retry_delay": timedelta(seconds=5)},
    ):
        for each in units:
            pipeline(each)
