/** Carries one-time codes to phones. */
export abstract class SmsGateway {
  /** True only where there is no phone to reach: then the code is also shown to whoever asked for it. */
  abstract readonly showsCodes: boolean;

  /** Throws if the message was not taken; it may have been sent all the same. */
  abstract sendSignInCode(phone: string, code: string): Promise<void>;
}
