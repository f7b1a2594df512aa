#!/usr/bin/env node
import module from 'node:module';
import v8 from 'node:v8';

// Node 20 has none; later ones start in two thirds of the time.
module.enableCompileCache?.();
// A command ends before optimized code pays off. Later engines wait by themselves, and lack the flag.
if (process.versions.v8.startsWith('11.')) v8.setFlagsFromString('--interrupt-budget=1000000');
await import('../dist/gen.js');
