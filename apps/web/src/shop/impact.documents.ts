import { graphql } from './graphql.js';

export const IMPACT_YEAR = graphql(`
  query ImpactYear($year: Int!) {
    impactYear(year: $year) {
      year
      spentFen
      orderCount
      productCount
      countyCount
      householdCount
      householdFen
      isWhole
      months {
        month
        spentFen
        orderCount
      }
      counties {
        spentFen
        county {
          code
          name
        }
      }
      products {
        productId
        productName
        quantity
        spentFen
      }
    }
  }
`);

/** The same of a unit that one buys or approves for. */
export const UNIT_IMPACT_YEAR = graphql(`
  query UnitImpactYear($unitId: ID!, $year: Int!) {
    unitImpactYear(unitId: $unitId, year: $year) {
      year
      spentFen
      orderCount
      productCount
      countyCount
      householdCount
      householdFen
      isWhole
      months {
        month
        spentFen
        orderCount
      }
      counties {
        spentFen
        county {
          code
          name
        }
      }
      products {
        productId
        productName
        quantity
        spentFen
      }
    }
  }
`);
