import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { picker } from '../accounts/fuzz-values.ts';
import { anyDocument, type FuzzRequest } from './fuzz-documents.ts';
import type { World } from './world.ts';

/** On both databases together; `GRAPHQL_FUZZ=10000` asks for as many. */
const requests = Number(process.env.GRAPHQL_FUZZ ?? 1000) / 2;
const atATime = 16;
const patience = 10_000;

/** What nobody but the owner of the code wants to know. */
const innards =
  /\n\s+at |\bat [\w.<> ]+\(|file:\/\/|node_modules|\.(ts|js):\d|\b(select|insert into|update|delete from) "|Kysely|pglite|postgres/i;

type Sent = { sent: FuzzRequest; status: number; text: string };

/** Documents that are wrong somewhere, by every caller. */
export function fuzzed(project: () => string, world: () => World, seed: number): void {
  it(`answers ${requests} documents that are wrong somewhere, without a failure or a hang`, async () => {
    const schema = buildSchema(await readFile(join(project(), 'schema.graphql'), 'utf8'));
    const { url, callers, rest, tokenOf } = world();
    const ids = [
      ...callers.flatMap(({ id }) => id ?? []),
      ...(await rest.idsOf('/posts', tokenOf('admin'))),
      ...(await rest.idsOf('/notes', tokenOf('admin'))),
      ...['', 'x', crypto.randomUUID()],
    ];
    const pick = picker(seed);
    const all = Array.from({ length: requests }, () => ({
      sent: anyDocument(pick, schema, ids),
      token: pick(callers).token,
      accept: pick(['application/json', 'application/graphql-response+json', '*/*']),
    }));
    const answers: Sent[] = [];
    const send = async ({ sent, token, accept }: (typeof all)[number]) => {
      const response = await fetch(`${url}/api/graphql`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Accept: accept,
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(sent),
        signal: AbortSignal.timeout(patience),
      });
      answers.push({ sent, status: response.status, text: await response.text() });
    };
    for (let at = 0; at < all.length; at += atATime) {
      await Promise.all(all.slice(at, at + atATime).map(send));
    }

    const codes = new Map<string, number>();
    for (const { sent, status, text } of answers) {
      const { data, errors, error } = JSON.parse(text);
      const told = errors?.map((each: Told) => each.extensions.code) ?? [error?.code ?? 'none'];
      for (const code of told) codes.set(code, (codes.get(code) ?? 0) + 1);
      const asked = JSON.stringify(sent);
      // A server without a fault may still say that a row has changed meanwhile.
      expect([asked, status < 500, told.includes('INTERNAL_ERROR')]).toEqual([asked, true, false]);
      const messages = JSON.stringify([errors?.map(({ message }: Told) => message), error]);
      expect([asked, innards.exec(messages)?.[0]]).toEqual([asked, undefined]);
      if (data === undefined) expect([asked, errors ?? error]).not.toEqual([asked, undefined]);
    }
    // All kinds of answers are among them, or the documents were not wrong in many ways.
    const expected = ['none', 'BAD_REQUEST', 'NOT_FOUND', 'FORBIDDEN'];
    expect([...codes.keys()]).toEqual(expect.arrayContaining(expected));
    expect((await fetch(`${url}/health`)).status).toBe(200);
  }, 600_000);
}

type Told = { message: string; extensions: { code: string } };
