"""The values for the official Airflow chart say what docker-compose.yml says; no cluster and no chart needed."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from conftest import REPOSITORY
from soket.stack import production
from test_compose import AIRFLOW, JOBS_OF_TASKS, MOUNTED, SERVICES, interpolate, variables

VALUES: dict[str, Any] = yaml.safe_load((REPOSITORY / "deploy" / "helm" / "values.yaml").read_text(encoding="utf-8"))

# What the chart knows of, as its documentation has it (https://airflow.apache.org/docs/helm-chart/stable/parameters-ref.html,
# and "Customizing Workers" there for the sets): a misspelt value would be ignored in silence.
KNOWN = {
    *("defaultAirflowRepository", "defaultAirflowTag", "airflowVersion", "airflowHome", "uid", "gid"),
    *("executor", "allowPodLaunching", "postgresql", "redis", "statsd", "createUserJob", "enableBuiltInSecretEnvVars"),
    *("fernetKeySecretName", "apiSecretKeySecretName", "jwtSecretName", "data", "env"),
    *("apiServer", "scheduler", "dagProcessor", "triggerer", "migrateDatabaseJob", "workers"),
}
KNOWN_OF_COMPONENTS = {
    *("args", "env", "serviceAccount", "extraVolumes", "extraVolumeMounts", "logGroomerSidecar"),
    *("name", "queue", "replicas"),
}
COMPONENTS = {
    "api-server": VALUES["apiServer"],
    "scheduler": VALUES["scheduler"],
    "dag-processor": VALUES["dagProcessor"],
    "triggerer": VALUES["triggerer"],
    **{f"worker-{each['name']}": each for each in VALUES["workers"]["celery"]["sets"]},
}
# What a cluster has in place of Compose's own names and folders.
ELSEWHERE = {
    "SOKET_EDITIONS": "",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": "http://soket-api-server:8080/execution/",
}
GIVEN = {"SMTP_HOST": "mail.example", "SMTP_USER": "soket@example"}


def named(listed: list[dict[str, str]]) -> dict[str, str]:
    """Return a list of variables as a table; each is there once."""
    found = {each["name"]: each["value"] for each in listed}
    assert len(found) == len(listed)
    return found


def secrets_of(component: dict[str, Any]) -> set[str]:
    """Return which secrets a component mounts where Compose does."""
    (volume,) = (each for each in component["extraVolumes"] if each["name"] == "secrets")
    assert {"name": "secrets", "mountPath": MOUNTED.rstrip("/"), "readOnly": True} in component["extraVolumeMounts"]
    assert {each["name"] for each in component["extraVolumes"]} == {
        each["name"] for each in component["extraVolumeMounts"]
    }
    assert volume["secret"]["defaultMode"] == 0o440
    assert all(item["key"] == item["path"] for item in volume["secret"]["items"])
    return {item["key"] for item in volume["secret"]["items"]}


def test_every_value_is_one_that_the_chart_knows() -> None:
    assert set(VALUES) == KNOWN
    assert set(VALUES["workers"]) == {"celery"}
    assert set(VALUES["workers"]["celery"]) == {"enableDefault", "sets"}
    for name, component in {**COMPONENTS, "migrations": VALUES["migrateDatabaseJob"]}.items():
        assert set(component) <= KNOWN_OF_COMPONENTS, name


def test_the_same_components_run() -> None:
    assert set(COMPONENTS) == set(AIRFLOW)
    assert VALUES["executor"] == variables("scheduler")["AIRFLOW__CORE__EXECUTOR"]
    assert VALUES["workers"]["celery"]["enableDefault"] is False
    assert [each["queue"] for each in VALUES["workers"]["celery"]["sets"]] == list(JOBS_OF_TASKS)
    for name in ("postgresql", "redis", "statsd"):
        assert VALUES[name]["enabled"] is False


@pytest.mark.parametrize("service", AIRFLOW)
def test_each_has_the_settings_and_secrets_that_compose_gives_it(service: str) -> None:
    component = COMPONENTS[service]
    told = named([*VALUES["env"], *component.get("env", [])])
    # Kubernetes reads `$$(` as Compose does: what the shell in the container is to fill in.
    expected = {name: interpolate(value, GIVEN) for name, value in variables(service).items()} | ELSEWHERE
    assert told == expected
    assert secrets_of(component) == set(SERVICES[service]["secrets"])
    # A token of the cluster's would lie where the secrets do, and nothing here asks the cluster anything.
    assert component["serviceAccount"] == {"automountServiceAccountToken": False}


def test_no_secret_is_a_variable_or_a_value() -> None:
    assert not any(VALUES["enableBuiltInSecretEnvVars"].values())
    assert {name for name in VALUES["enableBuiltInSecretEnvVars"] if name.startswith("AIRFLOW__")} == {
        name.removesuffix("_CMD") for name in named(VALUES["env"]) if name.endswith("_CMD")
    }
    needed = {name for service in AIRFLOW for name in secrets_of(COMPONENTS[service])}
    assert needed <= set(production.SECRETS)
    assert secrets_of(VALUES["migrateDatabaseJob"]) <= needed


def test_the_image_is_the_one_that_compose_builds() -> None:
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert f"AIRFLOW_HOME={VALUES['airflowHome']}" in dockerfile
    assert f"USER {VALUES['uid']}:{VALUES['gid']}" in dockerfile
    assert interpolate(SERVICES["scheduler"]["image"], {}).endswith(f":{VALUES['defaultAirflowTag']}")
    locked = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert f"apache-airflow-core=={VALUES['airflowVersion']}" in locked
