import { UserReader } from '#libs/identity';
import type { GraphqlContext } from '#platform/graphql';

/** Somebody who has done something at the console. */
export interface Person {
  readonly id: string;
  /** Null for whoever is known no longer. */
  readonly name: string | null;
}

/** By their id; all of one answer in one statement. */
export async function personOf(id: string, users: UserReader, { loaders }: GraphqlContext): Promise<Person> {
  const byId = loaders.byId(
    UserReader,
    (ids) => users.namesOf(ids),
    (user) => user.id,
  );
  return { id, name: (await byId.load(id))?.displayName ?? null };
}
