import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import {
  PAIRING_KEY_PARTS,
  PairingReader,
  type PairingRow,
  PairingService,
  type PairingState,
} from '#libs/pairing';
import { type Actor, Allow, Audited, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly state?: PairingState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function judgeOf(actor: Actor) {
  return { userId: actor.userId, divisions: divisionsOf(actor, 'HOUSEHOLD_MANAGE') };
}

@Resolver('Pairing')
export class PairingResolver {
  constructor(
    private readonly service: PairingService,
    private readonly reader: PairingReader,
  ) {}

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('pairing.listed')
  pairings(@CurrentActor() actor: Actor, @Args() { state, first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, PAIRING_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'HOUSEHOLD_READ') }, state ?? null, page);
  }

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('pairing.summed')
  pairingSummary(@CurrentActor() actor: Actor) {
    return this.reader.summaryOf(divisionsOf(actor, 'HOUSEHOLD_READ'));
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('pairing.approved')
  async pairingApprove(@CurrentActor() actor: Actor, @Args('pairingId') pairingId: string) {
    const id = await this.service.approve(pairingId, judgeOf(actor));
    return refused(id) ? id : { pairing: await this.reader.byId(id, judgeOf(actor)) };
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('pairing.rejected')
  async pairingReject(
    @CurrentActor() actor: Actor,
    @Args() { pairingId, note }: { readonly pairingId: string; readonly note: string },
  ) {
    const id = await this.service.reject(pairingId, note, judgeOf(actor));
    return refused(id) ? id : { pairing: await this.reader.byId(id, judgeOf(actor)) };
  }
  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('pairing.consent_withdrawn')
  async pairingConsentWithdraw(@CurrentActor() actor: Actor, @Args('pairingId') pairingId: string) {
    const id = await this.service.withdrawConsent(pairingId, judgeOf(actor));
    return { pairing: await this.reader.byId(id, judgeOf(actor)) };
  }

  @ResolveField()
  hasPhoto(@Parent() { photoId }: PairingRow): boolean {
    return photoId !== null;
  }
}
