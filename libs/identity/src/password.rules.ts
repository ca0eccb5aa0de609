import { InvalidInputError } from '#libs/kernel';

export const PASSWORD_LENGTH_MIN = 8;
/** Hashing takes time in proportion; nobody remembers more. */
export const PASSWORD_LENGTH_MAX = 128;

/** Length is what counts; only what is guessed first of all is refused besides. */
export function refusePassword(password: string, phone: string): InvalidInputError | null {
  const refuse = (zh: string, en: string) =>
    new InvalidInputError([{ path: 'newPassword', message: { zh, en } }]);

  if (password.length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX) {
    return refuse(
      `密码长度须为 ${PASSWORD_LENGTH_MIN} 到 ${PASSWORD_LENGTH_MAX} 个字符`,
      `A password has ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`,
    );
  }
  const isGuessable =
    new Set(password).size < 4 || password.includes(phone) || '01234567890123456789'.includes(password);
  return isGuessable
    ? refuse('密码过于简单，请更换', 'The password is too easy to guess; choose another.')
    : null;
}
