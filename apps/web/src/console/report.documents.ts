import { graphql } from './graphql.js';

export const REPORTS = graphql(`
  query ConsoleReports {
    reports {
      id
      title
      formula
      notes
      measures {
        id
        name
        unit
        missing
      }
      dimensions
      groupBy
      scopeBy
      daysMax
      isOfFacts
    }
  }
`);

export const REPORT = graphql(`
  query ConsoleReport(
    $id: ReportId!
    $filter: ReportFilter!
    $groupBy: [ReportDimension!]
    $comparison: ReportComparison
  ) {
    report(id: $id, filter: $filter, groupBy: $groupBy, comparison: $comparison) {
      definition {
        title
      }
      groupBy
      rows {
        rank
        members {
          dimension
          code
          name
        }
        cells {
          measure
          value
          numerator
          denominator
          noData
        }
        before {
          value
        }
      }
      totals {
        measure
        value
        numerator
        denominator
        noData
      }
      before {
        from
        to
      }
      isProvisional
      dataAsOf
      errata {
        id
        number
        month
        reason
        publishedFen
        correctFen
      }
    }
  }
`);

export const REPORT_FACTS = graphql(`
  query ConsoleReportFacts(
    $id: ReportId!
    $filter: ReportFilter!
    $cell: [ReportMemberInput!]!
    $after: String
  ) {
    reportDrill(id: $id, filter: $filter, cell: $cell, first: 24, after: $after) {
      nodes {
        id
        key
        source
        day
        productName
        merchantName
        channel
        sale {
          orderNo
        }
        sums {
          paidFen
          recognisedFen
          refundedFen
          weightG
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      sums {
        recognisedFen
        weightG
        facts
      }
    }
  }
`);
