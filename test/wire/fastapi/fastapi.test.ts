import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renameRoutes } from '../../../src/stacks/fastapi/wire/rename.ts';
import { wireRoutes } from '../../../src/stacks/fastapi/wire/routes.ts';
import { unwireRoutes } from '../../../src/stacks/fastapi/wire/unwire.ts';
import { expectCase } from '../cases.ts';

const orders = { name: 'orders_router', module: 'app.modules.orders.router' };
const bookings = { name: 'bookings_router', module: 'app.modules.bookings.router' };

const wire = (text: string) => wireRoutes(text, orders);
const unwire = (text: string) => unwireRoutes(text, orders);
const folderOf = (kind: string) => join(import.meta.dirname, kind);
const beforeOf = (kind: string, name: string) =>
  readFileSync(join(folderOf(kind), name, 'before.py'), 'utf8');
const namesOf = (kind: string) => readdirSync(folderOf(kind));

/** A body that says nothing becomes `pass`, and a list keeps the comma that it got. */
const changed = new Set(['ellipsis-only', 'loop-without-last-comma']);
/** These lose the `pass` or `...` that stood for the line. */
const replaced = new Set(['pass-only', 'ellipsis-only']);

describe('wired', () => {
  it.each(namesOf('routes'))('%s', (name) => {
    const { before, result } = expectCase(join(folderOf('routes'), name), wire, 'py');
    if (result.status === 'wired' && !replaced.has(name)) {
      expect(isPartOf(before, result.text)).toBe(true);
    }
  });

  it('alike with the line endings of Windows', () => {
    for (const name of namesOf('routes')) {
      const before = beforeOf('routes', name);
      if (before.includes('\r') || !/\n./.test(before)) continue;
      const plain = wire(before);
      const windows = wire(before.replaceAll('\n', '\r\n'));
      expect({ name, status: windows.status }).toEqual({ name, status: plain.status });
      if (plain.status === 'wired' && windows.status === 'wired') {
        expect(windows.text).toBe(plain.text.replaceAll('\n', '\r\n'));
      }
    }
  });

  it('for good, or not at all, wherever the file is cut off or has lost a line', () => {
    for (const name of namesOf('routes')) {
      for (const text of damaged(beforeOf('routes', name))) {
        const result = wire(text);
        if (result.status === 'wired') expect(wire(result.text)).toEqual({ status: 'already' });
      }
    }
  });
});

describe('taken out', () => {
  it.each(namesOf('unwire-routes'))('%s', (name) => {
    const folder = join(folderOf('unwire-routes'), name);
    const { before, result } = expectCase(folder, unwire, 'py');
    if (result.status === 'manual') {
      for (const line of result.snippet.split('\n')) expect(before).toContain(line);
    }
  });

  const wired = namesOf('routes').flatMap((name) => {
    const before = beforeOf('routes', name);
    const result = wire(before);
    if (result.status !== 'wired' || unwire(before).status !== 'already') return [];
    return [{ name, before, text: result.text }];
  });

  it.each(wired)('again: $name', ({ name, before, text }) => {
    const result = unwire(text);
    expect(result).toMatchObject({ status: 'wired' });
    if (result.status !== 'wired') return;
    if (!changed.has(name)) expect(result.text).toBe(before);
    expect(unwire(result.text)).toEqual({ status: 'already' });
    expect(wire(result.text)).toEqual({ status: 'wired', text });
  });

  it('for good, or not at all, where the file is damaged', () => {
    for (const name of namesOf('unwire-routes')) {
      for (const text of damaged(beforeOf('unwire-routes', name))) {
        const result = unwire(text);
        if (result.status === 'wired') expect(unwire(result.text)).toEqual({ status: 'already' });
      }
    }
  });
});

describe('renamed', () => {
  const texts = ['routes', 'unwire-routes'].flatMap((kind) =>
    namesOf(kind).map((name) => {
      const text = beforeOf(kind, name);
      const result = wire(text);
      return { name: `${kind}/${name}`, text: result.status === 'wired' ? result.text : text };
    }),
  );

  it.each(texts)('$name', ({ text }) => {
    const renamed = renameRoutes(text, orders, bookings);
    if (renamed.status !== 'wired') {
      if (renamed.status === 'already') expect(wire(text).status).not.toBe('already');
      return;
    }
    expect(renamed.text).not.toMatch(/^(?:from|import) .*\bmodules\.orders\b/m);
    expect(renameRoutes(renamed.text, orders, bookings)).toEqual({ status: 'already' });
    expect(renameRoutes(renamed.text, bookings, orders)).toEqual({ status: 'wired', text });
    expect(wireRoutes(renamed.text, bookings).status).toBe(wire(text).status);
  });

  it('keeps the place of the line, what stands around it, and the order of the imports', () => {
    const text = (imports: string[], name: string) =>
      [...imports, '', '', 'def add_routes(api):', `    api.include_router(${name}, prefix="/x")  # ours`, ''].join('\n');
    const posts = 'from app.modules.posts.router import router as posts_router';
    const tickets = { name: 'tickets_router', module: 'app.modules.tickets.router' };
    const of = ({ name, module }: typeof tickets) => `from ${module} import router as ${name}`;
    expect(renameRoutes(text([of(orders), posts], 'orders_router'), orders, tickets)).toEqual({
      status: 'wired',
      text: text([posts, of(tickets)], 'tickets_router'),
    });
  });

  it.each([
    ['where the new name is taken', 'bookings_router = 1', 'the name bookings_router is already declared in this file'],
    ['where the file cannot be parsed', 'include(', 'the file has syntax errors'],
  ])('is left to a person %s, who is shown the lines', (_, line, reason) => {
    const text = `from app.modules.orders.router import router as orders_router\n${line}\n`;
    expect(renameRoutes(text, orders, bookings)).toEqual({
      status: 'manual',
      reason,
      snippet: 'from app.modules.bookings.router import router as bookings_router',
    });
  });
});

describe('what a person is told to paste', () => {
  it('is the import and the line, each with its place', () => {
    expect(wireRoutes(undefined, orders)).toEqual({
      status: 'manual',
      reason: 'the file is missing: restore it first',
      snippet: [
        '# with the imports',
        'from app.modules.orders.router import router as orders_router',
        '',
        '# where the routers are included',
        'api.include_router(orders_router)',
      ].join('\n'),
    });
  });

  it('is the line alone where the import is there, with the name that the file gives it', () => {
    const text = 'from app.modules.orders.router import router as o\n';
    expect(wire(text)).toMatchObject({
      snippet: '# where the routers are included\napi.include_router(o)',
    });
  });

  it('is nothing to take out where the file is gone', () => {
    expect(unwireRoutes(undefined, orders)).toEqual({ status: 'already' });
  });
});

/** A text without its end, from every line on, and without every single line. */
function damaged(text: string): string[] {
  const lines = text.split(/(?<=\n)/);
  return lines.flatMap((_, at) => [lines.slice(0, at).join(''), lines.toSpliced(at, 1).join('')]);
}

/** Whether taking something out of `text` gives `part`. */
function isPartOf(part: string, text: string): boolean {
  let at = 0;
  for (let i = 0; i < text.length; i += 1) if (text[i] === part[at]) at += 1;
  return at === part.length;
}
