import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { OrderingModule } from '#libs/ordering';
import { GuestCookie } from './guest-cookie.js';
import { GuestResolver, MergedLineResolver } from './guest.resolver.js';

@Module({
  imports: [IdentityModule, OrderingModule],
  providers: [GuestCookie, GuestResolver, MergedLineResolver],
})
export class GuestDoorModule {}
