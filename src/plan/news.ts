import { isNewer } from '../manifest/version.ts';

/** The lines of one version in the changelog, including headings. */
export type News = { version: string; lines: string[] };

/**
 * What is new in a changelog (https://keepachangelog.com) after a version, up to and including
 * another; the newest version first.
 */
export function newsSince(changelog: string, since: string, upTo: string): News[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((part): News => {
      const [heading = '', ...lines] = part.split(/\r?\n/);
      const version = /^\[([^\]]+)\]/.exec(heading)?.[1] ?? '';
      return { version, lines: lines.filter((line) => line.trim() !== '') };
    })
    .filter(({ version }) => isNewer(version, since) && !isNewer(version, upTo));
}
