import type { Finding } from '../check/promise.ts';
import type { Checked } from '../check/run-checks.ts';
import { out } from './colors.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** Prints a promise that is not kept, when it is found; those that are kept are only counted. */
export function reportFinding(finding: Finding): void {
  if (finding.status !== 'broken') return;
  const { about, promise, request, found, expected } = finding;
  say(`${out.red('✗')} ${about}: ${promise}`);
  say(`    request   ${request}`);
  say(`    found     ${found}`);
  say(`    expected  ${expected}`);
}

/** Prints the counts, and what could not be tried and why. */
export function reportSummary({ findings, left }: Checked): void {
  const count = (status: Finding['status']) =>
    findings.filter((finding) => finding.status === status).length;
  const reasons = new Map<string, number>();
  for (const finding of findings) {
    if (finding.status !== 'unproved') continue;
    reasons.set(finding.reason, (reasons.get(finding.reason) ?? 0) + 1);
  }
  const mark = count('broken') === 0 ? out.green('✓') : out.red('✗');
  say(
    `${mark} ${count('kept')} promises kept, ${count('broken')} broken, ${count('unproved')} not tried`,
  );
  for (const [reason, times] of reasons) say(`${out.yellow('!')} ${times} not tried: ${reason}`);
  if (left.length > 0) {
    say(`${out.yellow('!')} Rows that could not be deleted again: ${left.join(', ')}`);
  }
}
