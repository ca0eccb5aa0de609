import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { VolumeFactRow, VolumeSums } from '#libs/volume';

function sumsOf(sums: VolumeSums) {
  return {
    orderedFen: sums.ORDERED,
    paidFen: sums.PAID,
    refundedFen: sums.REFUNDED,
    deliveredFen: sums.DELIVERED,
    recognisedFen: sums.RECOGNISED,
    certifiedFen: sums.CERTIFIED,
    subsidyFen: sums.SUBSIDY,
    declaredFen: sums.DECLARED,
    quantity: Number(sums.QUANTITY),
    weightG: Number(sums.WEIGHT),
    facts: Number(sums.FACTS),
  };
}

@Resolver('ReportFact')
export class ReportFactResolver {
  @ResolveField()
  key(@Parent() { factKey }: VolumeFactRow) {
    return factKey;
  }

  @ResolveField()
  at(@Parent() { eventAt }: VolumeFactRow) {
    return eventAt;
  }

  @ResolveField()
  day(@Parent() { eventDay }: VolumeFactRow) {
    return eventDay;
  }

  @ResolveField()
  channel(@Parent() { channelKind }: VolumeFactRow) {
    return channelKind;
  }

  @ResolveField()
  sale(@Parent() { sourceSystem, sourceOrderNo, sourceLineNo }: VolumeFactRow) {
    return sourceOrderNo === ''
      ? null
      : { system: sourceSystem, orderNo: sourceOrderNo, lineNo: sourceLineNo };
  }

  @ResolveField()
  sums(@Parent() { sums }: VolumeFactRow) {
    return sumsOf(sums);
  }
}

@Resolver('ReportFactConnection')
export class ReportFactConnectionResolver {
  @ResolveField()
  sums(@Parent() { sums }: { readonly sums: VolumeSums }) {
    return sumsOf(sums);
  }
}
