import { packedTool } from '../../manifest/tool.ts';
import type { ToolNote } from '../stack.ts';

const LINE = /("create-backend"\s*:\s*")([^"\\]*)(")/;

/** A project with a package.json depends on this tool as on any other package. */
export const toolNote: ToolNote = {
  path: 'package.json',
  referenceTo: (tool) =>
    tool.kind === 'registry' ? tool.version : `file:${packedTool(tool.file)}`,
  isPacked: (reference) => reference.startsWith('file:'),
  read: (text) => LINE.exec(text)?.[2],
  write: (text, reference) =>
    text.replace(LINE, (_all, start: string, _old, end: string) => start + reference + end),
  installed: 'node_modules/create-backend',
};
