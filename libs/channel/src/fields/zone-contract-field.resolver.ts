import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type DivisionRow, DivisionReader } from '#libs/division';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { GraphqlContext } from '#platform/graphql';
import { ZoneContractReader, type ZoneContractRow } from '../zone-contract.reader.js';

@Resolver('ZoneContract')
export class ZoneContractFieldResolver {
  constructor(
    private readonly contracts: ZoneContractReader,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
    private readonly storedFiles: StoredFileService,
  ) {}

  @ResolveField()
  async hostName(
    @Parent() { hostId }: ZoneContractRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const { merchants } = this;
    const loader = loaders.byId(
      MerchantReader,
      (ids) => merchants.byIds(ids),
      ({ id }: MerchantRow) => id,
    );
    return (await loader.load(hostId))?.name ?? '';
  }

  @ResolveField()
  async divisionName(
    @Parent() { divisionCode }: ZoneContractRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const { divisions } = this;
    const loader = loaders.byId(
      'zone-contract.divisions',
      (codes) => divisions.byCodes(codes),
      ({ code }: DivisionRow) => code,
    );
    return (await loader.load(divisionCode))?.name ?? '';
  }

  @ResolveField()
  async shopCount(
    @Parent() { seriesId }: ZoneContractRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<number> {
    const { contracts } = this;
    const loader = loaders.byId(
      ZoneContractReader,
      (ids) => contracts.shopCounts(ids),
      (row: { readonly seriesId: string; readonly shops: number }) => row.seriesId,
    );
    return Number((await loader.load(seriesId))?.shops ?? 0);
  }

  /** As far as whoever has proposed the contract has brought them. */
  @ResolveField()
  async files(
    @Parent() { fileIds, proposedBy }: ZoneContractRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StoredFile[]> {
    const { storedFiles } = this;
    const loader = loaders.byId(
      ZoneContractFieldResolver,
      (ids) => storedFiles.byIds(ids),
      ({ id }: StoredFile) => id,
    );
    const files = await Promise.all(fileIds.map((id) => loader.load(id)));
    return files.flatMap((file) => (file?.uploadedBy === proposedBy ? [file] : []));
  }
}
