import { packedTool } from '../../manifest/tool.ts';
import type { ToolNote } from '../stack.ts';

const LINE = /^(\[tool\.create-backend\]\s*\nversion = ")([^"\\\n]*)(")/m;

/** A project with a pyproject.toml says in a table of its own which tool made it. */
export const toolNote: ToolNote = {
  path: 'pyproject.toml',
  referenceTo: (tool) => (tool.kind === 'registry' ? tool.version : packedTool(tool.file)),
  isPacked: (reference) => reference.includes('/'),
  read: (text) => LINE.exec(text)?.[2],
  write: (text, reference) =>
    text.replace(LINE, (_all, start: string, _old, end: string) => start + reference + end),
  installed: '.backend/tool/node_modules/create-backend',
};
