import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const OUTLINE = graphql(`
  query CityOutline($cityCode: ID!) {
    cityOutline(cityCode: $cityCode) {
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
      }
    }
  }
`);

export type CityOutline = NonNullable<ResultOf<typeof OUTLINE>['cityOutline']>;
