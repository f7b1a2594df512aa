"""The rate limit of an endpoint."""

from typing import ClassVar

from app.about import BASE_PATH
from app.db.database import Database
from app.http.rate_limit import parse_rate
from tests.api import start_api
from tests.endpoint import NOBODY, EndpointTests, bare, needs

# Of all requests together: more than any endpoint allows.
_WIDE = "1000000/second"


class LimitTests(EndpointTests):
    # As `100/minute`; empty where the endpoint has no limit of its own.
    rate_limit: ClassVar[str] = ""

    @needs(table="rate_limit")
    async def test_tells_every_client_its_limit(self, db: Database) -> None:
        most, seconds = parse_rate(self.rate_limit)
        async with start_api(db, rate_limit=_WIDE) as api:
            for operation in self.endpoint.operations:
                answer = await api.request(*bare(operation, self.endpoint.url, NOBODY))
                policy = answer.headers["ratelimit-policy"]
                assert (operation, policy) == (operation, f"{most};w={seconds}")

    @needs(table="rate_limit")
    async def test_answers_429_beyond_it_while_other_paths_go_on(self, db: Database) -> None:
        most, seconds = parse_rate(self.rate_limit)
        url = self.endpoint.url
        name = url.removeprefix(f"{BASE_PATH}/")
        request = bare(self.endpoint.operations[0], url, NOBODY)
        async with start_api(db, rate_limit=_WIDE) as api:
            for _ in range(most - 1):
                await api.app.state.limits.count(name, seconds, "127.0.0.1")
            assert (await api.request(*request)).status_code != 429
            refused = await api.request(*request)
            assert refused.status_code == 429
            assert refused.json()["error"]["code"] == "RATE_LIMITED"
            assert int(refused.headers["retry-after"]) > 0
            assert (await api.get(f"{url}-elsewhere")).status_code == 404
