export function filesIn(root: string, folder?: string): string[]
export function unmatched(args: readonly string[], files: readonly string[]): string | undefined
export function everything(args: readonly string[]): boolean
export function selected(args: readonly string[], files: readonly string[]): string[]
