import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { signalsOf } from './alarm-signal.rules.js';
import type { UplinkKind, UplinkMessage } from './message-schema.service.js';

const said = (kind: UplinkKind, data: object) =>
  ({ kind, v: 1, bootId: 'boot-0001', bootNo: 1, seq: 1, at: '', up: 0, data }) as unknown as UplinkMessage;
const told = (kind: UplinkKind, data: object) =>
  signalsOf(said(kind, data)).map((signal) =>
    [
      signal.kind,
      signal.slotCode,
      signal.isOn ? 'on' : 'off',
      signal.afterMs / MINUTE_MS,
      signal.deciCelsius ?? '-',
    ].join(' '),
  );
const reading = { deciCelsius: 45, isDoorOpen: false, isMainsOn: true, signalDbm: -80 };
const alarm = { code: 'JAM', isActive: true, slot: 'A1', detail: '', vendorCode: null };
const items = (...pairs: readonly (readonly [string, string])[]) => ({
  items: pairs.map(([slot, delivery]) => ({ slot, delivery, units: 1, grams: null, fen: 100 })),
});

it.each<[string, UplinkKind, object, string[]]>([
  ['a reading', 'telemetry', reading, ['TEMPERATURE  on 10 45', 'DOOR_OPEN  off 2 -', 'POWER_LOST  off 0 -']],
  [
    'without a thermometer',
    'telemetry',
    { ...reading, deciCelsius: null },
    ['DOOR_OPEN  off 2 -', 'POWER_LOST  off 0 -'],
  ],
  [
    'open and dark',
    'telemetry',
    { deciCelsius: null, isDoorOpen: true, isMainsOn: false, signalDbm: null },
    ['DOOR_OPEN  on 2 -', 'POWER_LOST  on 0 -'],
  ],
  ['a buyer', 'door', { isOpen: true, reason: 'SALE' }, ['DOOR_OPEN  on 2 -']],
  [
    'whoever fills it',
    'door',
    { isOpen: true, reason: 'MAINTENANCE' },
    [`DOOR_OPEN  on ${HOUR_MS / MINUTE_MS} -`],
  ],
  ['by force', 'door', { isOpen: true, reason: 'FORCED' }, ['DOOR_OPEN  on 2 -', 'TAMPER  on 0 -']],
  ['shut again', 'door', { isOpen: false, reason: 'FORCED' }, ['DOOR_OPEN  off 2 -']],
  ['its own alarm waits no longer', 'alarm', { ...alarm, code: 'DOOR_OPEN_LONG' }, ['DOOR_OPEN  on 0 -']],
  ['its own alarm of a slot', 'alarm', alarm, ['JAM A1 on 0 -']],
  ['of no slot', 'alarm', { ...alarm, slot: null, isActive: false }, ['JAM  off 0 -']],
  ['of the whole, whatever slot it names', 'alarm', { ...alarm, code: 'TAMPER' }, ['TAMPER  on 0 -']],
  ['came out', 'vend', items(['A1', 'FINISHED']), ['JAM A1 off 0 -']],
  ['stuck, and could not start', 'vend', items(['A1', 'FAILED'], ['A2', 'CANNOT_START']), ['JAM A1 on 0 -']],
  [
    'counted',
    'stock',
    {
      slots: [
        { slot: 'A1', units: 0, grams: null },
        { slot: 'A2', units: 3, grams: null },
      ],
    },
    ['SLOT_EMPTY A1 on 0 -', 'SLOT_EMPTY A2 off 0 -'],
  ],
  ['a start', 'boot', { firmware: '1', config: '1', reason: 'POWER_ON' }, []],
])('%s', (_, kind, data, expected) => {
  expect(told(kind, data)).toEqual(expected);
});
