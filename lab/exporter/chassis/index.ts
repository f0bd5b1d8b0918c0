// The exporter beside Open vSwitch and ovn-controller.

import { named } from '../control.ts'
import { answerSamples, processSamples, watched } from '../daemon-samples.ts'
import { type BridgeCounters, countersOf } from '../openflow.ts'
import type { Options } from '../options.ts'
import { ownerOf } from '../owner.ts'
import { replica } from '../replica.ts'
import { map, type Row, text } from '../rows.ts'
import type { Samples } from '../samples.ts'
import { type Reading, source } from '../source.ts'
import type { Subject } from '../subject.ts'
import { CONTROLLER, CONTROLLER_QUESTIONS, controllerSamples } from './controller.ts'
import { bridgeSamples, conntrackQuestions, DATAPATH_QUESTIONS, datapathSamples } from './datapath.ts'
import { interfaceSamples, tunnelSamples } from './interfaces.ts'
import { bindings, ports } from './ports.ts'
import { ovnRows, SWITCH_ROWS } from './rows.ts'

export function chassisSubject(options: Options): Subject {
  const { ovsRundir, ovnRundir, deadlineMs, tls } = options
  const switchRows = replica(() => [options.ovsDb ?? `unix:${ovsRundir}/db.sock`], SWITCH_ROWS)
  const own = (): Row | undefined => [...switchRows.rows('Open_vSwitch').values()][0]
  const ids = () => map(own()?.external_ids)
  const chassis = () => ids()['system-id'] ?? ''
  const remotes = () => (options.sb ?? ids()['ovn-remote'] ?? '').split(',').filter((remote) => remote !== '')
  const southbound = replica(remotes, ovnRows(chassis), { tls })

  const vswitchd = watched('ovs', named(ovsRundir, 'ovs-vswitchd'), deadlineMs, DATAPATH_QUESTIONS, conntrackQuestions)
  const server = watched('ovs', named(ovsRundir, 'ovsdb-server'), deadlineMs)
  const controller = watched('ovn', named(ovnRundir, CONTROLLER), deadlineMs, CONTROLLER_QUESTIONS)
  const rows = source('Open_vSwitch', deadlineMs, async (signal) => {
    await switchRows.touch(signal)
    return switchRows
  })
  const claims = source('OVN_Southbound', deadlineMs, async (signal) => {
    await southbound.touch(signal)
    return southbound
  })
  const counters = source('openflow', deadlineMs, async (signal) => {
    const bridges = [...switchRows.rows('Bridge').values()].map((row) => text(row.name))
    const counted = bridges.map(
      async (bridge): Promise<[string, BridgeCounters]> => [
        bridge,
        await countersOf(`${ovsRundir}/${bridge}.mgmt`, signal),
      ],
    )
    return new Map(await Promise.all(counted))
  })
  const owner = ownerOf(options.ownerKeys)

  return {
    prefix: 'ovs',
    systemId: () => chassis() || options.hostname,
    sources: [rows, claims, counters, vswitchd.source, server.source, controller.source],
    daemons: [vswitchd, server, controller],
    needed: [vswitchd, server],
    look: async (samples: Samples) => {
      // The rows say which bridges there are, and where the SB is. They are waited for once: from then on those
      // last heard will do, so that a server that hangs and all others cost one deadline, not two.
      const asked = rows.read()
      if (!own()) await asked
      const [known, bound, counted, forwarding, database, controlling] = await Promise.all([
        asked,
        claims.read(),
        counters.read(),
        vswitchd.source.read(),
        server.source.read(),
        controller.source.read(),
      ])
      const me = chassis()
      const all = ports(switchRows, me, bindings(southbound, owner))
      const byBridge = counted.value ?? new Map<string, BridgeCounters>()
      interfaceSamples(samples, all, byBridge)
      tunnelSamples(samples, all, me)
      bridgeSamples(samples, switchRows, byBridge)
      controllerSamples(samples, me, switchRows, all, byBridge, controlling.value)
      if (forwarding.value) datapathSamples(samples, forwarding.value)
      answerSamples(samples, vswitchd, forwarding.value)
      answerSamples(samples, server, database.value)
      answerSamples(samples, controller, controlling.value)
      for (const { prefix, component, process } of [vswitchd, server, controller])
        processSamples(samples, prefix, component, process())
      samples.add('ovs_info', own() && 1, {
        rundir: ovsRundir,
        hostname: ids().hostname ?? options.hostname,
        system_type: text(own()?.system_type),
        system_version: text(own()?.system_version),
        ovs_version: text(own()?.ovs_version),
        db_version: switchRows.version(),
      })
      return new Map<string, Reading<unknown>>([
        ['Open_vSwitch', known],
        ['OVN_Southbound', bound],
        ['openflow', counted],
        [vswitchd.component, forwarding],
        [server.component, database],
        [controller.component, controlling],
      ])
    },
  }
}
