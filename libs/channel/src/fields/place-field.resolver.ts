import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { GraphqlContext } from '#platform/graphql';
import { PlaceReader, type PlaceRow, type PlaceStepRow } from '../place.reader.js';

async function operatorNameOf(
  { operatorId }: PlaceRow,
  merchants: MerchantReader,
  { loaders }: GraphqlContext,
): Promise<string | null> {
  if (operatorId === null) return null;
  const loader = loaders.byId(
    MerchantReader,
    (ids) => merchants.byIds(ids),
    ({ id }: MerchantRow) => id,
  );
  return (await loader.load(operatorId))?.name ?? null;
}

@Resolver('Place')
export class PlaceFieldResolver {
  constructor(
    private readonly places: PlaceReader,
    private readonly merchants: MerchantReader,
  ) {}

  @ResolveField()
  operatorName(@Parent() place: PlaceRow, @Context() context: GraphqlContext) {
    return operatorNameOf(place, this.merchants, context);
  }

  @ResolveField()
  steps(@Parent() { id }: PlaceRow): Promise<PlaceStepRow[]> {
    return this.places.stepsOf(id);
  }
}

@Resolver('PlaceSummary')
export class PlaceSummaryFieldResolver {
  constructor(private readonly merchants: MerchantReader) {}

  @ResolveField()
  operatorName(@Parent() place: PlaceRow, @Context() context: GraphqlContext) {
    return operatorNameOf(place, this.merchants, context);
  }
}

@Resolver('PlaceStep')
export class PlaceStepFieldResolver {
  constructor(private readonly storedFiles: StoredFileService) {}

  @ResolveField()
  async files(
    @Parent() { fileIds }: PlaceStepRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StoredFile[]> {
    const { storedFiles } = this;
    const loader = loaders.byId(
      PlaceStepFieldResolver,
      (ids) => storedFiles.byIds(ids),
      ({ id }: StoredFile) => id,
    );
    const files = await Promise.all(fileIds.map((id) => loader.load(id)));
    return files.flatMap((file) => (file ? [file] : []));
  }
}
