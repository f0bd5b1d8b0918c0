// Labs that outlive their runner. Until the decision that a lab stays, its containers die with the
// process that made them, whatever becomes of it; so nothing half-made can stay.

/** Whether a failed scenario's lab is to be left standing, KEEP_LAB=1. */
export const keepsFailed = (): boolean => !['', '0'].includes(process.env.KEEP_LAB ?? '')

/** How people go on with a lab that stays. The bare `--` keeps npm from taking the option for its own. */
export const howToEnter = (lab: string): string => `npm run lab:shell <node> -- --lab ${lab}; npm run lab:down ${lab}`
