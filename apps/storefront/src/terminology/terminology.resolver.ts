import { Args, Query, Resolver } from '@nestjs/graphql';
import { TermReader, type TermRow } from '#libs/terminology';
import { Public } from '#platform/auth';

@Resolver('Term')
export class TerminologyResolver {
  constructor(private readonly terms: TermReader) {}

  @Query()
  @Public()
  terminology(@Args('on') on: string | null | undefined): Promise<TermRow[]> {
    return this.terms.termsOn(on ?? undefined);
  }
}
