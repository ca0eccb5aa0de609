import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import type { Locale } from '#libs/kernel';
import type { VolumeRow } from '#libs/volume';
import type { GraphqlContext } from '#platform/graphql';

const UNKNOWN: Record<Locale, string> = { 'zh-CN': '未知', en: 'Unknown' };

/** Names for the codes of a row; what our registers do not hold is called by its code. */
@Resolver('VolumeRow')
export class VolumeRowResolver {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly products: ProductNameReader,
  ) {}

  @ResolveField()
  async county(
    @Parent() { originCountyCode: code }: VolumeRow,
    @Context() { loaders, locale }: GraphqlContext,
  ) {
    if (code === null) return null;
    const { divisions } = this;
    const byCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division) => division.code,
    );
    const county = code === '' ? { code, name: UNKNOWN[locale] } : await byCode.load(code);
    return county ?? { code, name: code };
  }

  @ResolveField()
  async product(@Parent() { productId: id }: VolumeRow, @Context() { loaders, locale }: GraphqlContext) {
    if (id === null) return null;
    const { products } = this;
    const byId = loaders.byId(
      ProductNameReader,
      (ids) => products.byIds(ids),
      (product) => product.id,
    );
    const product = id === '' ? { id, name: UNKNOWN[locale] } : await byId.load(id);
    return product ?? { id, name: id };
  }

  @ResolveField()
  channel(@Parent() { channelKind }: VolumeRow) {
    return channelKind;
  }
}
