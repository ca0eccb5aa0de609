import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { TeamRole } from './team.rules.js';
import type { UserId } from './user.entity.js';

export type TeamInvitationId = IdOf<'tin'>;

export const TEAM_INVITATION_STATES = ['OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED'] as const;
export type TeamInvitationState = (typeof TEAM_INVITATION_STATES)[number];

/** An owner asks whoever has a phone to work for the merchant; nothing comes of it before they say yes. */
@Entity('team_invitation')
export class TeamInvitation {
  @IdColumn({ primary: true }) id!: TeamInvitationId;
  @IdColumn() merchantId!: string;
  /** Where the merchant is registered. */
  @DivisionColumn() countyCode!: string;
  @WordColumn() role!: TeamRole;
  /** Null once it is forgotten, a month after it was over. */
  @Column('varchar', { length: 20, nullable: true }) phone!: string | null;
  @WordColumn() state!: TeamInvitationState;
  /** The phone while it is open: in one role somebody is invited once at a time. */
  @Column('varchar', { length: 20, nullable: true }) openPhone!: string | null;
  @IdColumn() invitedBy!: UserId;
  @InstantColumn() createdAt!: Date;
  /** When the last message was sent. */
  @InstantColumn() sentAt!: Date;
  @Column('int') messageCount!: number;
  @InstantColumn() expiresAt!: Date;
  /** Null while it is open, and where nobody has said anything. */
  @IdColumn({ nullable: true }) answeredBy!: UserId | null;
  @InstantColumn({ nullable: true }) answeredAt!: Date | null;
}
