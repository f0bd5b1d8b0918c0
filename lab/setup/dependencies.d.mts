type Packages<T> = { readonly packages: Readonly<Record<string, T>> }
type Installed = { readonly version?: string; readonly integrity?: string }

export function outdated(
  locked: Packages<Installed & { readonly optional?: boolean }>,
  installed: Packages<Installed> | undefined,
): string[]
export function dependenciesMatch(root: string): boolean
