import type { SearchPlan, Want } from './search-plan.rules.js';
import type { Choice } from './search-mirror.rules.js';
import { COVERAGE_MIN } from './search-rank.rules.js';
import { type Field, bigramsOf, termOf } from './search-text.rules.js';

const FIELDS: Readonly<Record<SearchPlan['within'], readonly Field[]>> = {
  NAME: ['NAME'],
  ABOUT: ['NAME', 'ABOUT'],
  SELLER: ['NAME', 'ABOUT', 'SELLER'],
};

/** The conditions one want makes; each is a choice of terms, one of which has to be there. */
function choicesOf(want: Want, fields: readonly Field[]): string[][] {
  if (want.kind === 'HAN') {
    // One character begins a pair or ends the run: both are terms that begin with it.
    const end = Array.from(want.text).length === 1 ? '*' : '';
    return bigramsOf(want.text).map((pair) => fields.map((field) => termOf(field, 'HAN', pair) + end));
  }
  if (want.kind === 'SOUND')
    return [want.texts.flatMap((text) => fields.map((field) => `${termOf(field, 'PINYIN', text)}*`))];
  return [
    [
      ...fields.flatMap((field) => [
        `${termOf(field, 'PINYIN', want.text)}*`,
        `${termOf(field, 'LATIN', want.text)}*`,
      ]),
      `${termOf('NAME', 'INITIALS', want.text)}*`,
    ],
  ];
}

/** What a document has to hold: a term of each choice, or of half of them at least. */
export function choicesOfPlan({ wants, within }: SearchPlan): Choice[] {
  return wants.flatMap((want) => choicesOf(want, FIELDS[within]));
}

/**
 * The choices in the words of FULLTEXT's boolean mode. What holds half of them holds one of any half and one more, so of SOME the other half need not
 * be asked for. Terms are letters and digits of our
 * own making; nothing that was typed is an operator.
 */
export function booleanTextOf(choices: readonly Choice[], mode: SearchPlan['mode']): string {
  if (mode === 'SOME') {
    const [all, half] = [choices.length, Math.ceil(choices.length * COVERAGE_MIN)];
    return choices
      .slice(0, all - half + 1)
      .flat()
      .join(' ');
  }
  return choices
    .map((terms) => (terms.length === 1 ? `+${terms[0] ?? ''}` : `+(${terms.join(' ')})`))
    .join(' ');
}
