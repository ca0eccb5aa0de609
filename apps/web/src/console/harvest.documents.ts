import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const HARVESTS = graphql(`
  query ConsoleHarvests($reviewState: HarvestReviewState, $after: String) {
    harvestBatches(reviewState: $reviewState, after: $after) {
      nodes {
        id
        traceCode
        traceUrl
        productName
        villageName
        countyName
        harvestedFrom
        harvestedUntil
        weightG
        grantedG
        soldG
        orderCount
        presaleId
        reviewState
        stops
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RECALLS = graphql(`
  query ConsoleRecalls($after: String) {
    batchRecalls(after: $after) {
      nodes {
        id
        state
        byKind
        reason
        askedAt
        orderCount
        toldCount
        batch {
          traceCode
          traceUrl
          productName
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CAPACITIES = graphql(`
  query ConsoleCapacities($after: String) {
    harvestCapacities(after: $after) {
      nodes {
        villageCode
        villageName
        kindCode
        seasonFrom
        seasonTo
        capacityG
        grantedG
        waitingG
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const HARVEST_KINDS = graphql(`
  query ConsoleHarvestKinds {
    goodsKinds {
      code
      nameZh
      nameEn
    }
  }
`);

export const DIVISIONS = graphql(`
  query ConsoleDivisions($parentCode: ID!) {
    divisions(parentCode: $parentCode) {
      code
      name
    }
  }
`);

export const HARVEST_DECIDE = graphql(
  `
    mutation ConsoleHarvestDecide($batchId: ID!, $verdict: HarvestVerdict!, $reason: String!) {
      harvestBatchDecide(batchId: $batchId, verdict: $verdict, reason: $reason) {
        __typename
        ... on HarvestBatchDecidePayload {
          batch {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CAPACITY_SET = graphql(
  `
    mutation ConsoleCapacitySet($input: HarvestCapacitySetInput!) {
      harvestCapacitySet(input: $input) {
        __typename
        ... on HarvestCapacitySetPayload {
          villageCode
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const RECALL_PROPOSE = graphql(
  `
    mutation ConsoleRecallPropose($batchId: ID!, $reason: String!, $advice: RecallAdvice!) {
      batchRecallPropose(batchId: $batchId, reason: $reason, advice: $advice) {
        __typename
        ... on BatchRecallProposePayload {
          recall {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const RECALL_CONFIRM = graphql(
  `
    mutation ConsoleRecallConfirm($id: ID!) {
      batchRecallConfirm(recallId: $id) {
        __typename
        ... on BatchRecallConfirmPayload {
          recall {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const RECALL_DROP = graphql(
  `
    mutation ConsoleRecallDrop($id: ID!, $reason: String!) {
      batchRecallDrop(recallId: $id, reason: $reason) {
        __typename
        ... on BatchRecallDropPayload {
          recall {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const RECALL_LIFT = graphql(
  `
    mutation ConsoleRecallLift($id: ID!, $reason: String!) {
      batchRecallLift(recallId: $id, reason: $reason) {
        __typename
        ... on BatchRecallLiftPayload {
          recall {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
