import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdown, measure, type Subject, table, verdict } from '../measure.ts';
import {
  bare,
  bins,
  createSubject,
  genSubject,
  measureGrowth,
  measureStart,
  root,
} from '../own.ts';
import { timeToAnswer } from './answer.ts';
import { type Installed, installed, installOwn, installPeers, npm } from './install.ts';
import { peerSubjects } from './subjects.ts';

const rounds = Number(process.env.ROUNDS ?? 11);
const folder = mkdtempSync(join(tmpdir(), 'create-backend-peers-'));
const say = (text: string) => process.stderr.write(`${text}\n`);

try {
  say('Installing the peers');
  const own = await installOwn(folder);
  const peers = installPeers(folder);
  const subjects = peerSubjects(folder);
  say('Timing');
  const start = measureStart(folder, rounds);
  const growth = measureGrowth(folder, rounds);
  const beside = measure(
    [
      bare,
      createSubject(folder),
      subjects.create,
      genSubject('gen endpoint (9 files, wired, table, tests)', folder, 1),
      subjects.nest,
      subjects.hygen,
      subjects.plop,
      subjects.adonis,
    ],
    rounds,
  );
  const cold = measure(coldSubjects(own.tarball), 1);
  say('Installing what they make');
  const projects = madeProjects();
  const answer = await timeToAnswer(folder, 'service', 3);

  const size = ({ version, count, megabytes }: Installed) => [
    version,
    `${count}`,
    megabytes.toFixed(1),
  ];
  const sizes: [string, Installed][] = [
    ['create-backend', own],
    ['@nestjs/cli', peers.nest],
    ['hygen', peers.hygen],
    ['plop', peers.plop],
    ['AdonisJS 6 with ace', peers.adonis],
  ];
  const text = `# What the tool costs, beside its peers

Made by \`npm run bench -- --peers\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores of ${cpus()[0]?.model}. Medians of ${rounds} rounds in which all commands of a table take turns, after one that is not counted; ratios are to the first line. CPU is user and system time, which other work on the machine changes less. \`NODE_EXTRA_CA_CERTS\` is taken out of the environment: where it is set, bare Node 20 takes three times as long, and every ratio looks better than it is.

## Start-up

${table(start)}

## Growth: one endpoint more in a project of so many

${table(growth)}

## Peers

Each does what comes closest. hygen and plop write as many lines into as many files as our endpoint has, without computing anything; \`ace\` writes one file with empty methods.

${table(beside)}

## Cold: \`npx\` with an empty cache, help only

Ours comes from the packed tarball, the other from the registry, so its time holds the network's.

${table(cold)}

## Installed tools

${markdown(
  ['', 'version', 'packages', 'MB'],
  sizes.map(([name, each]) => [name, ...size(each)]),
)}

## Installed projects

As generated, with what they develop and test with. AdonisJS is not here: its starter kits come from GitHub, not from the registry.

${markdown(
  ['', 'packages', 'MB', 'packages to run', 'MB to run'],
  projects.map(({ name, all, run }) => [
    name,
    `${all.count}`,
    all.megabytes.toFixed(0),
    `${run.count}`,
    run.megabytes.toFixed(0),
  ]),
)}

From \`npm start\` to the first answer of \`/ready\`, which asks PostgreSQL: ${answer.toFixed(0)} ms (goal 1000: ${verdict(answer <= 1000)}).
`;
  writeFileSync(join(root, 'test/bench/results.md'), text);
  console.log(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function coldSubjects(tarball: string): Subject[] {
  const cache = join(folder, 'npm-cache');
  const npx = (name: string, spec: string, command: string): Subject => ({
    name,
    command: 'npm',
    args: ['exec', '--yes', `--cache=${cache}`, `--package=${spec}`, '--', command, '--help'],
    cwd: folder,
    prepare: () => rmSync(cache, { recursive: true, force: true }),
  });
  return [
    npx('npx create-backend', `file:${tarball}`, 'create-backend'),
    npx('npx @nestjs/cli', '@nestjs/cli', 'nest'),
  ];
}

/** Our project and that of NestJS, installed whole, and then without what only development needs. */
function madeProjects(): { name: string; all: Installed; run: Installed }[] {
  const create = createSubject(folder);
  const target = join(folder, 'service');
  const args = [join(bins, 'create-backend.js'), target, '--yes', '--no-install', '--no-git'];
  measure(
    [{ ...create, args, prepare: () => rmSync(target, { recursive: true, force: true }) }],
    1,
  );
  return [
    { name: 'create-backend', at: target, main: 'express' },
    { name: 'nest new', at: join(folder, 'nest/again'), main: '@nestjs/core' },
  ].map(({ name, at, main }) => {
    const silent = ['--no-audit', '--no-fund', '--loglevel=error'];
    npm(at, 'install', '--omit=dev', ...silent);
    const run = installed(at, main);
    npm(at, 'install', ...silent);
    return { name, all: installed(at, main), run };
  });
}
