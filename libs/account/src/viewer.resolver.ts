import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound } from '#libs/kernel';
import {
  type LocaleWord,
  SessionReader,
  type SessionRow,
  UserReader,
  deviceNameOf,
  maskPhone,
} from '#libs/identity';
import { type Actor, type Grant, MaybeActor, Public } from '#platform/auth';

export interface ViewerNode {
  readonly id: string;
  readonly phone: string;
  readonly displayName: string;
  readonly hasPassword: boolean;
  readonly locale: LocaleWord | null;
  readonly isElderMode: boolean;
  readonly grants: readonly Grant[];
  /** Not in the schema: tells which of the sessions is the one that asks. */
  readonly sessionId: string;
}

interface SessionNode extends SessionRow {
  readonly deviceName: string | null;
  readonly isCurrent: boolean;
}

@Resolver('Viewer')
export class ViewerResolver {
  constructor(
    private readonly users: UserReader,
    private readonly sessions: SessionReader,
  ) {}

  @Query()
  @Public()
  async viewer(@MaybeActor() actor: Actor | null): Promise<ViewerNode | null> {
    if (!actor) return null;
    const user = await this.users.byId(actor.userId);
    if (!user) return null;
    return { ...user, phone: maskPhone(user.phone), grants: actor.grants, sessionId: actor.sessionId };
  }

  @ResolveField('sessions')
  async sessionsOf(@Parent() viewer: ViewerNode): Promise<SessionNode[]> {
    const sessions = await this.sessions.ofUser(viewer.id);
    return sessions.map((session) => ({
      ...session,
      deviceName: deviceNameOf(session.userAgent),
      isCurrent: session.id === viewer.sessionId,
    }));
  }

  /** Where somebody has just been found to be signed in. */
  async of(actor: Actor): Promise<ViewerNode> {
    const viewer = await this.viewer(actor);
    if (!viewer) throw new NotFound('User', actor.userId);
    return viewer;
  }
}
