import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  BATCH_KEY_PARTS,
  type FeedRow,
  IntakeBatchReader,
  PARTNER_KEY_PARTS,
  type PartnerInput,
  PartnerReader,
  type PartnerRow,
  PartnerService,
  type PartnerState,
  ROW_KEY_PARTS,
  type RowState,
  feedLateness,
} from '#libs/intake';
import { Clock, NotFound, businessDay, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Partner')
export class PartnerResolver {
  constructor(
    private readonly service: PartnerService,
    private readonly reader: PartnerReader,
    private readonly batches: IntakeBatchReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('INTAKE_READ')
  partners(@Args() { first, after }: PageArgs) {
    return this.reader.page(orThrow(pageRequest(first, after, PARTNER_KEY_PARTS)));
  }

  @Query()
  @Allow('INTAKE_READ')
  async intakeBatches(@Args() { partnerId, first, after }: PageArgs & { readonly partnerId: string }) {
    const page = orThrow(pageRequest(first, after, BATCH_KEY_PARTS));
    await this.partner(partnerId);
    return this.batches.page(partnerId, page);
  }

  @Query()
  @Allow('INTAKE_READ')
  intakeRows(
    @Args() {
      batchId,
      state,
      first,
      after,
    }: PageArgs & { readonly batchId: string; readonly state?: RowState | null },
  ) {
    return this.batches.rowsPage(batchId, state ?? null, orThrow(pageRequest(first, after, ROW_KEY_PARTS)));
  }

  @Mutation()
  @Allow('INTAKE_ADMIN')
  async partnerCreate(@CurrentActor() { userId }: Actor, @Args('input') input: PartnerInput) {
    const partner = await this.service.create(input, userId);
    return refused(partner) ? partner : { partner };
  }

  @Mutation()
  @Allow('INTAKE_ADMIN')
  async partnerKeyIssue(@CurrentActor() { userId }: Actor, @Args('partnerId') partnerId: string) {
    const issued = await this.service.issueKey(partnerId, userId);
    if (refused(issued)) return issued;
    const { key, privateKeyPem } = issued;
    return { partner: await this.partner(partnerId), keyId: key.id, privateKeyPem };
  }

  @Mutation()
  @Allow('INTAKE_ADMIN')
  async partnerKeyRevoke(
    @CurrentActor() { userId }: Actor,
    @Args('partnerId') partnerId: string,
    @Args('keyId') keyId: string,
  ) {
    await this.service.revokeKey(partnerId, keyId, userId);
    return { partner: await this.partner(partnerId) };
  }

  @Mutation()
  @Allow('INTAKE_ADMIN')
  async partnerStateSet(
    @CurrentActor() { userId }: Actor,
    @Args('partnerId') partnerId: string,
    @Args('state') state: PartnerState,
  ) {
    await this.service.setState(partnerId, state, userId);
    return { partner: await this.partner(partnerId) };
  }

  @ResolveField()
  keys(@Parent() { id }: PartnerRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${PartnerReader.name}.keys`,
        (ids) => reader.keysOf(ids),
        (key) => key.partnerId,
      )
      .load(id);
  }

  @ResolveField()
  async feeds(@Parent() { id }: PartnerRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const feeds: FeedRow[] = await loaders
      .listOf(
        `${PartnerReader.name}.feeds`,
        (ids) => reader.feedsOf(ids),
        (feed) => feed.partnerId,
      )
      .load(id);
    const today = businessDay(this.clock.now());
    return feeds.map((feed) => ({ ...feed, daysLate: feedLateness(feed.completeThrough, today) }));
  }

  private async partner(id: string): Promise<PartnerRow> {
    const [partner] = await this.reader.byIds([id]);
    if (!partner) throw new NotFound('Partner', id);
    return partner;
  }
}
