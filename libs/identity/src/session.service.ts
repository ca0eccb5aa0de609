import { Injectable } from '@nestjs/common';
import { Clock, NotFound, newId, plus } from '#libs/kernel';
import { ACCESS_TOKEN_MINUTES, AccessTokens, type Actor } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { AuditService } from './audit.service.js';
import { MembershipReader } from './membership.reader.js';
import { SecretService } from './secret.service.js';
import type { Session } from './session.entity.js';
import { SessionExpiredError } from './session.errors.js';
import { SessionRepository } from './session.repository.js';
import { SESSION_LIFETIME_MS, judgeRefresh } from './session.rules.js';
import { localeOf } from './preference.rules.js';
import type { UserId } from './user.entity.js';
import { UserReader } from './user.reader.js';

/** Where a request comes from, as far as it says. */
export interface ClientFacts {
  readonly address: string;
  readonly userAgent: string | null;
}

export interface SignedIn {
  readonly actor: Actor;
  readonly accessToken: string;
  readonly accessExpiresInSeconds: number;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

/** A session with the refresh token that is known only now. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
}

export type SignInMethod = 'CODE' | 'PASSWORD';

export const OPENED_BY: Readonly<Record<SignInMethod, string>> = {
  CODE: 'session.opened_by_code',
  PASSWORD: 'session.opened_by_password',
};

const USER_AGENT_LENGTH_MAX = 200;
/** A token of ours has 43 characters; longer text is not worth hashing. */
const REFRESH_TOKEN_LENGTH_MAX = 100;

@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly memberships: MembershipReader,
    private readonly users: UserReader,
    private readonly secrets: SecretService,
    private readonly tokens: AccessTokens,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Joins the transaction in which the person has proved who they are; `method` says how. */
  async open(tx: Tx, userId: UserId, client: ClientFacts, method: SignInMethod): Promise<OpenedSession> {
    const now = this.clock.now();
    const refreshToken = this.secrets.newRefreshToken();
    const session: Session = {
      id: newId('ses'),
      userId,
      refreshHash: this.secrets.hashOfToken(refreshToken),
      previousRefreshHash: null,
      createdAt: now,
      refreshedAt: now,
      expiresAt: plus(now, SESSION_LIFETIME_MS),
      revokedAt: null,
      userAgent: client.userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null,
    };
    await this.sessions.insert(tx, session);
    const detail = { address: client.address };
    await this.audit.record(tx, { actorId: userId, act: OPENED_BY[method], subject: session.id, detail });
    return { session, refreshToken };
  }

  /** New tokens for a refresh token; roles are read anew. Reuse of a token that was rotated away ends the session. */
  async refresh(refreshToken: string): Promise<SignedIn | SessionExpiredError> {
    if (refreshToken.length > REFRESH_TOKEN_LENGTH_MAX) return new SessionExpiredError();
    const renewed = await this.database.transaction((tx) => this.rotate(tx, refreshToken));
    return renewed ? this.signedIn(renewed) : new SessionExpiredError();
  }

  /** What the client is given after the commit. */
  async signedIn({ session, refreshToken }: OpenedSession): Promise<SignedIn> {
    const user = await this.users.byId(session.userId);
    const locale = localeOf(user?.locale ?? null);
    const actor: Actor = {
      userId: session.userId,
      sessionId: session.id,
      grants: await this.memberships.grantsOf(session.userId),
      ...(locale && { locale }),
    };
    return {
      actor,
      accessToken: this.tokens.sign(actor),
      accessExpiresInSeconds: ACCESS_TOKEN_MINUTES * 60,
      refreshToken,
      refreshExpiresAt: session.expiresAt,
    };
  }

  /** Ends one of the person's own sessions. Access tokens already given out die within minutes by themselves. */
  async revoke(userId: string, sessionId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.end(tx, sessionId, userId, 'session.revoked')))
        throw new NotFound('Session', sessionId);
    });
  }

  /** Ends the session that the actor or the refresh token belongs to; returns its id, or null if there is nothing to end. */
  signOut(actor: Actor | null, refreshToken: string | null): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const session = actor
        ? { id: actor.sessionId, userId: actor.userId }
        : await this.sessionOf(tx, refreshToken);
      if (!session || !(await this.end(tx, session.id, session.userId, 'session.signed_out'))) return null;
      return session.id;
    });
  }

  /** Joins: after a change of password only the session that changed it goes on. */
  async revokeOthers(tx: Tx, actor: Actor): Promise<void> {
    await this.sessions.revokeOthers(tx, actor.userId, actor.sessionId, this.clock.now());
  }

  /** Null is a refusal that commits, because a session that ends here must stay ended. */
  private async rotate(tx: Tx, refreshToken: string): Promise<OpenedSession | null> {
    const now = this.clock.now();
    const presented = this.secrets.hashOfToken(refreshToken);
    const session = await this.sessions.lockByRefreshHash(tx, presented);
    if (!session) return null;

    const successor = this.secrets.successorOf(refreshToken);
    const successorHash = this.secrets.hashOfToken(successor);
    switch (judgeRefresh(session, presented, now)) {
      case 'ENDED':
        return null;
      case 'REUSED':
        await this.end(tx, session.id, session.userId, 'session.token_reused');
        return null;
      case 'JUST_ROTATED':
        // A successor made under a key that has been changed since cannot be made again.
        return session.refreshHash.equals(successorHash) ? { session, refreshToken: successor } : null;
      case 'CURRENT':
        session.previousRefreshHash = session.refreshHash;
        session.refreshHash = successorHash;
        session.refreshedAt = now;
        session.expiresAt = plus(now, SESSION_LIFETIME_MS);
        await this.sessions.rotate(tx, session);
        return { session, refreshToken: successor };
    }
  }

  private async sessionOf(tx: Tx, refreshToken: string | null): Promise<Session | null> {
    if (refreshToken === null || refreshToken.length > REFRESH_TOKEN_LENGTH_MAX) return null;
    return this.sessions.lockByRefreshHash(tx, this.secrets.hashOfToken(refreshToken));
  }

  private async end(tx: Tx, sessionId: string, userId: string, act: string): Promise<boolean> {
    if (!(await this.sessions.revoke(tx, sessionId, userId, this.clock.now()))) return false;
    await this.audit.record(tx, { actorId: userId, act, subject: sessionId });
    return true;
  }
}
