import { describe, expect, it } from 'vitest';
import { formerNames } from '../../src/stacks/express/former-names.ts';
import { resourceView } from '../../src/stacks/express/resource-view.ts';
import { accountsManifest, everything, grown } from './manifests.ts';

const accounts = accountsManifest;
const manifest = grown(
  accounts,
  { name: 'drafts', fields: ['name'], access: 'read=owner' },
  { name: 'notes', fields: ['title', 'draft:ref:drafts'], under: 'drafts' },
  ...everything,
);
const views = Object.keys(manifest.endpoints).map((plural) => resourceView(manifest, plural));

/** Whether one of the views has a name, whatever its value. */
const isKnown = (name: string) =>
  views.some((view) => {
    let value: unknown = view;
    return name.split('.').every((part) => {
      if (typeof value !== 'object' || value === null || !(part in value)) return false;
      value = Reflect.get(value, part);
      return true;
    });
  });

describe.each(Object.entries(formerNames))('%s', (name, next) => {
  it('is gone, and what took its place is there', () => {
    expect(isKnown(name)).toBe(false);
    expect(next === '' || isKnown(next)).toBe(true);
  });
});
