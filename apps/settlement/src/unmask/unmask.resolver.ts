import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type UnmaskWish, UnmaskingService } from '#libs/identity';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';

interface UnmaskInput extends Omit<UnmaskWish, 'caseRef'> {
  readonly caseRef?: string | null;
}

@Resolver()
export class UnmaskResolver {
  constructor(private readonly unmaskings: UnmaskingService) {}

  @Mutation()
  @Allow('UNMASK')
  @AuditedBelow('personal_data.unmasked')
  personalDataUnmask(@CurrentActor() actor: Actor, @Args('input') { caseRef = null, ...input }: UnmaskInput) {
    const unmasker = { userId: actor.userId, scope: divisionsOf(actor, 'UNMASK') };
    return this.unmaskings.unmask({ ...input, caseRef }, unmasker);
  }
}
