import picomatch from 'picomatch';

/** Whether globs match a path: of all matching and negated globs, the last one decides. */
export function isMatch(globs: readonly string[], path: string): boolean {
  return globs.reduce((isIn, each) => {
    const [, no, glob = ''] = /^(!?)(?:\.?\/)?(.*?)\/*$/.exec(each) ?? [];
    return picomatch.isMatch(path, glob) ? no === '' : isIn;
  }, false);
}
