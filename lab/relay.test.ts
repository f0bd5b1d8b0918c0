import { expect, test } from 'vitest'
import { newHistory } from './history.ts'
import { newRelay } from './relay.ts'

const act = (text: string) => ({ kind: 'act', text }) as const
const texts = ({ events }: { events: readonly object[] }) => events.map((event) => (event as { text: string }).text)

test('each user of a lab is told what happens in its time, and nothing else', () => {
  const { history, tell } = newRelay()
  const [first, second] = [newHistory(), newHistory()]
  tell(first)
  history.record('lab', act('one'))
  tell(newHistory())
  history.record('lab', act('nobody asked'))
  tell(second)
  history.record('lab', act('two'))
  history.record('lab', act('late'), -1) // of the time before
  expect([texts(first), texts(second)]).toEqual([['one'], ['two']])
})

test('its clock is that of whoever is told', () => {
  const { history, tell } = newRelay()
  const later = newHistory()
  tell(later)
  expect([history.epoch, history.at(BigInt(later.epoch) + 7n)]).toEqual([later.epoch, 7])
})

test('whoever watches it hears all users, each event once', () => {
  const { history, tell } = newRelay()
  const heard: string[] = []
  let settled = 0
  history.watch((event) => void heard.push((event as unknown as { text: string }).text))
  history.onSettle(() => void settled++)
  const first = newHistory()
  for (const user of [first, newHistory()]) {
    tell(user)
    user.record('scenario', act('used'))
    history.record('lab', act('worked'))
    user.settle()
  }
  first.record('scenario', act('too late'))
  expect([heard, settled]).toEqual([['used', 'worked', 'used', 'worked'], 2])
})
