import { graphql } from './graphql.js';

export const BATCHES = graphql(`
  query HarvestBatches($merchantId: ID!, $after: String) {
    harvestBatches(merchantId: $merchantId, first: 20, after: $after) {
      nodes {
        id
        traceCode
        productId
        productName
        countyCode
        countyName
        villageCode
        villageName
        harvestedFrom
        harvestedUntil
        linkageAgreementId
        weightG
        grantedG
        receivedG
        presaleId
        reviewState
        closedAt
        bestBeforeOn
        stops
        testReport {
          result
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BATCH = graphql(`
  query HarvestBatch($id: ID!) {
    harvestBatch(id: $id) {
      id
      traceCode
      traceUrl
      productName
      countyName
      villageName
      harvestedFrom
      harvestedUntil
      dailyG
      weightG
      grantedG
      receivedG
      presaleId
      onHandG
      orderCount
      soldG
      reviewState
      reviewReason
      closedAt
      bestBeforeOn
      stops
      testReport {
        laboratory
        reportNo
        testedOn
        result
      }
      recall {
        state
        advice
        reason
        orderCount
        toldCount
      }
      variants {
        id
        name
        netWeightG
      }
    }
  }
`);

export const HARVEST_PRODUCTS = graphql(`
  query HarvestProducts($merchantId: ID!) {
    harvestProducts(merchantId: $merchantId, first: 100) {
      nodes {
        id
        name
        originCountyCode
        isPerishable
      }
    }
  }
`);

export const REGISTER = graphql(`
  mutation HarvestBatchRegister($input: HarvestBatchRegisterInput!) {
    harvestBatchRegister(input: $input) {
      __typename
      ... on HarvestBatchRegisterPayload {
        batch {
          id
          reviewState
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

export const CHANGE = graphql(`
  mutation HarvestBatchChange($input: HarvestBatchChangeInput!) {
    harvestBatchChange(input: $input) {
      __typename
      ... on HarvestBatchChangePayload {
        batch {
          id
          weightG
          grantedG
          reviewState
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

export const CLOSE = graphql(`
  mutation HarvestBatchClose($batchId: ID!) {
    harvestBatchClose(batchId: $batchId) {
      __typename
      ... on HarvestBatchClosePayload {
        batch {
          id
          closedAt
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const REPORT = graphql(`
  mutation BatchTestReportAdd($input: BatchTestReportAddInput!) {
    batchTestReportAdd(input: $input) {
      __typename
      ... on BatchTestReportAddPayload {
        batch {
          id
          stops
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

export const RECALL = graphql(`
  mutation BatchRecall($batchId: ID!, $reason: String!, $advice: RecallAdvice!) {
    batchRecall(batchId: $batchId, reason: $reason, advice: $advice) {
      __typename
      ... on BatchRecallPayload {
        recall {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

export const BATCH_ORDERS = graphql(`
  query BatchOrders($batchId: ID!, $after: String) {
    batchOrders(batchId: $batchId, first: 20, after: $after) {
      nodes {
        merchantOrderId
        state
        placedAt
        quantity
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
