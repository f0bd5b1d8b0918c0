/** Of the exporter's own package, lab/exporter/package.json. */
export const VERSION = '0.1.0'
