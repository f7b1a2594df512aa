import { maxLength } from '../../manifest/sizes.ts';
import { addressEnd, longAddress } from '../endpoint/long-address.ts';
import { toLiteral } from '../python/literal.ts';
import type { ResourceField } from '../resource.ts';

/** Texts longer than a part that they must have: at the greatest length, and beyond. */
const lengthened = (part: string, filled: (length: number) => string) => ({
  outside: (field: ResourceField) => [{ which: 'too long', value: filled(maxLength(field) + 1) }],
  extremes: (field: ResourceField) =>
    maxLength(field) > part.length
      ? [{ which: 'the longest', value: filled(maxLength(field)) }]
      : [],
});

const site = 'https://example.com/';
export const longUrls = lengthened(site, (length) => `${toLiteral(site)}.ljust(${length}, "x")`);

export const longAddresses = lengthened(addressEnd, (length) => {
  const { local, labels } = longAddress(length);
  return `${toLiteral(`${local}@`)} + "x." * ${labels} + "example.com"`;
});
