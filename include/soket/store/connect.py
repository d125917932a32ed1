"""Opens the bucket that the environment names."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from soket.connection import from_environment, password_of
from soket.store.s3 import S3Store

if TYPE_CHECKING:
    from boto3.session import Session
    from mypy_boto3_s3 import S3Client

CONNECTION = "soket_store"  # and, for tasks, `soket_store_<job>`: each knows the key of its job alone
ENVIRONMENT_VARIABLE = "AIRFLOW_CONN_SOKET_STORE"

_MAKING = Lock()  # a session is no more than one thread's at a time; its clients are anybody's
_WORTH_ASKING = 256 * 1024  # bytes of a body that a server who refuses it might not take off the line


class NoStoreError(RuntimeError):
    """The environment names no bucket."""


@dataclass(frozen=True)
class StoreSettings:
    """Where the bucket is and who asks."""

    endpoint_url: str | None  # None: Amazon's own
    access_key: str
    secret_key: str
    bucket: str
    region: str = "us-east-1"

    @classmethod
    def of(cls, login: str | None, password: str | None, extra: Mapping[str, Any]) -> StoreSettings:
        """Return the settings an Airflow connection holds; raise NoStoreError saying what it lacks."""
        secret = password_of(password, extra)
        if not (login and secret and extra.get("bucket")):
            raise NoStoreError(
                f"Kết nối «{CONNECTION}» thiếu login, password (hoặc extra.password_file) hay extra.bucket. "
                "Khai báo lại kết nối này (xem README), rồi chạy lại."
            )
        return cls(
            endpoint_url=extra.get("endpoint_url"),
            access_key=login,
            secret_key=secret,
            bucket=extra["bucket"],
            region=extra.get("region_name", "us-east-1"),
        )

    @classmethod
    def from_environment(cls) -> StoreSettings:
        """Return the settings in `AIRFLOW_CONN_SOKET_STORE`; raise NoStoreError where there are none."""
        found = from_environment(ENVIRONMENT_VARIABLE)
        if found is None:
            raise NoStoreError("Chưa biết kho dữ liệu ở đâu. Khởi động hệ thống bằng `soket up`, rồi chạy lại.")
        return cls.of(found.login, found.password, found.extra)


def open_store(settings: StoreSettings) -> S3Store:
    """Return the bucket, ready for use; nothing is asked of it yet."""
    # A restarted server answers 500 for some seconds: ride it out before failing a task.
    client = s3_client(settings, retries={"mode": "standard", "total_max_attempts": 8}, max_pool_connections=32)
    return S3Store(client, settings.bucket)


def s3_client(settings: StoreSettings, **config: Any) -> S3Client:  # noqa: ANN401 - botocore's settings
    """Return a client of its own for somebody's keys; what clients are made of is read once for all of them.

    Alone, each would read it again, for a seventh of a second and eleven megabytes. botocore asks a server before each
    write whether it may send the body, and works out anew for each call how it calls itself: a quarter of what a call
    costs, and a round trip.
    """
    from botocore.config import Config

    with _MAKING:
        client = _session().client(
            "s3",
            endpoint_url=settings.endpoint_url,
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            region_name=settings.region,
            config=Config(s3={"addressing_style": "path"}, user_agent="soket", **config),
        )
    client.meta.events.register_last("before-call.s3", _send_small_bodies_unasked)
    return client


def _send_small_bodies_unasked(params: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - botocore's
    from botocore.utils import determine_content_length

    if (determine_content_length(params["body"]) or 0) < _WORTH_ASKING:
        params["headers"].pop("Expect", None)


@lru_cache(maxsize=1)
def _session() -> Session:
    """Return what makes clients; they read moments by Python's own means, which botocore's take four times as long as.

    Of a listing, whose objects have a moment each, that is three quarters of the processor time.
    """
    from boto3.session import Session
    from botocore.session import get_session

    core = get_session()
    core.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=_moment)
    return Session(botocore_session=core)


def _moment(told: str) -> datetime:
    """Return a moment as a listing (2030-10-18T08:00:00Z) or, by botocore's means, anything else tells it."""
    from botocore.utils import parse_timestamp

    with suppress(ValueError):
        moment = datetime.fromisoformat(told)
        if moment.tzinfo is not None:
            return moment
    return parse_timestamp(told)
