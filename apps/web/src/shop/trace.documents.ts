import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const TRACE = graphql(`
  query Trace($code: String!) {
    trace(code: $code) {
      traceCode
      productId
      productName
      isProductOnSale
      merchantName
      countyName
      villageName
      harvestedFrom
      harvestedUntil
      bestBeforeOn
      certification {
        catalogueNo
        linkedPersonCount
        validTo
        revokedAt
      }
      linkedHouseholdCount
      householdShareBps
      testReport {
        laboratory
        reportNo
        testedOn
        hasPassed
        fileUrl
      }
      isStopped
      recall {
        advice
        reason
      }
    }
  }
`);

export type Traced = NonNullable<ResultOf<typeof TRACE>['trace']>;
