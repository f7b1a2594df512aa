import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Finding } from '../../src/check/promise.ts';
import { runChecks } from '../../src/check/run-checks.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { installedProject } from './accounts/project.ts';
import { accessFaults, faults, type Planted, tellsNoLocation } from './check/faults.ts';
import type { Asked } from './check/faulty-proxy.ts';
import { openFaultyProxy } from './check/faulty-proxy.ts';
import { createDatabase } from './postgres.ts';
import { copyProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

const tokens = z.object({ data: z.object({ accessToken: z.string() }) });

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const endpoints = [
  'npx gen endpoint posts title:string:min=3:max=120:search:sort slug:string:unique status:enum:draft,published:default=draft:filter price:decimal:min=0:max=100:filter:sort pin:string:private:max=10 at:datetime:optional:filter rank:integer:filter:sort tags:string:list:max=3:optional:filter opens:time:default=10:30 since:datetime:default=2026-01-31T12:00:00+02:00',
  'npx gen endpoint comments text:text --under posts --pagination offset',
  "npx gen endpoint notes text:string post:ref:posts --access 'read=owner,update=owner|moderator,delete=owner'",
];

/** A project with accounts, built. */
async function checkedProject(): Promise<string> {
  const project = await copyProject(await installedProject(), await ownFolder('checked'));
  for (const command of endpoints) await mustRun(command, project);
  await mustRun('npm run build', project);
  return project;
}

/** Thrown to end a run that has found what was planted. */
class Found extends Error {}

describe('gen check', () => {
  let project: string;
  let server: Server;
  let drop: () => Promise<void>;
  let admin: string;
  let manifest: Manifest;
  /** Without accounts: everything is asked as the one who administers. */
  let open: Manifest;
  beforeAll(async () => {
    project = await checkedProject();
    const database = await createDatabase();
    drop = database.drop;
    const env = { DATABASE_URL: database.url, AUTH_RATE_LIMIT: '1000000/minute' };
    await mustRun('npm run migrate', project, env);
    const make = 'npm run user -- create --email admin@example.com --role admin';
    await mustRun(`echo check-This-Service-1 | ${make}`, project, env);
    server = await startServer(project, env);
    admin = await signIn(server.url);
    const text = await readFile(join(project, 'backend.json'), 'utf8');
    manifest = parseManifest(text, 'backend.json', stacks);
    const { users: _, notes: __, ...others } = manifest.endpoints;
    open = { ...manifest, auth: 'none', endpoints: others };
  });
  afterAll(async () => {
    await server?.stop();
    await drop?.();
  });

  const pause = async () => {};
  const checked = (token?: string) =>
    runChecks(manifest, { url: server.url, token, pause, tell: () => {} });

  /** Whether a check of the service behind a fault finds one of these promises broken. */
  async function isFound({ fault, breaks }: Planted, what: Manifest, token?: string) {
    const proxy = await openFaultyProxy(server.url, fault);
    const tell = ({ status, promise }: Finding) => {
      if (status === 'broken' && breaks.test(promise)) throw new Found();
    };
    try {
      await runChecks(what, { url: proxy.url, token, pause, tell });
      return false;
    } catch (error) {
      if (error instanceof Found) return true;
      throw error;
    } finally {
      proxy.close();
    }
  }

  it('finds nothing in a service as it is generated, and leaves nothing behind', async () => {
    const found = await checked(admin);
    expect(found.findings.filter(({ status }) => status !== 'kept')).toEqual([]);
    expect(found.findings.length).toBeGreaterThan(150);
    expect(found.left).toEqual([]);
  });

  it('says what it could not try without a token', async () => {
    const { findings } = await checked();
    expect(findings.filter(({ status }) => status === 'broken')).toEqual([]);
    expect(findings.filter(({ status }) => status === 'unproved')).not.toEqual([]);
  });

  it.each(faults)('finds that $what', async (planted) => {
    const asAdmin = (asked: Asked) => {
      const headers = { ...asked.headers, authorization: `Bearer ${admin}` };
      return { headers, ...planted.fault.asks?.({ ...asked, headers }) };
    };
    const fault = { ...planted.fault, asks: asAdmin };
    expect(await isFound({ ...planted, fault }, open)).toBe(true);
  });

  it.each(accessFaults)('finds that $what', async (planted) => {
    const token = await signIn(server.url);
    const fault = planted.fault(token);
    expect(await isFound({ ...planted, fault }, manifest, token)).toBe(true);
  });

  it('prints what is broken, and ends with 1', async () => {
    const proxy = await openFaultyProxy(server.url, tellsNoLocation);
    const token = await signIn(server.url);
    const command = `npx gen check ${proxy.url} --token ${token}`;
    await expect(mustRun(command, project)).rejects.toThrow(
      /found +no location[\s\S]*promises kept/,
    );
    proxy.close();
    expect(await mustRun(`npx gen check ${server.url} --token ${token}`, project)).toMatch(
      /0 broken/,
    );
  });
});

async function signIn(url: string): Promise<string> {
  const data = { email: 'admin@example.com', password: 'check-This-Service-1' };
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ data }),
  });
  const body: unknown = await response.json();
  const { accessToken } = tokens.parse(body).data;
  return accessToken;
}
