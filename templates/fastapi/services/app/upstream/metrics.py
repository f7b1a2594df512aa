"""What Prometheus learns of calls to other services."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge, Histogram


class UpstreamMetrics:
    """Without a registry nobody sees them."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self._durations = Histogram(
            "upstream_call_duration_seconds",
            "Duration of attempts to call other services, by service and outcome.",
            ["upstream", "outcome"],
            buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            registry=registry,
        )
        self._open = Gauge(
            "upstream_circuit_open",
            "Whether calls to a service are refused since too many have failed: 1 or 0.",
            ["upstream"],
            registry=registry,
        )

    def add(self, upstream: str, is_open: Callable[[], bool]) -> None:
        self._open.labels(upstream).set_function(lambda: float(is_open()))

    def observe(self, upstream: str, outcome: str, seconds: float) -> None:
        self._durations.labels(upstream, outcome).observe(seconds)
