import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config';
import { GUEST_COOKIE, type GraphqlContext } from '#platform/graphql';

/** Like the session's: without a Domain, and Lax, so that it does not travel with what other sites post. */
@Injectable()
export class GuestCookie {
  private readonly attributes: {
    readonly httpOnly: true;
    readonly sameSite: 'lax';
    readonly secure: boolean;
    readonly path: '/';
  };

  constructor(config: Config) {
    this.attributes = { httpOnly: true, sameSite: 'lax', secure: config.isProduction, path: '/' };
  }

  write({ reply }: GraphqlContext, token: string, expires: Date): void {
    void reply?.setCookie(GUEST_COOKIE, token, { ...this.attributes, expires });
  }

  clear({ reply }: GraphqlContext): void {
    void reply?.clearCookie(GUEST_COOKIE, this.attributes);
  }
}
