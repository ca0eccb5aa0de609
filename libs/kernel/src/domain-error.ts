export type Locale = 'zh-CN' | 'en';

/** What a refusal says, in both languages; the door picks one by the request's locale. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

/** What the request says, else what the person has said, else Chinese. `*`, as programs send it, says nothing, and neither does a language we have not. */
export function spokenLocale(acceptLanguage: string | undefined, preferred: Locale = 'zh-CN'): Locale {
  const said = /^\s*(en|zh)\b/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase();
  if (said === undefined) return preferred;
  return said === 'en' ? 'en' : 'zh-CN';
}

export function inLocale({ zh, en }: Message, locale: Locale): string {
  return locale === 'en' ? en : zh;
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
