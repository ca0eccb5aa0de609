import { HOUR_MS } from '#libs/kernel';
import type { AlarmKind } from './alarm.entity.js';
import { ALARM_RULES } from './alarm.rules.js';
import type { UplinkMessage, UplinkOf } from './message-schema.service.js';

/** What something that a cabinet has said tells of one thing that may be wrong with it. */
export interface Signal {
  readonly kind: AlarmKind;
  /** '' where it is about the whole cabinet. */
  readonly slotCode: string;
  readonly isOn: boolean;
  readonly afterMs: number;
  readonly detail: string;
  /** Of a temperature: whether it is on is for whoever knows the band. */
  readonly deciCelsius: number | null;
}

/** Whoever fills a cabinet has its door open for longer than a buyer. */
const SERVICE_MS = HOUR_MS;

type Code = UplinkOf<'alarm'>['data']['code'];

const KIND_OF: Readonly<Record<Code, AlarmKind>> = {
  DOOR_OPEN_LONG: 'DOOR_OPEN',
  TEMPERATURE: 'TEMPERATURE',
  POWER_LOST: 'POWER_LOST',
  TRAY_DRIFT: 'TRAY_DRIFT',
  SLOT_EMPTY: 'SLOT_EMPTY',
  JAM: 'JAM',
  TAMPER: 'TAMPER',
  PAYMENT_DEVICE: 'PAYMENT_DEVICE',
  OTHER: 'OTHER',
};

/** Where two of a kind may be wrong at once. */
const OF_SLOTS: ReadonlySet<AlarmKind> = new Set(['TRAY_DRIFT', 'JAM', 'SLOT_EMPTY']);

function signal(kind: AlarmKind, isOn: boolean, more: Partial<Signal> = {}): Signal {
  const { afterMs } = ALARM_RULES[kind];
  return { kind, slotCode: '', isOn, afterMs, detail: '', deciCelsius: null, ...more };
}

/** Of the whole cabinet, seen by nobody but us: that it is not heard, or that something has lasted for long enough. */
export function statusSignal(kind: AlarmKind, isOn: boolean, detail = ''): Signal {
  return signal(kind, isOn, { afterMs: 0, detail });
}

/** The same of one slot or tray. */
export function slotSignal(kind: AlarmKind, slotCode: string, detail: string): Signal {
  return signal(kind, true, { slotCode, afterMs: 0, detail });
}

/** Which of the things that may be wrong it tells of, on or off. What it says nothing about stays as it is. */
export function signalsOf(message: UplinkMessage): Signal[] {
  switch (message.kind) {
    case 'telemetry': {
      const { deciCelsius, isDoorOpen, isMainsOn } = message.data;
      return [
        ...(deciCelsius === null ? [] : [signal('TEMPERATURE', true, { deciCelsius })]),
        signal('DOOR_OPEN', isDoorOpen),
        signal('POWER_LOST', !isMainsOn),
      ];
    }
    case 'door': {
      const { isOpen, reason } = message.data;
      const isForced = isOpen && reason === 'FORCED';
      return [
        signal('DOOR_OPEN', isOpen, reason === 'MAINTENANCE' ? { afterMs: SERVICE_MS } : {}),
        ...(isForced ? [signal('TAMPER', true)] : []),
      ];
    }
    case 'alarm': {
      const { code, isActive, slot, detail } = message.data;
      const kind = KIND_OF[code];
      // It has waited itself before it said so.
      return [
        signal(kind, isActive, { slotCode: OF_SLOTS.has(kind) ? (slot ?? '') : '', detail, afterMs: 0 }),
      ];
    }
    case 'vend':
      // What was to come out and did not is stuck; what comes out of the same slot afterwards has come loose.
      return message.data.items
        .filter(({ delivery }) => delivery !== 'CANNOT_START')
        .map(({ slot, delivery }) => signal('JAM', delivery === 'FAILED', { slotCode: slot }));
    case 'stock':
      return message.data.slots.map(({ slot, units }) =>
        signal('SLOT_EMPTY', units === 0, { slotCode: slot }),
      );
    default:
      return [];
  }
}
