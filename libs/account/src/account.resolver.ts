import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { refused } from '#libs/kernel';
import {
  type ClientFacts,
  type LocaleWord,
  PasswordService,
  type PhoneChange,
  ProfileService,
  SessionService,
  SignInCodeService,
  SignInService,
  type SignedIn,
} from '#libs/identity';
import { type Actor, Allow, CurrentActor, MaybeActor, Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';
import { SessionCookies } from './session-cookies.js';
import { type ViewerNode, ViewerResolver } from './viewer.resolver.js';

function clientOf({ request }: GraphqlContext): ClientFacts {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
}

interface PreferencesInput {
  readonly locale?: LocaleWord | null;
  readonly isElderMode: boolean;
}

interface SignedInPayload {
  readonly tokens: Omit<SignedIn, 'actor'>;
  readonly viewer: ViewerNode;
}

@Resolver()
export class AccountResolver {
  constructor(
    private readonly codes: SignInCodeService,
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly passwords: PasswordService,
    private readonly profiles: ProfileService,
    private readonly cookies: SessionCookies,
    private readonly viewers: ViewerResolver,
  ) {}

  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  signInCodeRequest(@Args('phone') phone: string, @Context() context: GraphqlContext) {
    return this.codes.request(phone, context.request.ip, context.locale);
  }

  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  async signInWithCode(
    @Args('phone') phone: string,
    @Args('code') code: string,
    @Context() context: GraphqlContext,
  ) {
    const signedIn = await this.signIns.withCode(phone, code, clientOf(context));
    return refused(signedIn) ? signedIn : this.welcome(context, signedIn);
  }

  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  async signInWithPassword(
    @Args('phone') phone: string,
    @Args('password') password: string,
    @Context() context: GraphqlContext,
  ) {
    const signedIn = await this.signIns.withPassword(phone, password, clientOf(context));
    return refused(signedIn) ? signedIn : this.welcome(context, signedIn);
  }

  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  async sessionRefresh(
    @Args('refreshToken') refreshToken: string | null | undefined,
    @Context() context: GraphqlContext,
  ) {
    const signedIn = await this.sessions.refresh(refreshToken ?? this.cookies.refreshTokenOf(context) ?? '');
    if (!refused(signedIn)) return this.welcome(context, signedIn);
    this.cookies.clear(context);
    return signedIn;
  }

  @Mutation()
  @Public()
  async signOut(
    @MaybeActor() actor: Actor | null,
    @Args('refreshToken') refreshToken: string | null | undefined,
    @Context() context: GraphqlContext,
  ) {
    const sessionId = await this.sessions.signOut(
      actor?.isGuest ? null : actor,
      refreshToken ?? this.cookies.refreshTokenOf(context),
    );
    this.cookies.clear(context);
    return { sessionId };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async passwordSet(
    @CurrentActor() actor: Actor,
    @Args('newPassword') newPassword: string,
    @Args('currentPassword') currentPassword: string | null | undefined,
    @Context() context: GraphqlContext,
  ) {
    const change = { newPassword, currentPassword: currentPassword ?? null };
    const refusal = await this.passwords.set(actor, change, context.request.ip);
    return refusal ?? { viewer: await this.viewers.of(actor) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async preferencesSet(
    @CurrentActor() actor: Actor,
    @Args('input') { locale, isElderMode }: PreferencesInput,
  ) {
    await this.profiles.setPreferences(actor, { locale: locale ?? null, isElderMode });
    return { viewer: await this.viewers.of(actor) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async phoneChange(
    @CurrentActor() actor: Actor,
    @Args('input') input: PhoneChange,
    @Context() context: GraphqlContext,
  ) {
    const refusal = await this.profiles.changePhone(actor, input, context.request.ip);
    return refusal ?? { viewer: await this.viewers.of(actor) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async sessionRevoke(@CurrentActor() actor: Actor, @Args('sessionId') sessionId: string) {
    await this.sessions.revoke(actor.userId, sessionId);
    return { sessionId };
  }

  private async welcome(context: GraphqlContext, { actor, ...tokens }: SignedIn): Promise<SignedInPayload> {
    this.cookies.write(context, { actor, ...tokens });
    return { tokens, viewer: await this.viewers.of(actor) };
  }
}
