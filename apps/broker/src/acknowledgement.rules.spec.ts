import { type Handed, acknowledgeable, pubackOf } from './acknowledgement.rules.js';

const those = (states: Readonly<Record<number, Handed['state']>>): Handed[] =>
  Object.entries(states).map(([id, state]) => ({ messageId: Number(id), state }));

it.each<[Readonly<Record<number, Handed['state']>>, number[], number[]]>([
  [{}, [], []],
  [{ 1: 'UNDER_WAY', 2: 'COMMITTED' }, [], [1, 2]],
  [{ 1: 'COMMITTED', 2: 'COMMITTED', 3: 'UNDER_WAY', 4: 'COMMITTED' }, [1, 2], [3, 4]],
  [{ 1: 'NEVER', 2: 'COMMITTED', 3: 'UNDER_WAY' }, [2], [3]],
  [{ 1: 'COMMITTED', 2: 'NEVER', 3: 'COMMITTED' }, [1, 3], []],
])('of %j it acknowledges %j, and %j are left', (states, acknowledged, left) => {
  const underWay = those(states);
  expect(acknowledgeable(underWay)).toEqual(acknowledged);
  expect(underWay.map(({ messageId }) => messageId)).toEqual(left);
});

it.each([
  [1, [0x40, 2, 0, 1]],
  [258, [0x40, 2, 1, 2]],
  [65_535, [0x40, 2, 255, 255]],
])('PUBACK of %p', (id, bytes) => {
  expect([...pubackOf(id)]).toEqual(bytes);
});
