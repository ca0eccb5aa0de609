import type { ResultOf, VariablesOf } from 'gql.tada';
import { askedByName, ask as asked } from '../shared/graphql/ask.js';
import { answersOfPage } from '../shared/graphql/boot.js';
import { textOf } from './graphql.js';
import { CELL, CODE, type KIOSK } from './kiosk.documents.js';

type Look = ResultOf<typeof KIOSK>;
type Issue = ResultOf<typeof CODE>['kioskCodeIssue'];

type Cell = ResultOf<typeof CELL>['kioskPickUpOpen'];

const DOCUMENT = 'kiosk-at';

/** What came with the page. */
export const cameAlong = (): Look | null =>
  (answersOfPage().find(({ document: name }) => name === DOCUMENT)?.data as Look | undefined) ?? null;

/** Rejects where nobody was reached, or what was said is no answer. */
export async function look(counterId: string): Promise<Look> {
  const answer = await askedByName(DOCUMENT, { counterId });
  const { data } = (await answer.json()) as { data?: Look | null };
  if (!data) throw new Error('no answer');
  return data;
}

/** Null where nobody was reached. */
export async function issueCode(variables: VariablesOf<typeof CODE>): Promise<Issue | null> {
  try {
    const data = await asked<ResultOf<typeof CODE>>(textOf(CODE), variables);
    return data?.kioskCodeIssue ?? null;
  } catch {
    return null; // It is asked again in a moment.
  }
}

/** Null where nobody was reached. */
export async function openCell(variables: VariablesOf<typeof CELL>): Promise<Cell | null> {
  try {
    const data = await asked<ResultOf<typeof CELL>>(textOf(CELL), variables);
    return data?.kioskPickUpOpen ?? null;
  } catch {
    return null; // Said on the screen: whoever stands there types it again.
  }
}
