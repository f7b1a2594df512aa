import type { WireResult } from '../../../manifest/change.ts';

/** The router of an endpoint: its name in `app/routes.py`, and the module that has it. */
export type RouterName = { name: string; module: string };

const importOf = ({ name, module }: RouterName) => `from ${module} import router as ${name}`;
const mountOf = ({ name }: RouterName) => `    api.include_router(${name})`;

/** Puts the router of an endpoint in. */
export function wireRoutes(text: string | undefined, route: RouterName): WireResult {
  const snippet = `${importOf(route)}\n${mountOf(route)}`;
  if (text === undefined) {
    return { status: 'manual', reason: 'the file is missing: restore it first', snippet };
  }
  if (text.includes(mountOf(route))) return { status: 'already' };
  const imported = text.replace(
    /^from fastapi import APIRouter\n(?:\nfrom app\..*\n(?:from app\..*\n)*)?/m,
    (all) => `${all}${all.includes('from app.') ? '' : '\n'}${importOf(route)}\n`,
  );
  const wired = `${imported.trimEnd()}\n${mountOf(route)}\n`;
  return { status: 'wired', text: wired };
}

/** Takes the router of an endpoint out. */
export function unwireRoutes(text: string | undefined, route: RouterName): WireResult {
  if (text === undefined || !text.includes(route.module)) return { status: 'already' };
  const lines = [importOf(route), mountOf(route)];
  return {
    status: 'wired',
    text: text
      .split('\n')
      .filter((line) => !lines.includes(line))
      .join('\n'),
  };
}

/** Gives the router of an endpoint another name. */
export function renameRoutes(
  text: string | undefined,
  before: RouterName,
  after: RouterName,
): WireResult {
  const taken = unwireRoutes(text, before);
  return wireRoutes(taken.status === 'wired' ? taken.text : text, after);
}
