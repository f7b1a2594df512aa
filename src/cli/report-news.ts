import type { News } from '../plan/news.ts';
import { out } from './colors.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** Prints the changelog of the versions since that of the project. */
export function reportNews(news: readonly News[]): void {
  for (const { version, lines } of news) {
    say(`\n${out.bold(`New in ${version}`)}`);
    for (const line of lines) say(`  ${line.replace(/^#+ (.*)$/, '$1:')}`);
  }
}
