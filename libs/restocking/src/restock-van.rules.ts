import { type InvalidField, InvalidInputError } from '#libs/kernel';

/** Batches on one van. */
export const VAN_LINES_MAX = 500;
const UNITS_MAX = 100_000;
const KEY = /^[\w:.-]{1,80}$/;

export interface VanLine {
  readonly variantId: string;
  readonly batchId: string;
  readonly quantity: number;
}

export function refuseVanLines(lines: readonly VanLine[], causeKey: string): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (!KEY.test(causeKey))
    refuse(
      'causeKey',
      '单号须为 1 到 80 个字母、数字或 -_.:',
      'The key has 1 to 80 letters, digits or any of -_.:',
    );
  if (lines.length > VAN_LINES_MAX)
    refuse('lines', `至多 ${VAN_LINES_MAX} 行`, `At most ${VAN_LINES_MAX} lines.`);
  const seen = new Set<string>();
  for (const [index, { variantId, batchId, quantity }] of lines.slice(0, VAN_LINES_MAX).entries()) {
    const key = `${variantId}/${batchId}`;
    if (seen.has(key)) refuse(`lines.${index}.batchId`, '同一批次重复', 'A batch stands here once.');
    seen.add(key);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > UNITS_MAX)
      refuse(`lines.${index}.quantity`, `数量须为 1 到 ${UNITS_MAX}`, `The quantity is 1 to ${UNITS_MAX}.`);
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
