import { REPORTS } from '#libs/reporting';
import { MEASURES } from '../../libs/reporting/src/report-measure.rules.js';
import { GENERATED_BY } from './sources.js';

const SOURCES = {
  VOLUME: 'rollups of volume',
  CLAIM: 'claims beside rollups',
  COUNTER: 'what counters have told beside rollups',
  TARGET: 'targets beside rollups',
  SHARE: 'reserved shares beside rollups',
  CHANNEL: 'places of sale beside rollups',
  DISPATCH: 'merchant orders and facts of the period beside rollups',
  PRICE: 'rollups of two periods',
  REPURCHASE: 'rollups, and facts of the period',
} as const;

function measuresPage(): string {
  const rows = Object.entries(MEASURES).map(([id, measure]) => {
    const made =
      'sum' in measure
        ? `Σ ${measure.sum}`
        : 'numerator' in measure
          ? `Σ ${measure.numerator} / Σ ${measure.denominator}`
          : 'twice' in measure
            ? `½ ${measure.twice}, of ${measure.of}`
            : `no source: ${measure.missing.en}`;
    return `| \`${id}\` | ${measure.name.zh} | ${measure.name.en} | ${measure.unit} | ${made} |`;
  });
  return ['| measure | 中文 | English | unit | made of |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** `docs/reports.md`: every report of the catalogue, as it stands in the code. */
export function reportsPage(): string {
  const parts = REPORTS.map(
    ({
      id,
      title,
      formula,
      notes,
      measures,
      dimensions,
      groupBy,
      scopeBy,
      order,
      isRanked,
      source,
      daysMax,
    }) =>
      `## ${id} ${title.zh} · ${title.en}

${formula}

${notes.en} ${notes.zh}

- Measures: ${measures.join(', ')}
- Dimensions: ${dimensions.join(', ')}; grouped by ${groupBy.join(', ') || 'nothing'} unless asked otherwise
- Officials see their own by ${scopeBy}; order ${order}${isRanked ? ', ranked' : ''}; from ${SOURCES[source]}, at most ${daysMax} days`,
  );
  return `# Reports

${GENERATED_BY}

Words in braces are official terms: what they are called on the last day of the period (消费扶贫 until 2020, 消费帮扶 since), or today in the\ncatalogue. Days are those of Shanghai. Figures are rounded down. A rate is made of sums and keeps its numerator and denominator; divided by nothing it has no
data, and what nobody records has none either: never nought. The same catalogue is the query \`reports\` of the settlement service; \`report\`
answers one, \`reportDrill\` goes from a cell to the facts, and \`GET /reports/<id>/csv\` or \`/xlsx\` (\`from\`, \`to\`, and if wanted \`groupBy\`, a list
with commas, \`comparison\` and \`members\`, JSON as in the query) takes it out as a file.

The public page is \`publicVolume\` of the storefront, which faces the world: published months, small cells suppressed. The settlement service does not have
it: whoever signs in there reads R31, unsuppressed and within their divisions. Offtake (what halls and counters buy from cooperatives) is in no report:
purchases of stock are not recorded yet, only what is sold from it. Neither are claims that came to nothing, nor reference prices.

${parts.join('\n\n')}

## Measures

${measuresPage()}
`;
}
