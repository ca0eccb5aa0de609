import fc from 'fast-check';
import { plus } from '#libs/kernel';
import { DOOR_DISPUTE_STATES, type DoorDisputeState } from './door-dispute.entity.js';
import {
  type DisputeWord,
  disputableUntil,
  disputeDueAt,
  isTooLate,
  refuseSaid,
  turnOfDispute,
} from './door-dispute.rules.js';

const NO = (isOfficial: boolean): DisputeWord => ({ kind: 'REFUSED', isOfficial });
const NOTHING = (mayWaive: boolean): DisputeWord => ({ kind: 'SILENT', mayWaive });

it.each<[DoorDisputeState, DisputeWord, DoorDisputeState | null, boolean]>([
  ['OPEN', NO(false), 'AT_PLATFORM', false],
  ['OPEN', NO(true), 'REJECTED', false],
  ['OPEN', NOTHING(true), 'GRANTED', true],
  ['OPEN', NOTHING(false), 'AT_PLATFORM', false],
  ['AT_PLATFORM', NO(false), null, false],
  ['AT_PLATFORM', NO(true), 'REJECTED', false],
  ['AT_PLATFORM', NOTHING(false), 'GRANTED', true],
  ['REJECTED', NO(true), null, false],
  ['GRANTED', NOTHING(true), null, false],
  ['PAID', NO(true), null, false],
])('%s: %j makes it %s', (state, word, next, isWaived) => {
  expect(turnOfDispute(state, word)).toEqual(next && { state: next, isWaived });
});

it('comes to an end by itself, waives once, and is never open again', () => {
  const word = fc.oneof(fc.boolean().map(NO), fc.boolean().map(NOTHING));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.boolean(), (words, mayWaive) => {
      let state: DoorDisputeState = 'OPEN';
      let waivers = 0;
      for (const said of [...words, NOTHING(mayWaive), NOTHING(mayWaive)]) {
        const isOver = disputeDueAt(state, new Date(0)) === null;
        const next = turnOfDispute(state, said);
        if (isOver) expect(next).toBeNull();
        if (!next) continue;
        waivers += next.isWaived ? 1 : 0;
        state = next.state;
      }
      expect(['REJECTED', 'GRANTED']).toContain(state);
      expect(waivers).toBe(state === 'GRANTED' ? 1 : 0);
    }),
  );
});

it('waits two days for whoever sells, a week for an official, and for nobody once it is over', () => {
  const now = new Date('2026-11-02T02:00:00Z');
  const due = DOOR_DISPUTE_STATES.map((state) => disputeDueAt(state, now)?.toISOString() ?? null);
  expect(due).toEqual(['2026-11-04T02:00:00.000Z', '2026-11-09T02:00:00.000Z', null, null, null]);
  expect(disputableUntil(now).toISOString()).toBe('2026-11-04T02:00:00.000Z');
  expect([1, 0, -1].map((leftMs) => isTooLate({ dueAt: plus(now, leftMs) }, now))).toEqual([
    false,
    true,
    true,
  ]);
  expect(isTooLate({ dueAt: null }, now)).toBe(false);
});

it.each([
  [' ', 'text'],
  ['没', 'text'],
  ['只拿了一份', undefined],
  ['我'.repeat(401), 'text'],
])('what is said (%#) is refused for %s', (said, path) => {
  expect(refuseSaid(said)?.fields[0]?.path).toBe(path);
});
