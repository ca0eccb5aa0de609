import { Query, Resolver } from '@nestjs/graphql';
import { CategoryReader, type CategoryRow } from '#libs/catalog';
import { Public } from '#platform/auth';

@Resolver('Category')
export class CategoryResolver {
  constructor(private readonly reader: CategoryReader) {}

  @Query()
  @Public()
  categories(): Promise<CategoryRow[]> {
    return this.reader.all();
  }
}
