#!/usr/bin/env node
import module from 'node:module';
import v8 from 'node:v8';

// Node 20 has none; later ones start in two thirds of the time.
module.enableCompileCache?.();
// A command ends before optimized code and a thrifty heap pay off. Node 24 refuses the first flag.
if (process.versions.v8.startsWith('11.')) {
  v8.setFlagsFromString('--interrupt-budget=1000000');
  v8.setFlagsFromString('--semi-space-growth-factor=4');
}
await import('../dist/gen.js');
