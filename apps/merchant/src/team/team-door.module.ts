import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { TeamInvitationResolver } from './team-invitation.resolver.js';
import { TeamResolver } from './team.resolver.js';

@Module({ imports: [IdentityModule, MerchantModule], providers: [TeamInvitationResolver, TeamResolver] })
export class TeamDoorModule {}
