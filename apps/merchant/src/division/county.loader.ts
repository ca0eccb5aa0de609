import { type DivisionReader, fullNameOf, pathOf } from '#libs/division';
import type { GraphqlContext } from '#platform/graphql';

const KEY = Symbol('divisions on the way to counties');

/** A county with what lies above it, for many rows of one answer at once. */
export async function countyOf(
  divisions: DivisionReader,
  { loaders }: GraphqlContext,
  countyCode: string,
): Promise<{ readonly code: string; readonly name: string; readonly fullName: string }> {
  const byCode = loaders.byId(
    KEY,
    (codes) => divisions.byCodes(codes),
    (division) => division.code,
  );
  const known = await Promise.all(pathOf(countyCode).map((code) => byCode.load(code)));
  // An order may name a county that came to be after our register was made.
  const name = known.at(-1)?.name ?? countyCode;
  return { code: countyCode, name, fullName: fullNameOf(countyCode, known) || name };
}
