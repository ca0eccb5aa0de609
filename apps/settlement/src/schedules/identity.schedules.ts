import { Injectable } from '@nestjs/common';
import { TeamInvitationService } from '#libs/identity';
import { HOUR_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class IdentitySchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(invitations: TeamInvitationService) {
    this.all = [
      {
        name: 'forget-team-invitations',
        everyMs: HOUR_MS,
        work: () => invitations.forgetOver(BATCH_MAX),
      },
    ];
  }
}
