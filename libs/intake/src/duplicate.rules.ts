import { InvalidInputError } from '#libs/kernel';

export const REASON_LENGTH_MAX = 500;

/** Whoever decides over others says why, in a sentence. */
export function refuseReason(reason: string, path = 'reason'): InvalidInputError | null {
  const length = reason.trim().length;
  if (length >= 2 && length <= REASON_LENGTH_MAX) return null;
  const message = {
    zh: `请写明理由（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why, in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path, message }]);
}

/** A claim that is mended has other lines; what was said of those before says nothing of them. `d` is the suspicion. */
export const IS_OF_SUBJECT = `(d.subject_kind <> 'CLAIM' OR EXISTS (SELECT 1 FROM claim_line l WHERE l.id = d.line_id))`;
