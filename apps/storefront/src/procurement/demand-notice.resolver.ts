import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { GoodsKindReader, type GoodsKindRow } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import { InvalidInputError, NotFound, type Page, pageRequest, refused } from '#libs/kernel';
import {
  DEMAND_NOTICE_KEY_PARTS,
  DemandNoticeReader,
  type DemandNoticeRow,
  DemandNoticeService,
  type DemandWish,
  PurchaserReader,
  noSuchKind,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PublishInput extends Omit<DemandWish, 'note'> {
  readonly note?: string | null;
  readonly idempotencyKey: string;
}

interface PageArgs {
  readonly unitId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** What units say that they will need. */
@Resolver('DemandNotice')
export class DemandNoticeResolver {
  constructor(
    private readonly notices: DemandNoticeService,
    private readonly reader: DemandNoticeReader,
    private readonly purchasers: PurchaserReader,
    private readonly kinds: GoodsKindReader,
    private readonly divisions: DivisionReader,
  ) {}

  @Query()
  @Allow('BUY')
  demandKinds(): Promise<GoodsKindRow[]> {
    return this.kinds.all();
  }

  @Query()
  @Allow('BUY')
  async unitDemandNotices(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, first, after }: PageArgs,
  ): Promise<Page<DemandNoticeRow>> {
    const page = orThrow(pageRequest(first, after, DEMAND_NOTICE_KEY_PARTS));
    if (!(await this.purchasers.mayFollow(unitId, userId))) throw new NotFound('Unit', unitId);
    return this.reader.page(unitId, page);
  }

  @Mutation()
  @Allow('BUY')
  async demandNoticePublish(@CurrentActor() { userId }: Actor, @Args('input') input: PublishInput) {
    // Whose unit it is comes first: a stranger is told nothing of the rest.
    if (!(await this.purchasers.forBuyer(input.unitId, userId))) throw new NotFound('Unit', input.unitId);
    if (!(await this.kinds.byCode(input.kindCode))) return new InvalidInputError([noSuchKind]);
    const notice = await this.notices.publish(userId, { ...input, note: input.note ?? '' });
    return refused(notice) ? notice : { notice };
  }

  @Mutation()
  @Allow('BUY')
  async demandNoticeWithdraw(@CurrentActor() { userId }: Actor, @Args('noticeId') noticeId: string) {
    return { notice: await this.notices.withdraw(userId, noticeId) };
  }

  @ResolveField()
  async kind(@Parent() { kindCode }: DemandNoticeRow, @Context() { loaders }: GraphqlContext) {
    const load = () => this.kinds.all();
    const kind = await loaders.byId(GoodsKindReader, load, ({ code }) => code).load(kindCode);
    // One that the catalogue no longer has keeps its code.
    return kind ?? { code: kindCode, nameZh: kindCode, nameEn: kindCode };
  }

  @ResolveField()
  async countyName(
    @Parent() { countyCode }: DemandNoticeRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const load = (codes: readonly string[]) => this.divisions.byCodes(codes);
    const county = await loaders.byId(DivisionReader, load, ({ code }) => code).load(countyCode);
    return county?.name ?? countyCode;
  }
}
