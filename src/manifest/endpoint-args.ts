import type { RequestFlag } from './endpoint-settings.ts';
import { flagOf, isSwitch, requestFlags, settingNames, settingText } from './endpoint-settings.ts';
import { formatField } from './field-grammar.ts';
import type { Endpoint } from './manifest.ts';
import { shellWord } from './shell.ts';

/** What was typed behind `gen endpoint`. */
export type EndpointRequest = { name: string; fields: readonly string[] } & {
  [Flag in RequestFlag]?: string | undefined;
};

/** The request as the arguments of a `gen` that asks nothing. */
export function endpointArgs(request: EndpointRequest): string[] {
  const { name, fields, ...typed } = request;
  const flags = requestFlags.flatMap((flag) => {
    const value = typed[flag];
    if (value === undefined) return [];
    if (!isSwitch(flag)) return [`--${flagOf(flag)}`, value];
    return value === 'false' ? [`--no-${flagOf(flag)}`] : [];
  });
  return ['endpoint', name, ...fields, ...flags];
}

/** The request as a command that asks nothing. */
export function endpointCommand(request: EndpointRequest): string {
  return ['gen', ...endpointArgs(request)].map(shellWord).join(' ');
}

/** The request that makes an endpoint of a manifest again. */
export function requestOf(plural: string, endpoint: Endpoint): EndpointRequest {
  const { singular, fields, ...settings } = endpoint;
  const texts = settingNames.map((setting) => [setting, settingText(settings[setting])]);
  return {
    name: plural,
    fields: Object.entries(fields).map(([name, field]) => formatField(name, field)),
    singular,
    plural,
    ...Object.fromEntries(texts),
  };
}
