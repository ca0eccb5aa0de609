import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

// Public documents: the texts are those of apps/storefront/documents, which answers them by GET. A spec holds them together.

export const HOME = graphql(`
  query Home($month: Int!) {
    season: products(filter: { seasonMonth: $month, isAvailable: true }, sort: SOLD, first: 12) {
      nodes {
        id
        name
        priceFromFen
        soldQuantity
        isCertified
        category {
          code
        }
        merchant {
          name
        }
        originCounty {
          name
        }
        variants {
          id
          name
          priceFen
          pricePer500gFen
          available
        }
      }
    }
    productFacets {
      productCount
      certifiedCount
      channels {
        kind
        productCount
      }
    }
    categories {
      code
      nameZh
      nameEn
    }
    pavilions: channelPoints(kind: PAVILION, first: 12) {
      nodes {
        id
        name
        county {
          name
        }
      }
    }
  }
`);

export const NEARBY = graphql(`
  query NearbyPlaces($longitude: Float!, $latitude: Float!, $kind: ChannelKind, $first: Int) {
    nearbyPlaces(longitude: $longitude, latitude: $latitude, kind: $kind, first: $first) {
      distanceM
      available
      place {
        id
        kind
        name
        address
        longitude
        latitude
        openingHours
        isOpenNow
        paidTodayFen
      }
    }
  }
`);

export const CATEGORIES = graphql(`
  query CategoryList {
    categories {
      code
      nameZh
      nameEn
    }
  }
`);

export const SHELF = graphql(`
  query ProductShelf($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String) {
    products(filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes {
        id
        name
        priceFromFen
        soldQuantity
        isCertified
        category {
          code
        }
        merchant {
          name
        }
        originCounty {
          name
        }
        variants {
          id
          name
          priceFen
          pricePer500gFen
          available
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const FACETS = graphql(`
  query ProductFacets($filter: ProductFilter) {
    productFacets(filter: $filter) {
      productCount
      certifiedCount
      categories {
        category {
          code
          nameZh
          nameEn
        }
        productCount
      }
      counties {
        county {
          code
          name
        }
        productCount
      }
      months {
        month
        productCount
      }
      prices {
        fromFen
        toFen
        productCount
      }
    }
  }
`);

export const FIND = graphql(`
  query ProductFind(
    $query: String!
    $filter: ProductFilter
    $sort: ProductSort
    $first: Int
    $after: String
  ) {
    productSearch(query: $query, filter: $filter) {
      hitCount
      spelling
      popular {
        id
        name
      }
      products(sort: $sort, first: $first, after: $after) {
        nodes {
          id
          name
          priceFromFen
          soldQuantity
          isCertified
          category {
            code
          }
          merchant {
            name
          }
          originCounty {
            name
          }
          variants {
            id
            name
            priceFen
            pricePer500gFen
            available
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const SUGGEST = graphql(`
  query SearchSuggestions($query: String!) {
    searchSuggestions(query: $query) {
      text
      productCount
    }
  }
`);

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

export type CardProduct = ResultOf<typeof SHELF>['products']['nodes'][number];
