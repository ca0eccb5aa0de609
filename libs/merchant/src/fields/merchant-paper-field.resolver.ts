import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { GraphqlContext } from '#platform/graphql';
import type { MerchantPaperRow } from '../merchant-paper.reader.js';

@Resolver('MerchantPaper')
export class MerchantPaperFieldResolver {
  constructor(private readonly storedFiles: StoredFileService) {}

  /** As far as whoever has brought the paper has brought them. */
  @ResolveField()
  async files(
    @Parent() { fileIds, broughtBy }: MerchantPaperRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StoredFile[]> {
    const { storedFiles } = this;
    const loader = loaders.byId(
      MerchantPaperFieldResolver,
      (ids) => storedFiles.byIds(ids),
      ({ id }: StoredFile) => id,
    );
    const files = await Promise.all(fileIds.map((id) => loader.load(id)));
    return files.flatMap((file) => (file?.uploadedBy === broughtBy ? [file] : []));
  }
}
