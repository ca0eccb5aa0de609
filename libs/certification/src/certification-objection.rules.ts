import { createHash } from 'node:crypto';
import { normalisePhone } from '#libs/identity';
import { type InvalidField, InvalidInputError, isBlank, isPhone } from '#libs/kernel';

export interface ObjectionWish {
  readonly body: string;
  readonly contactName: string;
  readonly contactPhone: string;
}

/** Of one notice. Beyond that somebody is making noise; the county is called instead. */
export const OBJECTIONS_MAX = 200;
export const OBJECTIONS_OF_PHONE_MAX = 3;
const BODY_LENGTH_MAX = 500;
const BODY_LENGTH_MIN = 10;
const NAME_LENGTH_MAX = 60;

/** A mobile number however it was typed, so that it is one phone; anything else that one can call, as it is. Null for what is no phone. */
export function phoneOf(text: string): string | null {
  return normalisePhone(text) ?? (isPhone(text) ? text : null);
}

export function refuseObjection({
  body,
  contactName,
  contactPhone,
}: ObjectionWish): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const length = Array.from(body.trim()).length;
  if (isBlank(body) || length < BODY_LENGTH_MIN || body.length > BODY_LENGTH_MAX)
    refuse(
      'input.body',
      `请写明事实与理由（${BODY_LENGTH_MIN} 到 ${BODY_LENGTH_MAX} 字）`,
      `Say what is wrong and how you know, in ${BODY_LENGTH_MIN} to ${BODY_LENGTH_MAX} characters.`,
    );
  if (isBlank(contactName) || contactName.length > NAME_LENGTH_MAX)
    refuse('input.contactName', '请填写姓名，以便核实', 'Say who you are, so that somebody can ask you.');
  if (phoneOf(contactPhone) === null)
    refuse('input.contactPhone', '请填写可联系到您的电话', 'Say a phone by which you can be reached.');
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What is the same objection: the same words of the same phone against the same notice. Hung out anew, what was said before is said anew. */
export function digestOf({ body, contactPhone }: ObjectionWish, noticeFrom: Date): Buffer {
  return createHash('sha256')
    .update(`${noticeFrom.toISOString()}\n${phoneOf(contactPhone) ?? contactPhone}\n${body.trim()}`)
    .digest();
}
