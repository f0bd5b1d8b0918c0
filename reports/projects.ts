/** Whether tests of a vitest project have a lab: all but those that need nothing but Node. */
export const onLabs = (project: string): boolean => project !== 'unit'
