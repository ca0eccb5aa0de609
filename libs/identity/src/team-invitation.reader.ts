import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { maskPhone } from './phone.rules.js';
import type { LocaleWord } from './preference.rules.js';
import type { TeamInvitationId, TeamInvitationState } from './team-invitation.entity.js';
import { invitationStateAt } from './team-invitation.rules.js';
import type { TeamRole } from './team.rules.js';

export interface TeamInvitationRow {
  readonly id: TeamInvitationId;
  readonly merchantId: string;
  readonly role: TeamRole;
  readonly state: TeamInvitationState;
  readonly maskedPhone: string;
  readonly createdAt: Date;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** The latest of a merchant, and of whoever is invited. */
const INVITATIONS_SHOWN_MAX = 50;

const COLUMNS = `t.id, t.merchant_id AS merchantId, t.role, t.state, t.phone, t.created_at AS createdAt, t.sent_at AS sentAt,
  t.expires_at AS expiresAt`;

type Read = Omit<TeamInvitationRow, 'maskedPhone'> & { readonly phone: string | null };

@Injectable()
export class TeamInvitationReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whom its owners have asked, the latest first; forgotten a month after it was over. */
  async ofMerchant(merchantId: string): Promise<TeamInvitationRow[]> {
    return this.rowsOf(
      await this.database.query<Read>(
        `SELECT ${COLUMNS} FROM team_invitation t WHERE t.merchant_id = ? AND t.phone IS NOT NULL ORDER BY t.id DESC LIMIT ?`,
        [merchantId, INVITATIONS_SHOWN_MAX],
      ),
    );
  }

  /** Who has asked somebody, as far as it waits for their answer; the latest first. */
  async ofUser(userId: string): Promise<TeamInvitationRow[]> {
    return this.rowsOf(
      await this.database.query<Read>(
        `SELECT ${COLUMNS} FROM team_invitation t JOIN user_account u ON u.phone = t.phone
         WHERE u.id = ? AND t.state = 'OPEN' AND t.expires_at > ? ORDER BY t.id DESC LIMIT ?`,
        [userId, this.clock.now(), INVITATIONS_SHOWN_MAX],
      ),
    );
  }

  /** Whatever became of it. */
  async byId(id: string): Promise<TeamInvitationRow | null> {
    const [row] = this.rowsOf(
      await this.database.query<Read>(`SELECT ${COLUMNS} FROM team_invitation t WHERE t.id = ?`, [id]),
    );
    return row ?? null;
  }

  /** To whom a message goes, and of what; null once it waits for nobody. */
  async messageOf(
    id: string,
  ): Promise<{ phone: string; locale: LocaleWord | null; row: TeamInvitationRow } | null> {
    const [read] = await this.database.query<Read & { readonly locale: LocaleWord | null }>(
      `SELECT ${COLUMNS}, u.locale FROM team_invitation t LEFT JOIN user_account u ON u.phone = t.phone WHERE t.id = ?`,
      [id],
    );
    const [row] = read ? this.rowsOf([read]) : [];
    if (!read || !row || read.phone === null || row.state !== 'OPEN') return null;
    return { phone: read.phone, locale: read.locale, row };
  }

  /** By whom somebody was asked, and what they said, for themselves. */
  ofPerson(userId: string): Promise<object[]> {
    return this.database.query(
      `SELECT t.merchant_id AS merchantId, t.role, t.state, t.created_at AS createdAt, t.answered_at AS answeredAt
       FROM team_invitation t JOIN user_account u ON u.phone = t.phone WHERE u.id = ? ORDER BY t.id DESC LIMIT ?`,
      [userId, INVITATIONS_SHOWN_MAX],
    );
  }

  /** Whose team is to be locked before the invitation is; null where there is none. */
  async merchantIdOf(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ merchantId: string }>(
      'SELECT merchant_id AS merchantId FROM team_invitation WHERE id = ?',
      [id],
    );
    return row?.merchantId ?? null;
  }

  private rowsOf(rows: readonly Read[]): TeamInvitationRow[] {
    const now = this.clock.now();
    return rows.map(({ phone, ...row }) => ({
      ...row,
      state: invitationStateAt(row, now),
      maskedPhone: maskPhone(phone ?? ''),
    }));
  }
}
