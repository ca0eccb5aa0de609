import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest } from '#libs/kernel';
import { ClawbackReader, type ClawbackRow } from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

@Resolver('Clawback')
export class ClawbackResolver {
  constructor(private readonly reader: ClawbackReader) {}

  @Query()
  @Allow('REFUND_READ')
  async clawbacks(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ): Promise<Page<ClawbackRow>> {
    assertPlatformWide(actor, 'REFUND_READ');
    return this.reader.open(orThrow(pageRequest(first, after, 1)));
  }
}
