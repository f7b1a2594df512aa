/**
 * The timestamp of the next migration, 14 digits in UTC: now, or a second after the newest one, since
 * migrations run in the order of their names.
 */
export function nextTimestamp(migrations: readonly string[], clock: Date): string {
  const stamps = migrations.flatMap((name) => name.match(/^\d{14}(?=_)/) ?? []);
  const newest = stamps.sort().at(-1);
  const now = format(clock);
  if (newest === undefined || newest < now) return now;
  const [, year = '', month, day, hour, minute, second] =
    /^(....)(..)(..)(..)(..)(..)$/.exec(newest) ?? [];
  return format(
    new Date(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + 1000),
  );
}

function format(date: Date): string {
  return date.toISOString().replace(/\D/g, '').slice(0, 14);
}
