import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from './measure.ts';
import { measureGrowth, measureStacks, measureStart } from './own.ts';

const rounds = Number(process.env.ROUNDS ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'create-backend-bench-'));
try {
  console.log(`node ${process.version}, medians of ${rounds} runs, ratios to bare node\n`);
  console.log(table(measureStart(folder, rounds)));
  console.log(`\nRatios to a project of one endpoint\n\n${table(measureGrowth(folder, rounds))}`);
  console.log(`\nRatios to Express\n\n${table(measureStacks(folder, rounds))}`);
} finally {
  rmSync(folder, { recursive: true });
}
