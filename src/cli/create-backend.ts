import { createProgram } from './create-program.ts';
import { runProgram } from './run.ts';

void runProgram(createProgram(), process.argv.slice(2));
