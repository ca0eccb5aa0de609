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

export type CardProduct = ResultOf<typeof SHELF>['products']['nodes'][number];
