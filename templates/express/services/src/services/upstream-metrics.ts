import { Gauge, Histogram, type Registry } from 'prom-client';

const durationName = 'upstream_call_duration_seconds';
const openName = 'upstream_circuit_open';

/** Measures the calls to a service, and whether its circuit is open. */
export function measureUpstream(registry: Registry, upstream: string, isOpen: () => boolean) {
  const circuits = circuitsOf(registry);
  circuits.set(upstream, isOpen);
  const durations =
    histogramIn(registry) ??
    new Histogram({
      name: durationName,
      help: 'Duration of attempts to call other services, by service and outcome.',
      labelNames: ['upstream', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    });
  return (outcome: string, seconds: number) => durations.observe({ upstream, outcome }, seconds);
}

function histogramIn(registry: Registry): Histogram | undefined {
  const found = registry.getSingleMetric(durationName);
  return found instanceof Histogram ? found : undefined;
}

const known = new WeakMap<Registry, Map<string, () => boolean>>();

/** The services of a registry, all in one gauge. */
function circuitsOf(registry: Registry): Map<string, () => boolean> {
  const there = known.get(registry);
  if (there) return there;
  const circuits = new Map<string, () => boolean>();
  known.set(registry, circuits);
  new Gauge({
    name: openName,
    help: 'Whether calls to a service are refused since too many have failed: 1 or 0.',
    labelNames: ['upstream'],
    registers: [registry],
    collect() {
      for (const [upstream, isOpen] of circuits) this.set({ upstream }, isOpen() ? 1 : 0);
    },
  });
  return circuits;
}
