export function filesIn(root: string, folder?: string): string[]
export function unmatched(args: readonly string[], files: readonly string[]): string | undefined
