"""Airflow's settings on the embedded stack, and the environment of every process that works with it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from urllib.parse import quote

from soket.notices.webhooks import VARIABLE as WEBHOOKS
from soket.record.at_hand import EDITIONS_VARIABLE
from soket.record.sending import STORE_VARIABLE as STORE_ADDRESS
from soket.record.sending import UPLOAD_VARIABLE as UPLOAD_PAGE
from soket.stack.credentials import Credentials, KeyPair
from soket.stack.mail import USER as MAIL_USER
from soket.stack.ports import HOST
from soket.stack.postgres import DATABASE, ROLE
from soket.stack.pulse import PARALLELISM, READ_AGAIN
from soket.stack.seaweedfs import REGION, endpoint
from soket.stack.state import ENVIRONMENT_VARIABLE, REPOSITORY, State
from soket.store.connect import ENVIRONMENT_VARIABLE as STORE_CONNECTION

CLOCK_VARIABLE = "SOKET_CLOCK"
BUNDLE = {"name": "dags-folder", "classpath": "soket.orchestration.bundle.PlansBundle", "kwargs": {}}
UI_LANGUAGE_VARIABLE = "SOKET_UI_LANGUAGE"

_FEW_PLANS = 8


def address(state: State) -> str:
    """Return the address of Airflow's pages."""
    return f"http://{HOST}:{state.ports['api']}"


def environment(state: State, identity: str | None = "service", jobs: Sequence[str] = ()) -> dict[str, str]:
    """Return the variables with which the command line and tests reach a stack and, with another identity, a server.

    `jobs` are those at the store that tasks have which the process starts. Only what differs from the surroundings: to
    be added to `os.environ`. Raises FileNotFoundError where no stack was ever started.
    """
    if not state.exists() or not state.ports:
        raise FileNotFoundError(f"no stack was ever started in {state.root}")
    credentials = Credentials.load(state)
    variables = {
        "AIRFLOW_HOME": str(state.airflow),
        **_stores(state, credentials, identity, jobs),
        "AIRFLOW_CONN_SOKET_SMTP": _smtp_connection(state, credentials),
        "AIRFLOW_CONN_SOKET_IMAP": _imap_connection(state, credentials),
        # As units see the store: whoever serves them from afar says where.
        STORE_ADDRESS: os.environ.get(STORE_ADDRESS) or endpoint(state),
        UPLOAD_PAGE: os.environ.get(UPLOAD_PAGE)
        or f"http://{HOST}:{state.ports['page']}/{{plan}}/{{campaign}}/{{unit}}",
        ENVIRONMENT_VARIABLE: str(state.root),
        EDITIONS_VARIABLE: str(state.airflow / "editions"),
        # A replay's clock starts when the API server, which shows its time, is up.
        CLOCK_VARIABLE: f"file {state.clock_file}",
        UI_LANGUAGE_VARIABLE: os.environ.get(UI_LANGUAGE_VARIABLE, "vi"),
        WEBHOOKS: os.environ.get(WEBHOOKS, ""),
        # The three spellings with which libraries ask to be left alone.
        "GX_ANALYTICS_ENABLED": "false",
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "1",
    }
    for section, options in _settings(state, credentials).items():
        for name, value in options.items():
            variables[f"AIRFLOW__{section}__{name}".upper()] = str(value)
    return variables | state.spec.settings


def page_environment(state: State) -> dict[str, str]:
    """Return the variables of the units' page, which the outside reaches: its own key, no other server's password."""
    variables = environment(state, "page")
    own = {name: value for name, value in variables.items() if not name.startswith("AIRFLOW")}
    return {**own, STORE_CONNECTION: variables[STORE_CONNECTION], WEBHOOKS: ""}


def passwords_file(state: State) -> str:
    """Return the file from which Airflow's login page reads passwords."""
    return str(state.airflow / "passwords.json")


def _settings(state: State, credentials: Credentials) -> dict[str, dict[str, object]]:
    url = address(state)
    password = quote(credentials.postgres, safe="")
    return {
        "core": {
            "dags_folder": REPOSITORY / "dags",
            "plugins_folder": REPOSITORY / "plugins",
            "load_examples": False,
            "executor": "soket.orchestration.executor.WarmLocalExecutor",
            "parallelism": PARALLELISM,
            "default_timezone": "Asia/Ho_Chi_Minh",
            "execution_api_server_url": f"{url}/execution/",
            "fernet_key": credentials.fernet,
            # The name a process finds without asking any DNS server.
            "hostname_callable": "socket.gethostname",
            "dags_are_paused_at_creation": False,
            # A hundred plans take a busy machine more than the half minute that Airflow gives a file.
            "dagbag_import_timeout": 300,
            # Each write of a changed DAG comes with the file; waiting for a second one only delays it.
            "min_serialized_dag_update_interval": 5,
            "auth_manager": "soket.orchestration.auth_manager.PlanAuthManager",
            "simple_auth_manager_users": ",".join(f"{account.name}:{account.role}" for account in state.spec.accounts),
            "simple_auth_manager_passwords_file": passwords_file(state),
        },
        "database": {
            "sql_alchemy_conn": (
                f"postgresql+psycopg2://{ROLE}:{password}@{HOST}:{state.ports['postgres']}/{DATABASE}"
            ),
        },
        "logging": {
            "logging_level": "INFO",
            "colored_console_log": False,
            "uvicorn_logging_level": "WARNING",
        },
        "api": {
            "base_url": url,
            "host": HOST,
            "port": state.ports["api"],
            "workers": 1,
            "secret_key": credentials.api,
            "expose_config": False,
        },
        "api_auth": {"jwt_secret": credentials.jwt},
        # How soon a worker sees that its task has ended, and how often it tells the server that it has not.
        "workers": {"min_heartbeat_interval": 1},
        "scheduler": {
            **_looks(state),
            # After a kill -9: how soon lost tasks are noticed.
            "task_instance_heartbeat_timeout": 60,
            "orphaned_tasks_check_interval": 30,
            "enable_health_check": False,
            # The interval of figures that nobody collects here.
            "pool_metrics_interval": 3600,
            "ti_metrics_interval": 3600,
            "dagrun_metrics_interval": 3600,
        },
        "dag_processor": {
            # What has changed is seen within the first; the second is for what nobody thought of.
            "refresh_interval": 15,
            "min_file_process_interval": READ_AGAIN,
            "dag_bundle_config_list": json.dumps([BUNDLE]),
            "dag_file_processor_timeout": 600,
            "parsing_processes": 1,
            "print_stats_interval": 300,
        },
        # Of each plan some ten steps wait at once; a thousand, Airflow's limit, would be a hundred plans.
        "triggerer": {"job_heartbeat_sec": 5, "capacity": 10_000},
        "metrics": {"statsd_on": False, "otel_on": False},
    }


def _looks(state: State) -> dict[str, object]:
    """Return how often the scheduler looks, in seconds, and how many running runs a look examines, which mostly wait.

    Looks cost processor for nothing: five a second 12 to 15 CPU seconds a minute, with the database's; a task starts
    that much later. A look costs as much as examining eight runs. New runs come first, then those not looked at for
    longest, and of many plans, with two runs each, a step whose forerunner has ended waits for its run's turn: of
    twenty for eight seconds at most, of a hundred for forty. What people wait for is one step.
    """
    plans = {folder.name.partition("/")[0] for folder in state.spec.folders}
    seconds, runs = (0.7, 8) if len(plans) <= _FEW_PLANS else (2.0, 10)
    return {"scheduler_idle_sleep_time": seconds, "max_dagruns_per_loop_to_schedule": runs}


def _stores(state: State, credentials: Credentials, identity: str | None, jobs: Sequence[str]) -> dict[str, str]:
    own = {STORE_CONNECTION: identity} if identity else {}
    of_tasks = {f"{STORE_CONNECTION}_{job.upper()}": job for job in jobs}
    return {name: store_connection(state, credentials.of(each)) for name, each in {**own, **of_tasks}.items()}


def store_connection(state: State, keys: KeyPair) -> str:
    """Return the connection to the bucket with a key pair, whosever it is, as Airflow writes it."""
    bucket = state.spec.bucket
    extra: dict[str, object] = {"endpoint_url": endpoint(state), "region_name": REGION, "bucket": bucket}
    return _connection("generic", state.ports["s3"], *keys, schema=bucket, extra=extra)


def _smtp_connection(state: State, credentials: Credentials) -> str:
    # STARTTLS with a certificate signed by itself, on the loopback: encrypted, and nobody to vouch for it.
    extra = {"disable_ssl": True, "disable_tls": False, "ssl_context": "none", "from_email": MAIL_USER, "timeout": 10}
    return _connection("smtp", state.ports["smtp"], MAIL_USER, credentials.mail, extra=extra)


def _imap_connection(state: State, credentials: Credentials) -> str:
    extra: dict[str, object] = {"use_ssl": False, "timeout": 10}
    return _connection("imap", state.ports["imap"], MAIL_USER, credentials.mail, extra=extra)


def _connection(
    kind: str, port: int, login: str, password: str, *, extra: dict[str, object], schema: str | None = None
) -> str:
    fields = {"conn_type": kind, "host": HOST, "port": port, "login": login, "password": password, "extra": extra}
    return json.dumps(fields | ({"schema": schema} if schema else {}))
