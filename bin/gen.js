#!/usr/bin/env node
const { join } = require('node:path');
const v8 = require('node:v8');
const { start } = require('../dist/start.cjs');

// A command ends before optimized code and a thrifty heap pay off. Node 24 refuses the first flag.
if (process.versions.v8.startsWith('11.')) {
  v8.setFlagsFromString('--interrupt-budget=1000000');
  v8.setFlagsFromString('--semi-space-growth-factor=4');
}
// The caches of `gen` and its commands are kept apart; what a user types is not always a command.
const [, , command = ''] = process.argv;
start(join(__dirname, '../dist'), 'gen', /^[a-z]+$/.test(command) ? `gen-${command}` : 'gen');
