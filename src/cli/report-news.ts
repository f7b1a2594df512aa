import type { News } from '../plan/news.ts';
import { out } from './colors.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** What a person gets with the versions since that of their project. */
export function reportNews(news: readonly News[]): void {
  for (const { version, lines } of news) {
    say(`\n${out.bold(`New in ${version}`)}`);
    for (const line of lines) say(`  ${line.replace(/^#+ (.*)$/, '$1:')}`);
  }
}
