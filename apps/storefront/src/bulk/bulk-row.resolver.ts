import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type BulkParcelView, type FaultAt, faultMessage } from '#libs/bulk';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('BulkRowFault')
export class BulkRowFaultResolver {
  @ResolveField()
  message(@Parent() fault: FaultAt, @Context() { locale }: GraphqlContext): string {
    const { zh, en } = faultMessage(fault);
    return locale === 'en' ? en : zh;
  }
}

@Resolver('BulkParcel')
export class BulkParcelResolver {
  @ResolveField()
  refusal(@Parent() { refusal }: BulkParcelView, @Context() { locale }: GraphqlContext) {
    if (refusal === null) return null;
    const { zh, en } = refusal.message;
    return { code: refusal.code, message: locale === 'en' ? en : zh };
  }
}
