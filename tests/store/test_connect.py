"""What a client of the bucket makes of the moments that a store tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.utils import parse_timestamp

from soket.store.connect import StoreSettings, _moment, open_store, s3_client


@pytest.mark.parametrize(
    "told",
    ["2030-10-18T08:00:00Z", "2030-10-18T08:00:00.000Z", "2030-10-18T15:00:00+07:00", "Fri, 18 Oct 2030 08:00:00 GMT"],
)
def test_a_moment_is_what_botocore_makes_of_it(told: str) -> None:
    assert _moment(told) == parse_timestamp(told) == datetime(2030, 10, 18, 8, tzinfo=UTC)


def test_a_listing_is_read_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def parsed(told: str) -> datetime:
        read.append(told)
        return datetime(2030, 10, 18, tzinfo=UTC)

    monkeypatch.setattr("botocore.utils.parse_timestamp", parsed)
    client = open_store(StoreSettings("http://127.0.0.1:9", "key", "secret", "bucket")).client
    shape = client.meta.service_model.operation_model("ListObjectsV2").output_shape
    row = "<Contents><Key>a</Key><LastModified>2030-10-18T08:00:00Z</LastModified></Contents>"
    answer = {"status_code": 200, "headers": {}, "body": f"<ListBucketResult>{row}</ListBucketResult>".encode()}
    (found,) = client._endpoint._response_parser_factory.create_parser("rest-xml").parse(answer, shape)["Contents"]
    assert found["LastModified"] == datetime(2030, 10, 18, 8, tzinfo=UTC)
    assert read == []


def test_what_clients_are_made_of_is_read_once_and_each_has_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    first = s3_client(StoreSettings("http://127.0.0.1:9", "one", "secret", "bucket"))
    read: list[str] = []
    monkeypatch.setattr("botocore.loaders.JSONFileLoader.load_file", lambda _, path: read.append(path))
    second = s3_client(StoreSettings("http://127.0.0.1:9", "two", "secret", "bucket"), read_timeout=7)
    assert read == []
    assert [each._request_signer._credentials.access_key for each in (first, second)] == ["one", "two"]
    assert [each.meta.config.read_timeout for each in (first, second)] == [60, 7]


@pytest.mark.parametrize(("size", "asked"), [(0, False), (2_000, False), (1_000_000, True)])
def test_a_small_body_is_sent_unasked_and_a_large_one_is_not(size: int, asked: bool) -> None:
    sent: list[AWSPreparedRequest] = []

    def hold(request: AWSPreparedRequest, **_: object) -> None:
        sent.append(request)
        raise EOFError

    client = open_store(StoreSettings("http://127.0.0.1:9", "key", "secret", "bucket")).client
    client.meta.events.register("before-send.s3", hold)
    with pytest.raises(EOFError):
        client.put_object(Bucket="bucket", Key="key", Body=bytes(size))
    assert ("Expect" in sent[0].headers) is asked
    assert sent[0].headers["User-Agent"].startswith(b"soket ")
