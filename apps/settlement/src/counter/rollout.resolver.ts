import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  type CabinetRolloutState,
  ROLLOUT_KEY_PARTS,
  RolloutReader,
  type RolloutTargetState,
} from '#libs/counter';
import { pageRequest } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

type RolloutArgs = PageArgs & { readonly state?: CabinetRolloutState | null };
type TargetArgs = PageArgs & { readonly rolloutId: string; readonly state?: RolloutTargetState | null };

const pageOf = ({ first, after }: PageArgs) => orThrow(pageRequest(first, after, ROLLOUT_KEY_PARTS));
const within = (actor: Actor) => ({ divisions: divisionsOf(actor, 'COUNTER_READ') });

/** Officials see what goes out to cabinets of their division; who lets it go out runs them. */
@Resolver()
export class RolloutResolver {
  constructor(private readonly reader: RolloutReader) {}

  @Query()
  @Allow('COUNTER_READ')
  cabinetRollouts(@CurrentActor() actor: Actor, @Args() { state, ...page }: RolloutArgs) {
    return this.reader.page(within(actor), state ?? null, pageOf(page));
  }

  @Query()
  @Allow('COUNTER_READ')
  cabinetRolloutTargets(@CurrentActor() actor: Actor, @Args() { rolloutId, state, ...page }: TargetArgs) {
    return this.reader.targets(rolloutId, within(actor), state ?? null, pageOf(page));
  }
}
