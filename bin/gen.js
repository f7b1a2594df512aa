#!/usr/bin/env node
const { join } = require('node:path');
const { start } = require('../dist/start.cjs');

// The caches of `gen` and its commands are kept apart; what a user types is not always a command.
const [, , command = ''] = process.argv;
start(join(__dirname, '../dist'), 'gen', /^[a-z-]+$/.test(command) ? `gen-${command}` : 'gen');
