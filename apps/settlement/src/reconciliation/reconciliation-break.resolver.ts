import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MembershipReader, UserReader } from '#libs/identity';
import { Clock, type Page, isId, pageRequest, present, refused } from '#libs/kernel';
import {
  BREAK_OWNERS,
  type BreakClass,
  type BreakFilter,
  type BreakRow,
  type BreakState,
  type BreakStepRow,
  ReconciliationBreakReader,
  ReconciliationBreakService,
  type ReconciliationCheckName,
  type Resolution,
} from '#libs/reconciliation';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

/** A finance department. */
const OWNERS_MAX = 200;

interface FilterInput {
  readonly states?: readonly BreakState[] | null;
  readonly check?: ReconciliationCheckName | null;
  readonly class?: BreakClass | null;
  readonly ownerId?: string | null;
  readonly subject?: string | null;
}

interface ResolveInput extends Pick<Resolution, 'reason'> {
  readonly id: string;
  readonly journalId?: string | null;
  readonly refundId?: string | null;
}

function filterOf({ states, class: breakClass, ...rest }: FilterInput): BreakFilter {
  return { ...rest, breakClass: breakClass ?? null, states: states ?? ['OPEN', 'ASSIGNED'] };
}

/** Breaks have no divisions: whoever answers for one sees none of them. */
@Resolver('ReconciliationBreak')
export class ReconciliationBreakResolver {
  constructor(
    private readonly service: ReconciliationBreakService,
    private readonly reader: ReconciliationBreakReader,
    private readonly users: UserReader,
    private readonly memberships: MembershipReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('RECONCILIATION_READ')
  async reconciliationBreaks(
    @CurrentActor() actor: Actor,
    @Args()
    { filter, first, after }: { filter?: FilterInput | null; first?: number | null; after?: string | null },
  ): Promise<Page<BreakRow>> {
    assertPlatformWide(actor, 'RECONCILIATION_READ');
    return this.reader.page(filterOf(filter ?? {}), orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('RECONCILIATION_READ')
  async reconciliationBreak(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<BreakRow | null> {
    assertPlatformWide(actor, 'RECONCILIATION_READ');
    return isId('brk', id) ? this.reader.byId(id) : null;
  }

  @Query()
  @Allow('RECONCILIATION_RESOLVE')
  async reconciliationOwners(@CurrentActor() actor: Actor): Promise<Person[]> {
    assertPlatformWide(actor, 'RECONCILIATION_RESOLVE');
    const staff = await this.memberships.staffWith(BREAK_OWNERS, OWNERS_MAX);
    return staff.map(({ id, displayName }) => ({ id, name: displayName }));
  }

  @Mutation()
  @Allow('RECONCILIATION_RESOLVE')
  async breakAssign(
    @CurrentActor() actor: Actor,
    @Args('id') id: string,
    @Args('ownerId') ownerId: string | null = null,
  ) {
    assertPlatformWide(actor, 'RECONCILIATION_RESOLVE');
    const owner = ownerId ?? actor.userId;
    const done = await this.service.assign(actor.userId, id, owner as Actor['userId']);
    return refused(done) ? done : { break: await this.shown(done) };
  }

  @Mutation()
  @Allow('RECONCILIATION_RESOLVE')
  async breakNote(@CurrentActor() actor: Actor, @Args('id') id: string, @Args('note') note: string) {
    assertPlatformWide(actor, 'RECONCILIATION_RESOLVE');
    const done = await this.service.note(actor.userId, id, note);
    return refused(done) ? done : { break: await this.shown(done) };
  }

  @Mutation()
  @Allow('RECONCILIATION_RESOLVE')
  async breakResolve(@CurrentActor() actor: Actor, @Args('input') input: ResolveInput) {
    assertPlatformWide(actor, 'RECONCILIATION_RESOLVE');
    const { id, reason, journalId, refundId } = input;
    const resolution = { reason, journalId: journalId ?? null, refundId: refundId ?? null };
    const done = await this.service.resolve(actor.userId, id, resolution);
    return refused(done) ? done : { break: await this.shown(done) };
  }

  @ResolveField()
  check(@Parent() { checkName }: BreakRow) {
    return checkName;
  }

  @ResolveField()
  class(@Parent() { breakClass }: BreakRow) {
    return breakClass;
  }

  @ResolveField()
  differenceFen(@Parent() { expectedFen, actualFen }: BreakRow) {
    return expectedFen === null || actualFen === null ? null : actualFen - expectedFen;
  }

  @ResolveField()
  detail(@Parent() { detail }: BreakRow) {
    return Object.entries(detail).map(([name, value]) => ({ name, value }));
  }

  @ResolveField()
  ageSeconds(@Parent() { firstSeenAt, closedAt }: BreakRow) {
    const until = closedAt ?? this.clock.now();
    return Math.max(0, Math.floor((until.getTime() - firstSeenAt.getTime()) / 1_000));
  }

  @ResolveField()
  owner(@Parent() { ownerId }: BreakRow, @Context() context: GraphqlContext): Promise<Person> | null {
    return ownerId === null ? null : personOf(ownerId, this.users, context);
  }

  @ResolveField()
  steps(@Parent() { id }: BreakRow, @Context() { loaders }: GraphqlContext): Promise<BreakStepRow[]> {
    const { reader } = this;
    const byBreak = loaders.listOf(
      ReconciliationBreakReader,
      (ids) => reader.stepsOf(ids),
      (step: BreakStepRow) => step.breakId,
    );
    return byBreak.load(id);
  }

  private async shown(id: string): Promise<BreakRow> {
    return present(await this.reader.byId(id), 'the break just changed');
  }
}

@Resolver('ReconciliationBreakStep')
export class ReconciliationBreakStepResolver {
  constructor(private readonly users: UserReader) {}

  @ResolveField()
  actor(@Parent() { actorId }: BreakStepRow, @Context() context: GraphqlContext): Promise<Person> | null {
    return actorId === null ? null : personOf(actorId, this.users, context);
  }
}
