import { graphql } from './graphql.js';

/** Of counties, a month and the year up to it, each against the year before. */
export const CIRCULAR = graphql(`
  query ConsoleCircular(
    $day: Date!
    $month: ReportFilter!
    $year: ReportFilter!
    $now: VolumeFilter!
    $before: VolumeFilter!
  ) {
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
    productsBefore: volume(filter: $before, groupBy: [PRODUCT]) {
      rows {
        product {
          id
        }
        recognisedFen
      }
    }
    channels: volume(filter: $now, groupBy: [CHANNEL]) {
      rows {
        channel
        recognisedFen
      }
    }
    channelsBefore: volume(filter: $before, groupBy: [CHANNEL]) {
      rows {
        channel
        recognisedFen
      }
    }
    monthClose(month: $day) {
      state
      contentHash
    }
    month: report(id: R3, filter: $month, groupBy: [ORIGIN_COUNTY], comparison: SAME_PERIOD_LAST_YEAR) {
      definition {
        notes
      }
      rows {
        rank
        members {
          code
          name
        }
        cells {
          measure
          value
        }
        before {
          measure
          value
        }
      }
      totals {
        measure
        value
      }
      before {
        totals {
          measure
          value
        }
      }
      isProvisional
      dataAsOf
      errata {
        id
        month
        number
        reason
        publishedFen
        correctFen
      }
    }
    year: report(id: R3, filter: $year, groupBy: [ORIGIN_COUNTY], comparison: SAME_PERIOD_LAST_YEAR) {
      rows {
        members {
          code
          name
        }
        cells {
          measure
          value
        }
        before {
          measure
          value
        }
      }
      totals {
        measure
        value
      }
      before {
        totals {
          measure
          value
        }
      }
    }
  }
`);
