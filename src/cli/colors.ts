import type { ChalkInstance, ColorSupportLevel } from 'chalk';
import { Chalk, supportsColor, supportsColorStderr } from 'chalk';

/** Colours where a person sees them: a stream that is piped gets none, and NO_COLOR takes them all. */
export const out = painter(supportsColor ? supportsColor.level : 0);
export const err = painter(supportsColorStderr ? supportsColorStderr.level : 0);

function painter(level: ColorSupportLevel): ChalkInstance {
  return new Chalk({ level: process.env.NO_COLOR ? 0 : level });
}
