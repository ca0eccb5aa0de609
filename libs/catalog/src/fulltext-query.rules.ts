import type { SearchPlan, Want } from './search-plan.rules.js';
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

/** The plan in the words of FULLTEXT's boolean mode. Terms are letters and digits of our own making; nothing that was typed is an operator. */
export function booleanTextOf({ wants, within, mode }: SearchPlan): string {
  const choices = wants.flatMap((want) => choicesOf(want, FIELDS[within]));
  if (mode === 'SOME') return choices.flat().join(' ');
  return choices
    .map((terms) => (terms.length === 1 ? `+${terms[0] ?? ''}` : `+(${terms.join(' ')})`))
    .join(' ');
}
