import type { TablesOf } from '../stack.ts';

const creating = ['create table', 'rename to', 'createTable(', 'renameTo('];
const dropping = ['drop table', 'dropTable('];
const touching = ['table', 'index on', 'into', 'update', 'from'];
const touchingByBuilder = ['alterTable(', 'insertInto(', 'updateTable(', 'deleteFrom(', '.on('];

/** Reads SQL and Kysely's builders, as far as to see which tables a migration is about. */
export function tablesOf(migration: string): TablesOf {
  const up = wayUp(migration);
  return {
    named: namesBehind([...creating, ...dropping, ...touching, ...touchingByBuilder], up),
    created: namesBehind(creating, up),
    dropped: namesBehind(dropping, up),
  };
}

function namesBehind(words: readonly string[], text: string): Set<string> {
  const starts = words.map(patternOf).join('|');
  const name = /(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?["'`]?(\w+)/.source;
  const found = text.matchAll(new RegExp(`(?:${starts})${name}`, 'gi'));
  return new Set([...found].map(([, table = '']) => table));
}

function patternOf(words: string): string {
  if (words === 'index on') return '\\bindex\\s[^;`]*?\\son\\s+';
  if (words.endsWith('(')) return `${words.replace(/[.(]/g, '\\$&')}\\s*`;
  return `\\b${words.replace(' ', '\\s+')}\\s+`;
}

/** The part of a migration that is run to get its effect. */
export function wayUp(migration: string): string {
  const parts = migration.split(/^(?=export )/m);
  const isUp = (part: string) => /^export (?:async function|function|const) up\b/.test(part);
  return parts.find(isUp) ?? migration;
}
