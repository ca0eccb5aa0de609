import { InvalidInputError, type Message } from '#libs/kernel';

const TEXT_LENGTH_MAX = 2_000;

export function invalid(path: string, message: Message): InvalidInputError {
  return new InvalidInputError([{ path, message }]);
}

/** Why, in words that somebody understands a year later. */
export function refuseText(path: string, text: string): InvalidInputError | null {
  const length = text.trim().length;
  if (length >= 2 && length <= TEXT_LENGTH_MAX) return null;
  return invalid(path, {
    zh: `请填写说明（2 到 ${TEXT_LENGTH_MAX} 字）`,
    en: `Say it in 2 to ${TEXT_LENGTH_MAX} characters.`,
  });
}
