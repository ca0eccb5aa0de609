import { DAY_MS, type InvalidField, InvalidInputError, MINUTE_MS } from '#libs/kernel';
import type { RemoteKind } from './command.entity.js';
import { COMMAND_LIFE_MS } from './command.rules.js';

/** As far as a cabinet can cool or warm. */
const TARGET_DECI_MIN = -300;
const TARGET_DECI_MAX = 300;
const VERSION = /^[A-Za-z0-9._:-]{1,40}$/;
const CAUSE_KEY = /^[\w:.-]{1,80}$/;

/** More than these wait for nobody. */
export const WAITING_MAX = 20;

export interface RemoteCommandInput {
  readonly kind: RemoteKind;
  readonly deciCelsius: number | null;
  readonly version: string | null;
}

/** A door opens while whoever has asked stands there, or not at all; what is installed may wait for the line to come back. */
const LIFE_MS: Readonly<Record<RemoteKind, number>> = {
  SERVICE_DOOR_OPEN: MINUTE_MS / 6,
  REBOOT: COMMAND_LIFE_MS,
  TEMPERATURE_SET: COMMAND_LIFE_MS,
  LOCK: COMMAND_LIFE_MS,
  UNLOCK: COMMAND_LIFE_MS,
  LOGS_PULL: COMMAND_LIFE_MS,
  FIRMWARE_UPDATE: DAY_MS,
  CONFIG_UPDATE: DAY_MS,
};

export function lifeOf(kind: RemoteKind): number {
  return LIFE_MS[kind];
}

const isUpdate = (kind: RemoteKind) => kind === 'FIRMWARE_UPDATE' || kind === 'CONFIG_UPDATE';

/** What goes along, and what must not. */
export function refuseCommand(
  { kind, deciCelsius, version }: RemoteCommandInput,
  causeKey: string,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const isTarget = kind === 'TEMPERATURE_SET';
  if (isTarget && (deciCelsius === null || deciCelsius < TARGET_DECI_MIN || deciCelsius > TARGET_DECI_MAX))
    refuse(
      'command.deciCelsius',
      `目标温度须为 ${TARGET_DECI_MIN / 10} 到 ${TARGET_DECI_MAX / 10} ℃`,
      `It is ${TARGET_DECI_MIN} to ${TARGET_DECI_MAX} tenths of a degree.`,
    );
  if (!isTarget && deciCelsius !== null)
    refuse('command.deciCelsius', '该指令不带温度', 'This command takes no temperature.');
  if (isUpdate(kind) && (version === null || !VERSION.test(version)))
    refuse(
      'command.version',
      '版本号为 1 到 40 位字母、数字或 . _ : -',
      'A version has 1 to 40 letters, digits or any of ._:-',
    );
  if (!isUpdate(kind) && version !== null)
    refuse('command.version', '该指令不带版本号', 'This command takes no version.');
  if (!CAUSE_KEY.test(causeKey))
    refuse(
      'causeKey',
      '单号须为 1 到 80 个字母、数字或 -_.:',
      'The key has 1 to 80 letters, digits or any of -_.:',
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** In the words of the protocol. */
export function dataOf({ kind, deciCelsius, version }: RemoteCommandInput): object {
  if (kind === 'TEMPERATURE_SET') return { deciCelsius };
  return isUpdate(kind) ? { version } : {};
}

/** Nobody knows what a cabinet has before it has said so. */
export function isDrifting(desired: string | null, reported: string | null): boolean {
  return desired !== null && desired !== reported;
}
