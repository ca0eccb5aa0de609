import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { AccountResolver } from './account.resolver.js';
import { SessionCookies } from './session-cookies.js';
import { ViewerResolver } from './viewer.resolver.js';

/** The sign-in door that the three services share: imported by each, with its SDL. */
@Module({ imports: [IdentityModule], providers: [AccountResolver, SessionCookies, ViewerResolver] })
export class AccountModule {}
