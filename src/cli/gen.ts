import { genProgram } from './gen-program.ts';
import { runProgram } from './run.ts';

void runProgram(genProgram(), process.argv.slice(2));
