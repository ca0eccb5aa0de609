import { Args, Query, Resolver } from '@nestjs/graphql';
import { Public } from '#platform/auth';
import { DivisionReader, type DivisionRow } from '../division.reader.js';

@Resolver()
export class DivisionQueryResolver {
  constructor(private readonly reader: DivisionReader) {}

  @Query()
  @Public()
  divisions(@Args('parentCode') parentCode: string | null | undefined): Promise<DivisionRow[]> {
    return this.reader.children(parentCode ?? null);
  }
}
