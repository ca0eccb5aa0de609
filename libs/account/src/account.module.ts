import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';

/** The sign-in door that the three services share. */
@Module({ imports: [IdentityModule] })
export class AccountModule {}
