import type { SettingName, SettingRow } from './setting-table.ts';
import { endpointSettings } from './setting-table.ts';

export const isSetting = (name: string): name is SettingName =>
  Object.hasOwn(endpointSettings, name);

export const settingNames: readonly SettingName[] = Object.keys(endpointSettings).filter(isSetting);

export const settingRow = (name: SettingName): SettingRow => endpointSettings[name];

/** What is typed behind flags for an endpoint: its settings, and how its name is inflected. */
export const requestFlags = [...settingNames, 'singular', 'plural'] as const;
export type RequestFlag = (typeof requestFlags)[number];

/** Whether a flag takes no value: it only says `--no-<flag>`. */
export const isSwitch = (flag: string): boolean =>
  isSetting(flag) && settingRow(flag).takes === undefined;

/** The flag of a setting, without its dashes. */
export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/** A value as it is typed behind its flag; undefined where there is nothing to type. */
export function settingText(value: unknown): string | undefined {
  const isList = Array.isArray(value);
  const words =
    typeof value === 'object' && value !== null && !isList
      ? Object.entries(value).map((rule) => rule.join('='))
      : isList
        ? value
        : [value ?? ''];
  return words.join(',') || undefined;
}
