import { genProgram } from '../../src/cli/gen-program.ts';
import { runProgram } from '../../src/cli/run.ts';
import { stacks } from './toy.ts';

void runProgram(genProgram(stacks), process.argv.slice(2));
