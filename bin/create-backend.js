#!/usr/bin/env node
import module from 'node:module';

// Node 20 has none; later ones start in two thirds of the time.
module.enableCompileCache?.();
await import('../dist/create-backend.js');
