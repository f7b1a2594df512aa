import type { WriteStream } from 'node:tty';
import { Chalk } from 'chalk';
import { stderr } from './streams.ts';

type Style = 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow';
export type Colors = Record<Style, (text: string) => string>;

/** Colours for a terminal: none for a piped stream, and none with NO_COLOR. */
export const out = colorsOn(() => process.stdout);
export const err = colorsOn(stderr);

const plain = new Chalk({ level: 0 });
const colored = new Chalk({ level: 1 });

function colorsOn(stream: () => WriteStream): Colors {
  const paint = (style: Style) => (text: string) =>
    (isColored(stream(), process.env) ? colored : plain)[style](text);
  return {
    bold: paint('bold'),
    cyan: paint('cyan'),
    dim: paint('dim'),
    green: paint('green'),
    red: paint('red'),
    yellow: paint('yellow'),
  };
}

function isColored(stream: WriteStream, { NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && stream.hasColors();
}
