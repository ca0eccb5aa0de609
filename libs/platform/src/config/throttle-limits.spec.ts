import { THROTTLE_DEFAULTS, THROTTLE_KINDS, throttleLimitsOf } from './throttle-limits.js';

it.each([
  ['off', null],
  ['on', THROTTLE_DEFAULTS],
  ['WRITE=60/-', { ...THROTTLE_DEFAULTS, WRITE: { person: 60, address: null } }],
  [
    'READ=-/10, SOCKET=2/3',
    {
      ...THROTTLE_DEFAULTS,
      READ: { person: null, address: 10 },
      SOCKET: { person: 2, address: 3 },
    },
  ],
  ['WRITE=1/1,WRITE=2/2', { ...THROTTLE_DEFAULTS, WRITE: { person: 2, address: 2 } }],
])('reads %s', (text, limits) => expect(throttleLimitsOf(text)).toEqual(limits));

it.each([
  '',
  'yes',
  'WRITE',
  'WRITE=60',
  'WRITE=0/1',
  'WRITE=-1/1',
  'NOTHING=1/1',
  'WRITE=1/1,',
  'WRITE=1/1e3',
])('takes %j for a mistake', (text) => expect(throttleLimitsOf(text)).toBeUndefined());

it('lets a whole school read behind the address of one', () => {
  for (const kind of THROTTLE_KINDS) {
    const { person, address } = THROTTLE_DEFAULTS[kind];
    expect(address ?? 0).toBeGreaterThanOrEqual(20 * (person ?? 0));
  }
});
