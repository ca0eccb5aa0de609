import { graphql } from './graphql.js';

export const SUGGEST = graphql(`
  query SearchSuggestions($query: String!) {
    searchSuggestions(query: $query) {
      text
      productCount
    }
  }
`);
