import { createHash } from 'node:crypto';
import { HOUR_MS, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { CabinetReleaseKind, CabinetRollout, CabinetRolloutState } from './rollout.entity.js';

/** More would be looked after by nobody. */
export const STAGES_MAX = 10;
/** Cabinets of one operator that a roll-out looks at; the largest has some dozens. */
export const ROLLOUT_CABINETS_MAX = 1_000;
const WAIT_HOURS_MAX = 336;
const FAULTY_MAX = 1_000;
/** What travels to a cabinet in one message. */
const CONTENT_LENGTH_MAX = 2_000;
const REASON_LENGTH_MAX = 200;
/** Said to be done, a cabinet has so long to start anew and say that it has it. */
export const REPORTED_WITHIN_MS = HOUR_MS / 6;
const VERSION = /^[A-Za-z0-9._:-]{1,40}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const URL_FORM = /^https:\/\/[\x21-\x7e]{1,290}$/;
const KEY = /^[\w:.-]{8,80}$/;

export interface ReleaseInput {
  readonly kind: CabinetReleaseKind;
  readonly version: string;
  /** Of settings: the JSON object that cabinets are to have. */
  readonly content: string | null;
  /** Of firmware: where it lies, and what it has to be. */
  readonly url: string | null;
  readonly digest: string | null;
}

export interface StageInput {
  /** These, or so many in a hundred of all, those before included. */
  readonly cabinetIds: readonly string[] | null;
  readonly sharePercent: number | null;
}

export interface RolloutWish {
  readonly merchantId: string;
  readonly releaseId: string;
  readonly idempotencyKey: string;
  readonly stages: readonly StageInput[];
  readonly waitHours: number | null;
  readonly faultyMax: number;
}

type Refuse = (path: string, zh: string, en: string) => void;

function faultsOf(look: (refuse: Refuse) => void): InvalidInputError | null {
  const faults: InvalidField[] = [];
  look((path, zh, en) => faults.push({ path, message: { zh, en } }));
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex');

function isObject(content: string): boolean {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false; // No JSON: no settings.
  }
}

export function refuseRelease({
  kind,
  version,
  content,
  url,
  digest,
}: ReleaseInput): InvalidInputError | null {
  return faultsOf((refuse) => {
    const isConfig = kind === 'CONFIG';
    if (!VERSION.test(version))
      refuse(
        'input.version',
        '版本号为 1 到 40 位字母、数字或 . _ : -',
        'A version has 1 to 40 letters, digits or any of ._:-',
      );
    if (isConfig && (content === null || content.length > CONTENT_LENGTH_MAX || !isObject(content)))
      refuse(
        'input.content',
        `配置须为 JSON 对象，至多 ${CONTENT_LENGTH_MAX} 字`,
        `Settings are a JSON object of at most ${CONTENT_LENGTH_MAX} characters.`,
      );
    if (!isConfig && content !== null)
      refuse('input.content', '固件不带配置内容', 'Firmware takes no settings.');
    if (!isConfig && (url === null || !URL_FORM.test(url)))
      refuse('input.url', '请填写 https 下载地址', 'It is an https address.');
    if (!isConfig && (digest === null || !DIGEST.test(digest)))
      refuse(
        'input.digest',
        '请填写 SHA-256（64 位小写十六进制）',
        'It is a SHA-256 in 64 lower-case hex digits.',
      );
    if (isConfig && url !== null) refuse('input.url', '配置不带下载地址', 'Settings take no address.');
    if (isConfig && digest !== null && content !== null && digest !== digestOf(content))
      refuse('input.digest', '摘要与内容不符', 'The digest is not that of the content.');
  });
}

/** Lists first or between; shares grow, and what is named is named once. */
export function refuseRollout({
  idempotencyKey,
  stages,
  waitHours,
  faultyMax,
}: RolloutWish): InvalidInputError | null {
  return faultsOf((refuse) => {
    if (!KEY.test(idempotencyKey))
      refuse(
        'input.idempotencyKey',
        '单号须为 8 到 80 个字母、数字或 -_.:',
        'The key has 8 to 80 letters, digits or any of -_.:',
      );
    if (waitHours !== null && (waitHours < 1 || waitHours > WAIT_HOURS_MAX))
      refuse('input.waitHours', `须为 1 到 ${WAIT_HOURS_MAX} 小时`, `It is 1 to ${WAIT_HOURS_MAX} hours.`);
    if (faultyMax < 0 || faultyMax > FAULTY_MAX)
      refuse('input.faultyMax', `须为 0 到 ${FAULTY_MAX}`, `It is 0 to ${FAULTY_MAX}.`);
    if (stages.length < 1 || stages.length > STAGES_MAX)
      refuse('input.stages', `须分 1 到 ${STAGES_MAX} 批`, `There are 1 to ${STAGES_MAX} stages.`);
    const listed = stages.flatMap(({ cabinetIds }) => cabinetIds ?? []);
    if (listed.length > ROLLOUT_CABINETS_MAX || new Set(listed).size < listed.length)
      refuse(
        'input.stages',
        `同一柜机只能列一次，至多 ${ROLLOUT_CABINETS_MAX} 台`,
        `A cabinet is named once, and at most ${ROLLOUT_CABINETS_MAX} are.`,
      );
    let before = 0;
    stages.slice(0, STAGES_MAX).forEach(({ cabinetIds, sharePercent }, index) => {
      const path = `input.stages.${index}`;
      if ((cabinetIds === null) === (sharePercent === null) || cabinetIds?.length === 0)
        refuse(path, '每批须列出柜机，或给出百分比', 'A stage names cabinets, or says a share.');
      if (sharePercent === null) return;
      if (sharePercent <= before || sharePercent > 100)
        refuse(
          `${path}.sharePercent`,
          '百分比须逐批递增，至多 100',
          'Shares grow from stage to stage, up to 100.',
        );
      before = sharePercent;
    });
  });
}

export function refuseReason(reason: string): InvalidInputError | null {
  return faultsOf((refuse) => {
    if (reason.length < 2 || reason.length > REASON_LENGTH_MAX)
      refuse(
        'reason',
        `请说明理由（2 到 ${REASON_LENGTH_MAX} 字）`,
        `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
      );
  });
}

/** What two wishes under one key have to have in common. */
export function hashOfRollout({ releaseId, stages, waitHours, faultyMax }: RolloutWish): string {
  const parts = stages.map(({ cabinetIds, sharePercent }) => [cabinetIds, sharePercent]);
  return digestOf(JSON.stringify([releaseId, parts, waitHours, faultyMax]));
}

/** Who is told in which stage. Those of a share are drawn by the roll-out's id, so that it is not always the same who go first; a stage of nobody is left out. */
export function divide(
  cabinetIds: readonly string[],
  stages: readonly StageInput[],
  rolloutId: string,
): string[][] {
  const listed = new Set(stages.flatMap((stage) => stage.cabinetIds ?? []));
  const drawn = cabinetIds
    .filter((id) => !listed.has(id))
    .map((id) => ({ id, lot: digestOf(`${rolloutId}:${id}`) }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .map(({ id }) => id);
  let taken = 0;
  const divided = stages.map((stage) => {
    if (stage.cabinetIds !== null) {
      taken += stage.cabinetIds.length;
      return [...stage.cabinetIds];
    }
    // At least somebody, and whoever is named in a later stage waits for it.
    const upTo = Math.ceil((cabinetIds.length * (stage.sharePercent ?? 0)) / 100);
    const here = drawn.splice(0, Math.max(0, upTo - taken));
    taken += here.length;
    return here;
  });
  return divided.filter((stage) => stage.length > 0);
}

/** What a cabinet is told: which version, and how it knows that it has the right one. */
export function updateOf(
  version: string,
  release: { readonly digest: string; readonly content: string | null; readonly url: string | null } | null,
): object {
  if (!release) return { version };
  const { digest, content, url } = release;
  return { version, digest, ...(content === null ? {} : { content }), ...(url === null ? {} : { url }) };
}

/** Cabinets that could not take it, and by how many more than before something is wrong: what goes wrong in any case is no reason to halt. */
export function faultyOf({
  failed,
  alarmedBefore,
  alarmedSince,
}: Readonly<Record<'failed' | 'alarmedBefore' | 'alarmedSince', number>>): number {
  return failed + Math.max(0, alarmedSince - alarmedBefore);
}

export function isTooMany(
  faultyCount: number,
  { faultyMax, faultyAccepted }: Pick<CabinetRollout, 'faultyMax' | 'faultyAccepted'>,
): boolean {
  return faultyCount > faultyAccepted + faultyMax;
}

/** By itself: so many hours after the stage has begun, and once half of it has the version; one that nobody has tells nothing. */
export function isToGoOn(
  {
    stage,
    stageCount,
    stageBeganAt,
    waitHours,
  }: Pick<CabinetRollout, 'stage' | 'stageCount' | 'stageBeganAt' | 'waitHours'>,
  { size, done }: { readonly size: number; readonly done: number },
  now: Date,
): boolean {
  if (waitHours === null || stage >= stageCount) return false;
  return now.getTime() - stageBeganAt.getTime() >= waitHours * HOUR_MS && done * 2 >= size;
}

export type RolloutAct = 'HALT' | 'RESUME' | 'ROLL_BACK' | 'END';

const FROM: Readonly<Record<RolloutAct, readonly CabinetRolloutState[]>> = {
  HALT: ['RUNNING'],
  RESUME: ['HALTED'],
  ROLL_BACK: ['RUNNING', 'HALTED', 'DONE'],
  END: ['RUNNING', 'HALTED', 'ROLLING_BACK'],
};

const TO: Readonly<Record<RolloutAct, CabinetRolloutState>> = {
  HALT: 'HALTED',
  RESUME: 'RUNNING',
  ROLL_BACK: 'ROLLING_BACK',
  END: 'ENDED',
};

/** What an act makes of it: the same where it has been done already, null where it does not go. */
export function stateAfterAct(state: CabinetRolloutState, act: RolloutAct): CabinetRolloutState | null {
  if (state === TO[act] || (act === 'ROLL_BACK' && state === 'ROLLED_BACK')) return state;
  return FROM[act].includes(state) ? TO[act] : null;
}
