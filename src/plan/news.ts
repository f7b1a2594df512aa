import { isNewer } from '../manifest/version.ts';

/** What the changelog says of one version: its lines, with the headings among them. */
export type News = { version: string; lines: string[] };

/**
 * What is new in a changelog (https://keepachangelog.com) since a version, up to and with another;
 * the newest version first, as it is written.
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
