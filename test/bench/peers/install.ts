import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packTool } from '../../../src/build/pack-tool.ts';
import { root } from '../own.ts';

/** The newest of each that runs on Node 20. */
const packages = {
  nest: { '@nestjs/cli': '*' },
  hygen: { hygen: '*' },
  plop: { plop: '*' },
  // AdonisJS has no part that generates by itself: this is what its starter kits install to do so.
  adonis: {
    '@adonisjs/core': '6',
    '@adonisjs/assembler': '7',
    '@adonisjs/tsconfig': '1',
    '@swc/core': '1',
    'reflect-metadata': '0.2',
    'ts-node-maintained': '10',
    typescript: '5.8',
  },
};

export type PeerName = keyof typeof packages;
export type Installed = { version: string; megabytes: number; count: number };

const silent = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Installs peers into folders of their own, as their users would. */
export function installPeers(folder: string): Record<PeerName, Installed> {
  const install = (name: PeerName, main: string) => {
    const at = join(folder, name);
    mkdirSync(at, { recursive: true });
    const json = { private: true, type: 'module', dependencies: packages[name] };
    writeFileSync(join(at, 'package.json'), JSON.stringify(json));
    npm(at, 'install', ...silent);
    return installed(at, main);
  };
  return {
    nest: install('nest', '@nestjs/cli'),
    hygen: install('hygen', 'hygen'),
    plop: install('plop', 'plop'),
    adonis: install('adonis', '@adonisjs/core'),
  };
}

/** Our own package, as the registry would deliver it, installed into a folder of its own. */
export async function installOwn(folder: string): Promise<Installed & { tarball: string }> {
  const at = join(folder, 'own');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), '{ "private": true }');
  const tarball = join(folder, 'create-backend.tgz');
  writeFileSync(tarball, (await packTool(root)).content);
  npm(at, 'install', ...silent, tarball);
  return { ...installed(at, 'create-backend'), tarball };
}

export function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What lies in `node_modules`: every folder that is a package counts, nested ones too. */
export function installed(at: string, main: string): Installed {
  const modules = join(at, 'node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, main, 'package.json'), 'utf8'));
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  const [size = '0'] = execFileSync('du', ['-sk', modules], { encoding: 'utf8' }).split('\t');
  return { version, megabytes: Number(size) / 1024, count: Object.keys(lock.packages).length };
}
