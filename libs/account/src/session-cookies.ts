import { Injectable } from '@nestjs/common';
import type { SignedIn } from '#libs/identity';
import { Config } from '#platform/config';
import { ACCESS_COOKIE, type GraphqlContext, REFRESH_COOKIE } from '#platform/graphql';

/** The refresh token travels only where it can be renewed, not with every page and picture. */
const REFRESH_PATH = '/graphql';

/** Without a Domain, cookies belong to the one host that set them. Lax: they do not travel with what other sites post. */
@Injectable()
export class SessionCookies {
  private readonly attributes: {
    readonly httpOnly: true;
    readonly sameSite: 'lax';
    readonly secure: boolean;
  };

  constructor(config: Config) {
    this.attributes = { httpOnly: true, sameSite: 'lax', secure: config.isProduction };
  }

  write({ reply }: GraphqlContext, signedIn: SignedIn): void {
    void reply
      ?.setCookie(ACCESS_COOKIE, signedIn.accessToken, {
        ...this.attributes,
        path: '/',
        maxAge: signedIn.accessExpiresInSeconds,
      })
      .setCookie(REFRESH_COOKIE, signedIn.refreshToken, {
        ...this.attributes,
        path: REFRESH_PATH,
        expires: signedIn.refreshExpiresAt,
      });
  }

  clear({ reply }: GraphqlContext): void {
    void reply
      ?.clearCookie(ACCESS_COOKIE, { ...this.attributes, path: '/' })
      .clearCookie(REFRESH_COOKIE, { ...this.attributes, path: REFRESH_PATH });
  }

  /** The refresh token that a browser sends along, or null. */
  refreshTokenOf({ request }: GraphqlContext): string | null {
    return request.cookies?.[REFRESH_COOKIE] ?? null;
  }
}
