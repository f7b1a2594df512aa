/** A command as a person types it: our bins are found through npx. */
export function typed(command: string): string {
  return /^(gen|create-backend)\b/.test(command) ? `npx ${command}` : command;
}
