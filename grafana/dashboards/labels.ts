// Choices made at the top of a dashboard, as matchers of PromQL.

/** Of series that know whose they are. */
export const OWN = 'tenant=~"$tenant",vpc=~"$vpc"'
/** Of what stands on a chassis, or is one. */
export const HERE = 'chassis=~"$chassis"'
export const OWN_HERE = `${OWN},${HERE}`

/** Change in a second of a counter, over a window that fits the zoom. */
export const perSecond = (selector: string): string => `rate(${selector}[$__rate_interval])`
/** Bits a second of a counter of bytes. */
export const bits = (selector: string, by: string): string => `8 * sum by (${by}) (${perSecond(selector)})`
export const summed = (selector: string, by: string): string => `sum by (${by}) (${perSecond(selector)})`
