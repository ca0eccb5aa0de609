import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { TeamResolver } from './team.resolver.js';

@Module({ imports: [IdentityModule], providers: [TeamResolver] })
export class TeamDoorModule {}
