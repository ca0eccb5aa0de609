import { type TemperatureBand, isInBand } from '#libs/counter';
import { DAY_MS, type InvalidField, InvalidInputError } from '#libs/kernel';

/**
 * RELEASE: sold after all, because somebody has looked at them. DISPOSE: thrown away. RELEASE_MEASURED: sold although the cabinet's own thermometer says otherwise, because another
 * one says that it is wrong.
 */
export const GOODS_DECISIONS = ['RELEASE', 'RELEASE_MEASURED', 'DISPOSE'] as const;
export type GoodsDecision = (typeof GOODS_DECISIONS)[number];

const REASON_LENGTH_MIN = 2;
/** Whoever overrules a sensor says why in a sentence. */
const OVERRULING_LENGTH_MIN = 10;
const REASON_LENGTH_MAX = 200;

/** A thermometer that is not believed leaves goods unwatched: whoever goes on without it measures every day. */
export const MEASURED_GOOD_FOR_MS = DAY_MS;

export interface Deciding {
  /** Null: all that are locked for it. */
  readonly slotCodes: readonly string[] | null;
  readonly decision: GoodsDecision;
  readonly reason: string;
  readonly measuredDeciCelsius: number | null;
  readonly photoId: string | null;
}

/** Why it cannot be decided so; what was measured has to be within the band of the goods. */
export function refuseDeciding(
  { slotCodes, decision, reason, measuredDeciCelsius, photoId }: Deciding,
  band: TemperatureBand,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (slotCodes && new Set(slotCodes).size < slotCodes.length)
    refuse('slotCodes', '每个货道只写一次', 'Name each slot once.');
  const isMeasured = decision === 'RELEASE_MEASURED';
  const least = isMeasured ? OVERRULING_LENGTH_MIN : REASON_LENGTH_MIN;
  const { length } = reason.trim();
  if (length < least || length > REASON_LENGTH_MAX)
    refuse(
      'reason',
      `请说明理由（${least} 到 ${REASON_LENGTH_MAX} 字）`,
      `Say why in ${least} to ${REASON_LENGTH_MAX} characters.`,
    );
  if (isMeasured && (measuredDeciCelsius === null || !isInBand(band, measuredDeciCelsius)))
    refuse(
      'measuredDeciCelsius',
      '请填写用其他温度计实测的温度，且须在温度范围内；否则只能报废',
      'Say what another thermometer says, which has to be within the band; otherwise the goods are thrown away.',
    );
  if (!isMeasured && measuredDeciCelsius !== null)
    refuse('measuredDeciCelsius', '该处置不带实测温度', 'This decision takes no measurement.');
  if (isMeasured && photoId === null)
    refuse('photoId', '请附上实测温度计的照片', 'Bring a photo of the other thermometer.');
  if (!isMeasured && photoId !== null) refuse('photoId', '该处置不带照片', 'This decision takes no photo.');
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
