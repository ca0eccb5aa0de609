import { deletionStep } from './account-deletion.rules.js';

const NOW = new Date('2026-11-02T04:00:00Z');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

it.each([
  // open matters, quiet from → kind, until
  [false, null, 'DELETE', undefined],
  [false, NOW, 'DELETE', undefined],
  [false, later(-5), 'DELETE', undefined],
  [false, later(11), 'WAIT', later(11)],
  [true, null, 'PUT_OFF', later(24 * 60)],
  [true, later(11), 'PUT_OFF', later(24 * 60)],
])('open matters %s, quiet from %s: %s', (hasOpenMatters, quietFrom, kind, until) => {
  const expected = until === undefined ? { kind } : { kind, until };
  expect(deletionStep({ hasOpenMatters, quietFrom }, NOW)).toEqual(expected);
});
