import fc from 'fast-check';
import { newId } from '#libs/kernel';
import { KIOSK_CODE_EVERY_MS, issueCode, readCode } from './kiosk-code.rules.js';

const SECRET = 'a secret of ours that nobody knows';
const NOW = new Date('2026-11-26T02:00:00.000Z');
const cabinetId = newId('cab');
const scan = issueCode(SECRET, 'SCAN', cabinetId, { now: NOW, nonce: 'Xy_-1' });
const later = (ms: number) => new Date(NOW.getTime() + ms);

it('opens its cabinet until it is over, which is after the next one is on the screen', () => {
  expect(readCode(SECRET, 'SCAN', scan.code, NOW)).toEqual({ cabinetId, expiresAt: scan.expiresAt });
  expect(readCode(SECRET, 'SCAN', scan.code, later(2 * KIOSK_CODE_EVERY_MS))).not.toBeNull();
  expect(readCode(SECRET, 'SCAN', scan.code, scan.expiresAt)).toBeNull();
});

it.each([
  ['under another secret', (code: string) => readCode(`${SECRET}!`, 'SCAN', code, NOW)],
  ['as a visit', (code: string) => readCode(SECRET, 'VISIT', code, NOW)],
  [
    'of another cabinet',
    (code: string) => readCode(SECRET, 'SCAN', code.replace(cabinetId, newId('cab')), NOW),
  ],
  [
    'with a later end',
    (code: string) => {
      const parts = code.split('.');
      parts[1] = later(86_400_000).getTime().toString(36);
      return readCode(SECRET, 'SCAN', parts.join('.'), NOW);
    },
  ],
  ['with something behind it', (code: string) => readCode(SECRET, 'SCAN', `${code}.x`, NOW)],
  [
    'without a signature',
    (code: string) => readCode(SECRET, 'SCAN', code.split('.').slice(0, 3).join('.'), NOW),
  ],
])('opens nothing %s', (_, read) => {
  expect(read(scan.code)).toBeNull();
});

it('nothing that anybody makes up opens anything', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(readCode(SECRET, 'SCAN', text, NOW)).toBeNull();
    }),
  );
});
