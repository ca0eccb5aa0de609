import type { CabinetKind, ChannelPointRow } from '#libs/channel';
import { type InvalidField, InvalidInputError, MINUTE_MS } from '#libs/kernel';
import type { CabinetModel } from './cabinet.entity.js';

/** The largest cabinets that are sold have some hundred lanes. */
export const SLOTS_MAX = 200;
const CAPACITY_MAX = 500;
const ITEM_G_MAX = 50_000;
const INNER_L_MAX = 1_000;

const SLOT_CODE = /^[A-Z0-9-]{1,8}$/;
const SERIAL_NO = /^[A-Za-z0-9._-]{4,40}$/;

export interface SlotInput {
  readonly code: string;
  readonly capacity: number;
  readonly maxItemG: number;
  /** What a cell of a locker holds inside, in litres; null or missing where nobody has measured. */
  readonly innerL?: number | null;
}

const MODEL_OF: Readonly<Record<CabinetKind, CabinetModel>> = {
  SLOT: 'SLOT_CABINET',
  GRAVITY: 'OPEN_DOOR',
  VISION: 'OPEN_DOOR',
  RFID: 'OPEN_DOOR',
  CELL: 'LOCKER',
};

/** What kind of machine stands there follows from how the point knows what was taken; nobody says it twice. */
export function modelOf(kind: CabinetKind): CabinetModel {
  return MODEL_OF[kind];
}

/** A shoe box fits into a small cell, a box of five kilograms of fruit into a medium one. */
const SMALL_UP_TO_L = 15;
const MEDIUM_UP_TO_L = 45;

export const CELL_SIZES = ['SMALL', 'MEDIUM', 'LARGE'] as const;
export type CellSize = (typeof CELL_SIZES)[number];

/** In which class of cells people say it is; null where nobody has measured. */
export function cellSizeOf(innerL: number | null): CellSize | null {
  if (innerL === null) return null;
  if (innerL <= SMALL_UP_TO_L) return 'SMALL';
  return innerL <= MEDIUM_UP_TO_L ? 'MEDIUM' : 'LARGE';
}

/** Whole numbers from one to so many. */
function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

export function slotFaults(model: CabinetModel, slots: readonly SlotInput[]): InvalidField[] {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (slots.length < 1 || slots.length > SLOTS_MAX)
    refuse('slots', `货道须有 1 到 ${SLOTS_MAX} 个`, `A cabinet has 1 to ${SLOTS_MAX} slots.`);
  const seen = new Set<string>();
  for (const [index, { code, capacity, maxItemG, innerL = null }] of slots.slice(0, SLOTS_MAX).entries()) {
    const at = `slots.${index}`;
    if (!SLOT_CODE.test(code))
      refuse(
        `${at}.code`,
        '货道编号为 1 到 8 位大写字母、数字或连字符',
        'A slot’s code has 1 to 8 capitals, digits or hyphens.',
      );
    else if (seen.has(code)) refuse(`${at}.code`, '货道编号重复', 'This code stands here twice.');
    seen.add(code);
    if (!isCount(capacity, CAPACITY_MAX))
      refuse(`${at}.capacity`, `容量须为 1 到 ${CAPACITY_MAX}`, `A slot holds 1 to ${CAPACITY_MAX} units.`);
    else if (model === 'LOCKER' && capacity !== 1)
      refuse(`${at}.capacity`, '格口每格放一件', 'A cell of a locker holds one thing.');
    if (!isCount(maxItemG, ITEM_G_MAX))
      refuse(
        `${at}.maxItemG`,
        `单件最大重量须为 1 到 ${ITEM_G_MAX} 克`,
        `The heaviest item weighs 1 to ${ITEM_G_MAX} grams.`,
      );
    if (innerL !== null && model !== 'LOCKER')
      refuse(`${at}.innerL`, '只有格口填写容积', 'Only a cell of a locker has a volume.');
    else if (innerL !== null && !isCount(innerL, INNER_L_MAX))
      refuse(
        `${at}.innerL`,
        `格口容积须为 1 到 ${INNER_L_MAX} 升`,
        `A cell holds 1 to ${INNER_L_MAX} litres.`,
      );
  }
  return faults;
}

export function refuseSlots(model: CabinetModel, slots: readonly SlotInput[]): InvalidInputError | null {
  const faults = slotFaults(model, slots);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export interface Registration {
  readonly serialNo: string;
  readonly slots: readonly SlotInput[];
}

/** The point has been found within the scope of whoever registers, and the operator on the register of merchants. */
export function refuseRegistration(
  { serialNo, slots }: Registration,
  point: Pick<ChannelPointRow, 'kind' | 'state' | 'cabinetKind'>,
  isOperatorActive: boolean,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (point.kind !== 'COUNTER' || point.cabinetKind === null)
    faults.push({
      path: 'channelPointId',
      message: { zh: '该点位不是智能专柜', en: 'This point is no smart counter.' },
    });
  if (point.state === 'CLOSED')
    faults.push({ path: 'channelPointId', message: { zh: '该点位已关闭', en: 'This point is closed.' } });
  if (!isOperatorActive)
    faults.push({ path: 'operatorId', message: { zh: '运营方未启用', en: 'This merchant is not active.' } });
  if (!SERIAL_NO.test(serialNo))
    faults.push({
      path: 'serialNo',
      message: {
        zh: '出厂编号为 4 到 40 位字母、数字、点、下划线或连字符',
        en: 'A serial number has 4 to 40 letters, digits, dots, underscores or hyphens.',
      },
    });
  if (point.cabinetKind !== null) faults.push(...slotFaults(modelOf(point.cabinetKind), slots));
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export const LINK_STATES = ['NEVER_SEEN', 'ONLINE', 'SILENT', 'OFFLINE'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** Five heartbeats. */
export const SILENT_AFTER_MS = 5 * MINUTE_MS;
/** A phone network's delay is not a wrong clock. */
export const SKEW_TOLERATED_MS = 2 * MINUTE_MS;

export function linkStateOf(
  { connectedAt, lastSeenAt }: { readonly connectedAt: Date | null; readonly lastSeenAt: Date | null },
  now: Date,
): LinkState {
  if (lastSeenAt === null && connectedAt === null) return 'NEVER_SEEN';
  if (connectedAt === null) return 'OFFLINE';
  const heardAt = Math.max(connectedAt.getTime(), lastSeenAt?.getTime() ?? 0);
  return now.getTime() - heardAt > SILENT_AFTER_MS ? 'SILENT' : 'ONLINE';
}

export function isClockWrong(clockSkewMs: number | null): boolean {
  return clockSkewMs !== null && Math.abs(clockSkewMs) > SKEW_TOLERATED_MS;
}
