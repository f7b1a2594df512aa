import picomatch from 'picomatch';
import { parseDocument } from 'yaml';
import * as z from 'zod';

const schema = z.object({ packages: z.array(z.string()) });

/** The globs of a `pnpm-workspace.yaml`; none where it only has settings. */
export function globsOf(yaml: string): string[] {
  return schema.catch({ packages: [] }).parse(parseDocument(yaml).toJS()).packages;
}

/** Whether globs match a path. Of those that say yes and those that say no, the last one wins. */
export function isMatch(globs: readonly string[], path: string): boolean {
  return globs.reduce((isIn, each) => {
    const [, no, glob = ''] = /^(!?)(?:\.?\/)?(.*?)\/*$/.exec(each) ?? [];
    return picomatch.isMatch(path, glob) ? no === '' : isIn;
  }, false);
}
