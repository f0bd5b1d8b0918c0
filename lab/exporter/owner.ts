// Whose something is, by the `external_ids` of OVN's rows.

import { map, type Row, text } from './rows.ts'

export type Owner = { readonly tenant: string; readonly vpc: string; readonly tier: string }

/** The keys that say it. Ours are named alike; Neutron has neutron:project_id and neutron:network_name. */
export type OwnerKeys = Owner

export const OWNER_KEYS: OwnerKeys = { tenant: 'tenant', vpc: 'vpc', tier: 'tier' }
export const NOBODY: Owner = { tenant: '', vpc: '', tier: '' }

export const ownerOf =
  (keys: OwnerKeys) =>
  (row: Row | undefined): Owner => {
    const ids = map(row?.external_ids)
    return { tenant: text(ids[keys.tenant]), vpc: text(ids[keys.vpc]), tier: text(ids[keys.tier]) }
  }
