export type Locale = 'zh-CN' | 'en';

/** What a refusal says, in both languages; the door picks one by the request's locale. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

/**
 * A refusal: an expected answer, returned and never thrown, that rolls the transaction back.
 * Its class name is the SDL type, its public fields are the SDL fields.
 */
export abstract class DomainError {
  abstract readonly code: string;
  abstract readonly message: Message;
}

export function refused<T>(result: T | DomainError): result is DomainError {
  return result instanceof DomainError;
}

export interface InvalidField {
  readonly path: string;
  readonly message: Message;
}

/** Malformed input, all fields at once. */
export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT';
  readonly message: Message;

  constructor(readonly fields: readonly InvalidField[]) {
    super();
    this.message = {
      zh: fields.map((field) => field.message.zh).join('；'),
      en: fields.map((field) => field.message.en).join(' '),
    };
  }
}
