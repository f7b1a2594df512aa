import { createProgram } from '../../src/cli/create-program.ts';
import { runProgram } from '../../src/cli/run.ts';
import { stacks } from './toy.ts';

void runProgram(createProgram(stacks), process.argv.slice(2));
