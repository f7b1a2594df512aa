#!/usr/bin/env node
import module from 'node:module';
import v8 from 'node:v8';

// Node 20 has none; later ones start in two thirds of the time.
module.enableCompileCache?.();
// A command is over before optimizing its code pays off, but for projects of many thousand endpoints.
v8.setFlagsFromString('--interrupt-budget=1000000');
await import('../dist/gen.js');
