import { stacks } from '../stacks/stacks.ts';
import { genProgram } from './gen-program.ts';
import { runProgram } from './run.ts';

void runProgram(genProgram(stacks), process.argv.slice(2));
