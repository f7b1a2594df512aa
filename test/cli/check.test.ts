import { createServer } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectWith, run } from './run-bin.ts';

let project: string;
beforeAll(async () => {
  project = await projectWith('posts title');
});

const check = (...args: string[]) => run('gen', ['check', ...args], { cwd: project });

describe('gen check', () => {
  it.each([
    ['localhost:3000', 'is not the address of a service.'],
    ['http://localhost:3000/api', 'Expected one without a path'],
    ['ftp://localhost', 'is not the address of a service.'],
    ['http://localhost:1', 'Nothing answers at http://localhost:1: '],
    ['https://api.example.com', 'is on another machine, and a check makes and deletes rows'],
  ])('refuses %s', async (url, said) => {
    const { code, stdout, stderr } = await check(url);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toContain('gen check http');
  });

  it('answers one JSON document with --json, also where every promise is broken', async () => {
    const server = createServer((_req, res) => res.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = address instanceof Object ? address.port : 0;
    const { code, stdout, stderr } = await check(`http://127.0.0.1:${port}`, '--json');
    server.close();
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const { findings, left, result } = JSON.parse(stdout);
    expect({ left, result }).toEqual({ left: [], result: { status: 'broken' } });
    expect(findings).toContainEqual(
      expect.objectContaining({ about: 'posts', status: 'broken', found: 'no X-Request-Id' }),
    );
  });
});
