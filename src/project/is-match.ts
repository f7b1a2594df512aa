import picomatch from 'picomatch';

/** Whether globs match a path. Of those that say yes and those that say no, the last one wins. */
export function isMatch(globs: readonly string[], path: string): boolean {
  return globs.reduce((isIn, each) => {
    const [, no, glob = ''] = /^(!?)(?:\.?\/)?(.*?)\/*$/.exec(each) ?? [];
    return picomatch.isMatch(path, glob) ? no === '' : isIn;
  }, false);
}
