"""Limits of requests: in this process, in Redis, and while Redis is away."""

import os
import time

import anyio
import pytest
from redis.asyncio import Redis

from app.about import BASE_PATH, NAME
from app.db.database import Database
from app.http.rate_limit import Limits, parse_rate
from tests.api import Api, start_api

pytestmark = pytest.mark.anyio

PATH = f"{BASE_PATH}/nowhere"


@pytest.mark.parametrize(
    ("rate", "parsed"),
    [("1/second", (1, 1)), ("300/minute", (300, 60)), ("5/hour", (5, 3600)), ("9/day", (9, 86400))],
)
def test_reads_rates(rate: str, parsed: tuple[int, int]) -> None:
    assert parse_rate(rate) == parsed


@pytest.mark.parametrize("rate", ["", "0/minute", "1.5/minute", "10/week", "x/second"])
def test_refuses_other_rates(rate: str) -> None:
    with pytest.raises(ValueError, match="Unknown rate"):
        parse_rate(rate)


async def test_every_answer_says_what_is_left(db: Database) -> None:
    async with start_api(db, rate_limit="2/minute") as limited:
        answers = [await limited.get(PATH) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    refused = answers[2]
    assert refused.headers["ratelimit-policy"] == "2;w=60"
    assert refused.headers["ratelimit-limit"] == "2"
    assert refused.headers["retry-after"] == refused.headers["ratelimit-reset"]
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.json()["error"]["code"] == "RATE_LIMITED"


async def test_the_window_ends(db: Database) -> None:
    async with start_api(db, rate_limit="1/second") as limited:
        assert (await limited.get(PATH)).status_code == 404
        assert (await limited.get(PATH)).status_code == 429
        await anyio.sleep(1.1)
        assert (await limited.get(PATH)).status_code == 404


async def test_documentation_counts_and_health_does_not(db: Database) -> None:
    async with start_api(db, rate_limit="1/hour") as limited:
        assert (await limited.get("/docs")).status_code == 200
        assert (await limited.get("/openapi.json")).status_code == 429
        assert [(await limited.get("/health")).status_code for _ in range(3)] == [200] * 3


async def test_clients_behind_a_trusted_proxy_are_told_apart(db: Database) -> None:
    async with start_api(db, rate_limit="1/hour", trust_proxy="loopback") as limited:
        statuses = [
            (await limited.get(PATH, headers={"X-Forwarded-For": address})).status_code
            for address in ["203.0.113.1", "203.0.113.1", "203.0.113.2"]
        ]
    assert statuses == [404, 429, 404]


async def test_a_proxy_may_add_a_line_of_its_own(db: Database) -> None:
    async with start_api(db, rate_limit="1/hour", trust_proxy="1") as limited:
        statuses = [
            (await limited.get(PATH, headers=[(name, forged), (name, "203.0.113.9")])).status_code
            for name, forged in [("X-Forwarded-For", f"203.0.113.{each}") for each in range(2)]
        ]
    assert statuses == [404, 429]


async def test_all_addresses_of_an_ipv6_customer_share_a_limit(db: Database) -> None:
    addresses = ["2001:db8:1:100::1", "2001:db8:1:1ff:2:3:4:5", "2001:db8:1:200::1", "not-an:ip"]
    async with start_api(db, rate_limit="1/hour", trust_proxy="loopback") as limited:
        statuses = [
            (await limited.get(PATH, headers={"X-Forwarded-For": address})).status_code
            for address in addresses
        ]
    assert statuses == [404, 429, 404, 404]


async def test_headers_of_others_make_no_new_client(db: Database) -> None:
    async with start_api(db, rate_limit="1/hour") as limited:
        statuses = [
            (await limited.get(PATH, headers={"X-Forwarded-For": address})).status_code
            for address in ["203.0.113.1", "203.0.113.2"]
        ]
    assert statuses == [404, 429]


async def test_counts_by_itself_while_redis_is_away() -> None:
    limits = Limits(NAME, "redis://127.0.0.1:1")
    started = time.monotonic()
    hits = [(await limits.count("all", 60, "client"))[0] for _ in range(100)]
    assert hits == list(range(1, 101))
    assert time.monotonic() - started < 3
    assert limits.redis.is_away


@pytest.mark.skipif("REDIS_URL" not in os.environ, reason="needs a Redis server")
class TestRedis:
    async def test_processes_share_their_counters(self, api: Api) -> None:
        url = os.environ["REDIS_URL"]
        project = f"test-{time.time_ns()}"
        one, other = Limits(project, url), Limits(project, url)
        hits = [(await each.count("all", 60, "client"))[0] for each in (one, other, one)]
        assert hits == [1, 2, 3]
        assert not one.redis.is_away
        assert (await one.count("other", 60, "client"))[0] == 1
        redis = Redis.from_url(url)
        keys = [key async for key in redis.scan_iter(f"*{project}*")]
        assert len(keys) == 2
        lives = [await redis.ttl(key) for key in keys]
        assert all(0 < seconds <= 60 for seconds in lives)
        await redis.delete(*keys)
        await redis.aclose()
        await one.close()
        await other.close()
