import { stacks } from '../stacks/stacks.ts';
import { createProgram } from './create-program.ts';
import { runProgram } from './run.ts';

void runProgram(createProgram(stacks), process.argv.slice(2));
