import type { Notice } from '../manifest/change.ts';
import { breaksClients } from '../manifest/freeze.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { oldVersionsOf } from '../manifest/old-versions.ts';
import type { Renames } from '../manifest/renames.ts';
import { unfilledFields } from '../stacks/endpoint/shape-difference.ts';
import type { Stack } from '../stacks/stack.ts';

type Compared = { before: Manifest; after: Manifest; renames: Renames; stack: Stack };

/** What a change means for the clients of old versions. */
export function versionNotices(change: Compared): Notice[] {
  const { before, after } = change;
  const kept = oldVersionsOf(after).filter(([name]) => Object.hasOwn(before.versions ?? {}, name));
  return [...kept.flatMap(([name]) => noticesOf(name, change)), ...redirectNotices(change)];
}

function noticesOf(name: string, { before, after, renames, stack }: Compared): Notice[] {
  const moved = renames.endpoint;
  const frozenIn = (manifest: Manifest, plural: string) =>
    manifest.versions?.[name]?.endpoints?.[plural];
  const ofEndpoints = Object.keys(after.endpoints).flatMap((plural): Notice[] => {
    const from = moved?.to === plural ? moved.from : plural;
    const [was, is] = [frozenIn(before, from), frozenIn(after, plural)];
    const [old, now] = [before.endpoints[from], after.endpoints[plural]];
    if (was !== undefined && is === undefined) {
      return [note(`${name} shares ${plural} with the newest version again.`)];
    }
    if (is === undefined) {
      const isBroken = old && now && from === plural && breaksClients(old.fields, now.fields);
      const message = `${name} shares ${plural}: its clients meet this change too.`;
      return isBroken ? [{ kind: 'warning', path: 'backend.json', message }] : [];
    }
    const mapping = mappingOf(name, plural, after, stack);
    const unfilled = unfilledFields(after, name, plural);
    const isNew = was === undefined;
    const before_ = isNew || from !== plural ? [] : unfilledFields(before, name, plural);
    const missing = unfilled.filter((field) => !before_.includes(field));
    return [
      ...(isNew ? [note(`${name} keeps ${plural} as it was; its mapping is ${mapping}.`)] : []),
      ...missing.map((field): Notice => {
        const message = `${name} cannot create ${plural} before ${mapping} says what \`${field}\` becomes, which it does not send.`;
        return { kind: 'warning', path: 'backend.json', message };
      }),
    ];
  });
  const gone = Object.keys(before.endpoints)
    .filter((plural) => !Object.hasOwn(after.endpoints, plural))
    .map((plural) =>
      plural === moved?.from
        ? note(`${name} has ${moved.to} in place of ${plural} from now on, too.`)
        : note(`${name} loses ${plural} too.`),
    );
  return [...ofEndpoints, ...gone];
}

const note = (message: string): Notice => ({ kind: 'note', path: 'backend.json', message });

/** Where a person edits what an old version makes of an endpoint. */
function mappingOf(name: string, plural: string, after: Manifest, stack: Stack): string {
  const files = stack.renderEndpoint(after, plural).map(({ path }) => path);
  return files.find((path) => path.includes(`/${name}/`) && /\bmapping\./.test(path)) ?? plural;
}

/** A newer version has another path for the redirect of sign-in with OpenID Connect. */
function redirectNotices({ before, after }: Compared): Notice[] {
  const [old, now] = [before, after].map(({ versions = {} }) => Object.keys(versions).length);
  const isNewer = (now ?? 0) > (old ?? 0) && before.basePath !== after.basePath;
  if (!isNewer || !after.accounts?.includes('oidc')) return [];
  const path = `${after.basePath}/auth/oidc/<name>/callback`;
  return [note(`Register PUBLIC_URL + ${path} as the redirect URI at the providers.`)];
}
