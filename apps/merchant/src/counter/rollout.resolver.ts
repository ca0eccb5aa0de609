import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type CabinetReleaseKind,
  ROLLOUT_KEY_PARTS,
  type ReleaseInput,
  RolloutReader,
  type RolloutActor,
  RolloutService,
  type RolloutTargetState,
  type RolloutWish,
} from '#libs/counter';
import { pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface AddArgs {
  readonly merchantId: string;
  readonly input: Pick<ReleaseInput, 'kind' | 'version'> & Partial<ReleaseInput>;
}

interface ActArgs {
  readonly rolloutId: string;
  readonly reason: string;
}

type StartInput = Omit<RolloutWish, 'stages' | 'waitHours'> & {
  readonly stages: readonly Partial<RolloutWish['stages'][number]>[];
  readonly waitHours?: number | null;
};

const pageOf = ({ first, after }: PageArgs) => orThrow(pageRequest(first, after, ROLLOUT_KEY_PARTS));
const ownOf = (actor: Actor) => merchantsOf(actor, 'COUNTER_COMMAND');
const within = (actor: Actor) => ({ merchantIds: ownOf(actor) });
const by = (actor: Actor): RolloutActor => ({ userId: actor.userId, merchantIds: ownOf(actor) });

@Resolver()
export class RolloutResolver {
  constructor(
    private readonly service: RolloutService,
    private readonly reader: RolloutReader,
  ) {}

  @Query()
  @Allow('COUNTER_COMMAND')
  cabinetReleases(
    @CurrentActor() actor: Actor,
    @Args() { kind, ...page }: PageArgs & { readonly kind?: CabinetReleaseKind | null },
  ) {
    return this.reader.releases(ownOf(actor), kind ?? null, pageOf(page));
  }

  @Query()
  @Allow('COUNTER_COMMAND')
  cabinetRollouts(@CurrentActor() actor: Actor, @Args() page: PageArgs) {
    return this.reader.page(within(actor), null, pageOf(page));
  }

  @Query()
  @Allow('COUNTER_COMMAND')
  cabinetRollout(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, within(actor));
  }

  @Query()
  @Allow('COUNTER_COMMAND')
  cabinetRolloutTargets(
    @CurrentActor() actor: Actor,
    @Args()
    {
      rolloutId,
      state,
      ...page
    }: PageArgs & { readonly rolloutId: string; readonly state?: RolloutTargetState | null },
  ) {
    return this.reader.targets(rolloutId, within(actor), state ?? null, pageOf(page));
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetReleaseAdd(@CurrentActor() actor: Actor, @Args() { merchantId, input }: AddArgs) {
    const release = { content: null, url: null, digest: null, ...input };
    const id = await this.service.addRelease(merchantId, release, by(actor));
    return refused(id) ? id : { release: await this.reader.release(id) };
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetRolloutStart(@CurrentActor() actor: Actor, @Args('input') input: StartInput) {
    const { waitHours = null } = input;
    const stages = input.stages.map((stage) => ({ cabinetIds: null, sharePercent: null, ...stage }));
    const id = await this.service.start({ ...input, stages, waitHours }, by(actor));
    return refused(id) ? id : { rollout: await this.reader.byId(id, within(actor)) };
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetRolloutAdvance(
    @CurrentActor() actor: Actor,
    @Args() { rolloutId, stage }: { readonly rolloutId: string; readonly stage: number },
  ) {
    const id = await this.service.advance(rolloutId, stage, by(actor));
    return refused(id) ? id : { rollout: await this.reader.byId(id, within(actor)) };
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetRolloutHalt(@CurrentActor() actor: Actor, @Args() { rolloutId, reason }: ActArgs) {
    const id = await this.service.halt(rolloutId, reason, by(actor));
    return refused(id) ? id : { rollout: await this.reader.byId(id, within(actor)) };
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetRolloutResume(@CurrentActor() actor: Actor, @Args() { rolloutId, reason }: ActArgs) {
    const id = await this.service.resume(rolloutId, reason, by(actor));
    return refused(id) ? id : { rollout: await this.reader.byId(id, within(actor)) };
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetRolloutRollBack(@CurrentActor() actor: Actor, @Args() { rolloutId, reason }: ActArgs) {
    const id = await this.service.rollBack(rolloutId, reason, by(actor));
    return refused(id) ? id : { rollout: await this.reader.byId(id, within(actor)) };
  }

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetRolloutEnd(@CurrentActor() actor: Actor, @Args() { rolloutId, reason }: ActArgs) {
    const id = await this.service.end(rolloutId, reason, by(actor));
    return refused(id) ? id : { rollout: await this.reader.byId(id, within(actor)) };
  }
}
