export interface Tables {}

export function name(): string {
	return 'x';
}
