import { graphql } from './graphql.js';

export const LIVE = graphql(`
  query ConsoleLive {
    volumeLive {
      day
      totals {
        orderedFen
        paidFen
        refundedFen
        recognisedFen
      }
      sales {
        lineId
        paidAt
        county {
          code
          name
        }
        product {
          id
          name
        }
        channel
        paidFen
      }
      ordersPerMinute
      dataAsOf
    }
  }
`);

export const BOARD = graphql(`
  query ConsoleBoard($now: VolumeFilter!, $before: VolumeFilter!, $axis: [VolumeAxis!]!) {
    trend: volume(filter: $now, groupBy: $axis) {
      rows {
        day
        month
        recognisedFen
      }
      totals {
        recognisedFen
        certifiedFen
        paidFen
        refundedFen
        weightG
      }
      isProvisional
      dataAsOf
    }
    trendBefore: volume(filter: $before, groupBy: $axis) {
      rows {
        day
        month
        recognisedFen
      }
      totals {
        recognisedFen
      }
    }
    counties: volume(filter: $now, groupBy: [COUNTY], countiesAsNow: true) {
      rows {
        county {
          code
          name
        }
        recognisedFen
        weightG
      }
    }
    countiesBefore: volume(filter: $before, groupBy: [COUNTY], countiesAsNow: true) {
      rows {
        county {
          code
        }
        recognisedFen
      }
    }
    products: volume(filter: $now, groupBy: [PRODUCT]) {
      rows {
        product {
          id
          name
        }
        recognisedFen
        weightG
      }
    }
    channels: volume(filter: $now, groupBy: [CHANNEL]) {
      rows {
        channel
        recognisedFen
      }
    }
  }
`);

export const YEAR = graphql(`
  query ConsoleYear($now: VolumeFilter!, $before: VolumeFilter!, $year: Int!, $withCounters: Boolean!) {
    now: volume(filter: $now, groupBy: []) {
      totals {
        recognisedFen
        certifiedFen
      }
    }
    before: volume(filter: $before, groupBy: []) {
      totals {
        recognisedFen
      }
    }
    volumeTargets(year: $year) {
      divisionCode
      channel
      unitId
      targetFen
      completionBps
      timeAdjustedBps
    }
    campaigns(first: 100) {
      nodes {
        code
        name
        startsOn
        endsOn
      }
    }
    counterBoard @include(if: $withCounters) {
      countyCode
      builtCount
      openCount
      operatingCount
      idleCount
    }
  }
`);

export const COUNTY_MAP = graphql(`
  query ConsoleCountyMap($cityCode: ID!) {
    countyMap(cityCode: $cityCode) {
      width
      height
      west
      north
      east
      south
      counties {
        code
        name
        path
        x
        y
        column
        row
      }
    }
  }
`);

export const COUNTIES = graphql(`
  query ConsoleCounties($now: VolumeFilter!, $before: VolumeFilter!) {
    now: volume(filter: $now, groupBy: [COUNTY], countiesAsNow: true) {
      rows {
        county {
          code
          name
        }
        recognisedFen
        certifiedFen
        paidFen
        refundedFen
        weightG
      }
      totals {
        recognisedFen
        certifiedFen
        paidFen
        refundedFen
        weightG
      }
      isProvisional
      dataAsOf
    }
    before: volume(filter: $before, groupBy: [COUNTY], countiesAsNow: true) {
      rows {
        county {
          code
        }
        recognisedFen
      }
      totals {
        recognisedFen
      }
    }
  }
`);

export const COUNTY = graphql(`
  query ConsoleCounty($now: VolumeFilter!, $report: ReportFilter!, $withName: Boolean!) {
    place: volume(filter: $now, groupBy: [COUNTY]) @include(if: $withName) {
      rows {
        county {
          code
          name
        }
      }
    }
    products: volume(filter: $now, groupBy: [PRODUCT]) {
      rows {
        product {
          id
          name
        }
        recognisedFen
        certifiedFen
        quantity
        weightG
      }
      totals {
        recognisedFen
        certifiedFen
        quantity
        weightG
      }
      isProvisional
      dataAsOf
    }
    merchants: report(id: R1, filter: $report, groupBy: [MERCHANT]) {
      rows {
        members {
          code
          name
        }
        cells {
          measure
          value
        }
      }
      dataAsOf
    }
  }
`);

export const SALES = graphql(`
  query ConsoleSales($filter: ReportFilter!, $cell: [ReportMemberInput!]!, $after: String) {
    reportDrill(id: R1, filter: $filter, cell: $cell, first: 24, after: $after) {
      nodes {
        id
        key
        source
        at
        day
        originDay
        productId
        merchantId
        channel
        isCertified
        sale {
          system
          orderNo
          lineNo
        }
        sums {
          orderedFen
          paidFen
          refundedFen
          deliveredFen
          recognisedFen
          quantity
          weightG
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      sums {
        recognisedFen
        paidFen
        refundedFen
        quantity
        weightG
        facts
      }
    }
  }
`);
