import { type IdOf, newId } from '#libs/kernel';

/** No ULID begins with a letter, so no person's id does. */
const MARK = 'GUEST';

/** For a LIKE of SQL: ids of guests, and of nobody who is known. */
export const GUEST_IDS_LIKE = `usr\\_${MARK}%`;

export function newGuestId(): IdOf<'usr'> {
  return newId('usr').replace('usr_', `usr_${MARK}`) as IdOf<'usr'>;
}

export function isGuestId(id: string): boolean {
  return id.startsWith(`usr_${MARK}`);
}
