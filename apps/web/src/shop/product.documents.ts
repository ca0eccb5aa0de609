import { graphql } from './graphql.js';

export const PRODUCT = graphql(`
  query ProductPage($id: ID!) {
    product(id: $id) {
      id
      name
      description
      category {
        code
        nameZh
        nameEn
      }
      merchant {
        id
        name
        foodLicences {
          kind
          number
          endsOn
        }
      }
      originCounty {
        code
        name
        isDesignated
      }
      isPerishable
      seasonFrom
      seasonTo
      certification {
        scheme
        catalogueNo
        linkedPersonCount
        validTo
      }
      variants {
        id
        name
        netWeightG
        priceFen
        pricePer500gFen
        available
      }
      harvestWindows {
        village {
          code
          name
        }
        opensOn
        closesOn
        isOpen
      }
      linkedHouseholdCount
      householdShareBps
      expectedDispatch {
        basis
        notBefore
      }
      batches {
        traceCode
        originCounty {
          code
          name
        }
        originVillage {
          code
          name
        }
        harvestedOn
        bestBeforeOn
        harvestWindow {
          opensOn
          closesOn
        }
      }
    }
  }
`);

export const VOICES = graphql(`
  query ProductVoices($id: ID!) {
    product(id: $id) {
      id
      soldQuantity
      reviewSummary {
        count
        averageHundredths
        stars
      }
      reviews(first: 10) {
        nodes {
          id
          rating
          text
          shownName
          variantName
          reply
          postedAt
          photos {
            path
          }
        }
      }
      presales {
        id
        variantIds
        takesOrders
        firstOn
        lastOn
        payment
        depositBps
        balanceDueOn
        ordersCloseAt
      }
      adoptionOffers {
        id
        takesOrders
        freeCount
        priceFen
        guaranteedG
      }
      placesOfSale(first: 6) {
        nodes {
          id
          kind
          name
        }
      }
    }
  }
`);
