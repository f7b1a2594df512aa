import { expect, it, vi } from 'vitest';
import { expectGreen } from './checks.ts';
import { copyOfNew, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 240_000 });

it('is green with clients of other services, one that sends events', async () => {
  const project = await copyOfNew(await ownFolder('services'));
  await mustRun('npx gen service payments --required --webhook', project);
  await mustRun('npx gen service tax-rates', project);
  await mustRun('npm install --prefer-offline', project);
  await expectGreen(project);
  expect(await mustRun('npx gen list', project)).toMatch(/POST +\/api\/webhooks\/payments/);
});
