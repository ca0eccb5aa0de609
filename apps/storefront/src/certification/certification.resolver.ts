import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ProductName, ProductNameReader } from '#libs/catalog';
import {
  CertificationNoticeReader,
  CertificationObjectionService,
  CertificationSchemeReader,
  NOTICE_KEY_PARTS,
  type NoticeRow,
  type ObjectionWish,
  type SchemeRow,
} from '#libs/certification';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { HOUSEHOLDS_TOLD_MIN } from '#libs/household';
import { pageRequest, refused } from '#libs/kernel';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import { Public } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

@Resolver('CertificationNotice')
export class CertificationNoticeResolver {
  constructor(
    private readonly notices: CertificationNoticeReader,
    private readonly objections: CertificationObjectionService,
    private readonly schemes: CertificationSchemeReader,
    private readonly products: ProductNameReader,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
  ) {}

  @Query()
  @Public()
  certificationNotices(
    @Args()
    {
      countyCode,
      first,
      after,
    }: {
      countyCode?: string | null;
      first?: number | null;
      after?: string | null;
    },
  ) {
    return this.notices.page(countyCode ?? null, orThrow(pageRequest(first, after, NOTICE_KEY_PARTS)));
  }

  @Query()
  @Public()
  certificationNotice(@Args('id') id: string) {
    return this.notices.byId(id);
  }

  /** Whoever floods a notice is held to what signing in is held to, beside the limits of each notice. */
  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  async certificationObject(@Args() { noticeId, input }: { noticeId: string; input: ObjectionWish }) {
    const said = await this.objections.object(noticeId, input);
    return refused(said) ? said : { objectionId: said };
  }

  @ResolveField()
  async productName(
    @Parent() { productId }: NoticeRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const { products } = this;
    const product = await loaders
      .byId(
        CertificationNoticeResolver,
        (ids) => products.byIds(ids),
        ({ id }: ProductName) => id,
      )
      .load(productId);
    return product?.name ?? '';
  }

  @ResolveField()
  async merchantName(
    @Parent() { merchantId }: NoticeRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const { merchants } = this;
    const merchant = await loaders
      .byId(
        MerchantReader,
        (ids) => merchants.byIds(ids),
        ({ id }: MerchantRow) => id,
      )
      .load(merchantId);
    return merchant?.name ?? '';
  }

  @ResolveField()
  async county(@Parent() { countyCode }: NoticeRow): Promise<DivisionRow | null> {
    return (await this.divisions.countiesOf([countyCode])).get(countyCode) ?? null;
  }

  @ResolveField()
  async schemeNameZh(@Parent() notice: NoticeRow, @Context() context: GraphqlContext): Promise<string> {
    return (await this.schemeOf(notice, context))?.nameZh ?? '';
  }

  @ResolveField()
  async schemeNameEn(@Parent() notice: NoticeRow, @Context() context: GraphqlContext): Promise<string> {
    return (await this.schemeOf(notice, context))?.nameEn ?? '';
  }

  @ResolveField()
  linkedHouseholdCount(@Parent() { linkedHouseholdCount }: NoticeRow): number | null {
    return linkedHouseholdCount < HOUSEHOLDS_TOLD_MIN ? null : linkedHouseholdCount;
  }

  private schemeOf({ schemeCode }: NoticeRow, { loaders }: GraphqlContext): Promise<SchemeRow | null> {
    const { schemes } = this;
    return loaders
      .byId(
        CertificationSchemeReader,
        (codes) => schemes.byCodes(codes),
        ({ code }: SchemeRow) => code,
      )
      .load(schemeCode);
  }
}
