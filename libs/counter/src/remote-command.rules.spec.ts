import { REMOTE_KINDS } from './command.entity.js';
import {
  type RemoteCommandInput,
  dataOf,
  isDrifting,
  lifeOf,
  refuseCommand,
} from './remote-command.rules.js';

const plain = { deciCelsius: null, version: null };

it.each<[string, RemoteCommandInput, string, string[], object]>([
  ['a start', { ...plain, kind: 'REBOOT' }, 'k-1', [], {}],
  ['a target', { ...plain, kind: 'TEMPERATURE_SET', deciCelsius: 40 }, 'k-1', [], { deciCelsius: 40 }],
  ['the coldest', { ...plain, kind: 'TEMPERATURE_SET', deciCelsius: -300 }, 'k-1', [], { deciCelsius: -300 }],
  [
    'colder',
    { ...plain, kind: 'TEMPERATURE_SET', deciCelsius: -301 },
    'k-1',
    ['command.deciCelsius'],
    { deciCelsius: -301 },
  ],
  ['no target', { ...plain, kind: 'TEMPERATURE_SET' }, 'k-1', ['command.deciCelsius'], { deciCelsius: null }],
  ['a start with a target', { ...plain, kind: 'REBOOT', deciCelsius: 1 }, 'k-1', ['command.deciCelsius'], {}],
  ['a version', { ...plain, kind: 'FIRMWARE_UPDATE', version: '1.5.0' }, 'k-1', [], { version: '1.5.0' }],
  ['no version', { ...plain, kind: 'CONFIG_UPDATE' }, 'k-1', ['command.version'], { version: null }],
  [
    'no such version',
    { ...plain, kind: 'CONFIG_UPDATE', version: 'a b' },
    'k-1',
    ['command.version'],
    { version: 'a b' },
  ],
  ['a lock with a version', { ...plain, kind: 'LOCK', version: '1' }, 'k-1', ['command.version'], {}],
  ['no key', { ...plain, kind: 'LOCK' }, '', ['causeKey'], {}],
])('%s', (_, input, causeKey, paths, data) => {
  expect(refuseCommand(input, causeKey)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  expect(dataOf(input)).toEqual(data);
});

it('a door opens within ten seconds or not at all, updates wait for a day', () => {
  expect(REMOTE_KINDS.map((kind) => [kind, lifeOf(kind) / 1_000])).toEqual([
    ['REBOOT', 600],
    ['TEMPERATURE_SET', 600],
    ['SERVICE_DOOR_OPEN', 10],
    ['LOCK', 600],
    ['UNLOCK', 600],
    ['LOGS_PULL', 600],
    ['FIRMWARE_UPDATE', 86_400],
    ['CONFIG_UPDATE', 86_400],
  ]);
});

it.each([
  [null, null, false],
  [null, '1', false],
  ['1', null, true],
  ['1', '2', true],
  ['2', '2', false],
])('meant to have %p, having %p: drifting %p', (desired, reported, expected) => {
  expect(isDrifting(desired, reported)).toBe(expected);
});
