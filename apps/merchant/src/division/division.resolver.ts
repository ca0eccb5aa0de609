import { Args, Query, Resolver } from '@nestjs/graphql';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { Public } from '#platform/auth';

@Resolver()
export class DivisionResolver {
  constructor(private readonly reader: DivisionReader) {}

  @Query()
  @Public()
  divisions(@Args('parentCode') parentCode: string | null | undefined): Promise<DivisionRow[]> {
    return this.reader.children(parentCode ?? null);
  }
}
