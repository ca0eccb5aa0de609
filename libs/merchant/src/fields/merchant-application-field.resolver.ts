import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { StoredFile } from '#platform/files';
import {
  type ApplicationAccountRow,
  type ApplicationRow,
  type ApplicationStepRow,
  MerchantApplicationReader,
} from '../merchant-application.reader.js';

@Resolver('MerchantApplication')
export class MerchantApplicationFieldResolver {
  constructor(private readonly reader: MerchantApplicationReader) {}

  @ResolveField()
  files(@Parent() application: ApplicationRow): Promise<StoredFile[]> {
    return this.reader.filesOf(application);
  }

  @ResolveField()
  async bankAccount(@Parent() { id }: ApplicationRow): Promise<ApplicationAccountRow | null> {
    const [account] = await this.reader.accountsOf([id]);
    return account ?? null;
  }

  @ResolveField()
  steps(@Parent() { id }: ApplicationRow): Promise<ApplicationStepRow[]> {
    return this.reader.stepsOf(id);
  }
}

@Resolver('MerchantApplicationSummary')
export class MerchantApplicationSummaryFieldResolver {
  @ResolveField()
  name(@Parent() { content }: ApplicationRow): string {
    return content.name ?? '';
  }

  @ResolveField()
  kind(@Parent() { content }: ApplicationRow) {
    return content.kind;
  }
}
