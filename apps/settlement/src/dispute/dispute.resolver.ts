import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest } from '#libs/kernel';
import {
  DisputeReader,
  type DisputeRow,
  type DisputeState,
  type ManualNotificationRow,
  ProviderNotificationReader,
} from '#libs/payment';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Dispute')
export class DisputeResolver {
  constructor(
    private readonly reader: DisputeReader,
    private readonly notifications: ProviderNotificationReader,
  ) {}

  @Query()
  @Allow('DISPUTE_READ')
  async disputes(
    @CurrentActor() actor: Actor,
    @Args() { state, first, after }: PageArgs & { readonly state?: DisputeState | null },
  ): Promise<Page<DisputeRow>> {
    assertPlatformWide(actor, 'DISPUTE_READ');
    return this.reader.page(state ?? null, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('DISPUTE_READ')
  async manualNotifications(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: PageArgs,
  ): Promise<Page<ManualNotificationRow>> {
    assertPlatformWide(actor, 'DISPUTE_READ');
    return this.notifications.manual(orThrow(pageRequest(first, after, 1)));
  }
}
