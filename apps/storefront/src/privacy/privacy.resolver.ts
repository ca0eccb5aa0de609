import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  AccountDeletionReader,
  AccountDeletionService,
  type OpenDeletion,
  PersonalDataService,
} from '#libs/privacy';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

@Resolver()
export class PrivacyResolver {
  constructor(
    private readonly deletions: AccountDeletionService,
    private readonly reader: AccountDeletionReader,
    private readonly files: PersonalDataService,
  ) {}

  @Query()
  @Allow('ACCOUNT')
  accountDeletion(@CurrentActor() { userId }: Actor): Promise<OpenDeletion | null> {
    return this.reader.openOf(userId);
  }

  @Mutation()
  @Allow('ACCOUNT')
  @Throttled('COSTLY')
  personalDataExport(
    @CurrentActor() { userId }: Actor,
    @Args('code') code: string,
    @Context() { request }: GraphqlContext,
  ) {
    return this.files.export({ userId, code, address: request.ip });
  }

  @Mutation()
  @Allow('ACCOUNT')
  async accountDeletionRequest(
    @CurrentActor() { userId }: Actor,
    @Args('code') code: string,
    @Context() { request }: GraphqlContext,
  ) {
    const refusal = await this.deletions.request({ userId, code, address: request.ip });
    return refusal ?? { accountDeletion: await this.reader.openOf(userId) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async accountDeletionWithdraw(@CurrentActor() { userId }: Actor) {
    await this.deletions.withdraw(userId);
    return { accountDeletion: await this.reader.openOf(userId) };
  }
}
