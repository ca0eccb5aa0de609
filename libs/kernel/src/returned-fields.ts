import { isBlank } from './blank.js';
import { type InvalidField, InvalidInputError } from './domain-error.js';

/** What is to be mended in a form that is sent back, and why: `path` is where in its content. */
export interface ReturnedField {
  readonly path: string;
  readonly message: string;
}

const FIELDS_MAX = 50;
const PATH_LENGTH_MAX = 80;
const MESSAGE_LENGTH_MAX = 200;

/** Field by field, so that the page of whoever filled it in can put each word where it belongs. */
export function refuseReturnedFields(fields: readonly ReturnedField[]): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (fields.length > FIELDS_MAX) {
    const message = { zh: `至多 ${FIELDS_MAX} 项`, en: `At most ${FIELDS_MAX} fields.` };
    faults.push({ path: 'fields', message });
  }
  for (const [index, { path, message }] of fields.entries()) {
    const isGood =
      /^content(\.[A-Za-z]+|\.\d+)*$/.test(path) &&
      path.length <= PATH_LENGTH_MAX &&
      !isBlank(message) &&
      message.length <= MESSAGE_LENGTH_MAX;
    if (isGood) continue;
    const said = {
      zh: '字段路径或说明有误',
      en: `A path begins with content; its message has 1 to ${MESSAGE_LENGTH_MAX} characters.`,
    };
    faults.push({ path: `fields.${index}`, message: said });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
