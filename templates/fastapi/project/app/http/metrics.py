"""Metrics for Prometheus: process, requests by route, connections to the database."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import Scope

from app.db.database import Database
from app.http.middleware import Measure
from app.http.request import route_of

_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]


def create_metrics() -> tuple[CollectorRegistry, Measure]:
    """The registry, and what measures a request.

    Labels use the pattern of the route, so that the number of series stays small.
    """
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    durations = Histogram(
        "http_request_duration_seconds",
        "Duration of requests by method, route and status.",
        ["method", "route", "status"],
        buckets=_BUCKETS,
        registry=registry,
    )

    def measure(scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope) or "unknown"
        durations.labels(scope["method"], route, str(status)).observe(seconds)

    return registry, measure


class _Connections(Collector):
    def __init__(self, db: Database) -> None:
        self.db = db

    def collect(self) -> Iterable[GaugeMetricFamily]:
        usage: Mapping[str, int] = self.db.usage()
        gauge = GaugeMetricFamily(
            "database_connections",
            "Database connections by state, and requests waiting for one.",
            labels=["state"],
        )
        for state, number in usage.items():
            gauge.add_metric([state], number)
        yield gauge


@contextmanager
def serve_metrics(
    registry: CollectorRegistry,
    db: Database,
    *,
    host: str | None,
    port: int,
) -> Iterator[None]:
    """Serves `/metrics` on a port of its own, so that it is not public together with the API."""
    registry.register(_Connections(db))
    server, thread = start_http_server(port, host or "0.0.0.0", registry)  # noqa: S104
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
