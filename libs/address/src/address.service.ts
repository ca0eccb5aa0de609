import { Injectable } from '@nestjs/common';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, refused } from '#libs/kernel';
import { Database, RetryTransaction, type Tx, isDuplicate } from '#platform/database';
import type { AddressId } from './address.entity.js';
import type { AddressBookFullError } from './address.errors.js';
import { AddressRepository, type LockedAddress } from './address.repository.js';
import {
  type AddressContent,
  type AddressInput,
  hashOfAddress,
  knownAlready,
  refuseAddress,
  refuseAnother,
  refusePlaces,
  tidyAddress,
} from './address.rules.js';

@Injectable()
export class AddressService {
  constructor(
    private readonly database: Database,
    private readonly addresses: AddressRepository,
    private readonly divisions: DivisionReader,
    private readonly clock: Clock,
  ) {}

  /** The first one is the default. What is in the book already is found there, so asking again adds nothing. */
  async add(
    buyerId: IdOf<'usr'>,
    input: AddressInput,
  ): Promise<AddressId | InvalidInputError | AddressBookFullError> {
    const content = await this.checked(input);
    if (refused(content)) return content;
    return this.inBook(buyerId, async (tx, book) => {
      const contentHash = hashOfAddress(content);
      const known = book.find((address) => address.contentHash.equals(contentHash));
      if (known) return known.id;
      const refusal = refuseAnother(book.length);
      if (refusal) return refusal;
      const id = newId('adr');
      await this.addresses.insert(tx, {
        ...content,
        id,
        buyerId,
        defaultOf: book.length === 0 ? buyerId : null,
        contentHash,
        changedAt: this.clock.now(),
      });
      return id;
    });
  }

  /** Throws NotFound for addresses of others. */
  async change(
    buyerId: IdOf<'usr'>,
    addressId: string,
    input: AddressInput,
  ): Promise<AddressId | InvalidInputError> {
    const content = await this.checked(input);
    if (refused(content)) return content;
    return this.inBook(buyerId, async (tx, book) => {
      const { id } = own(book, addressId);
      const contentHash = hashOfAddress(content);
      const same = book.find((address) => address.contentHash.equals(contentHash));
      if (same) return same.id === id ? id : knownAlready;
      await this.addresses.change(tx, id, { ...content, contentHash, changedAt: this.clock.now() });
      return id;
    });
  }

  /** Without its default, a book has another: what was changed last. */
  async remove(buyerId: IdOf<'usr'>, addressId: string): Promise<void> {
    await this.inBook(buyerId, async (tx, book) => {
      const { id, isDefault } = own(book, addressId);
      await this.addresses.remove(tx, id);
      const next = book.find((address) => address.id !== id);
      if (isDefault && next) await this.addresses.setDefault(tx, buyerId, next.id);
    });
  }

  async setDefault(buyerId: IdOf<'usr'>, addressId: string): Promise<void> {
    await this.inBook(buyerId, async (tx, book) => {
      const { id, isDefault } = own(book, addressId);
      if (!isDefault) await this.addresses.setDefault(tx, buyerId, id);
    });
  }

  /** Joins: whoever is no longer there gets nothing sent. */
  async forget(tx: Tx, buyerId: string): Promise<void> {
    await this.addresses.clear(tx, buyerId);
  }

  private inBook<T>(
    buyerId: IdOf<'usr'>,
    work: (tx: Tx, book: readonly LockedAddress[]) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      const book = await this.addresses.lockBook(tx, buyerId);
      try {
        return await work(tx, book);
      } catch (error) {
        // An empty book has no row to lock: another first address was faster, and is found there when we look again.
        if (isDuplicate(error)) throw new RetryTransaction();
        throw error;
      }
    });
  }

  private async checked(input: AddressInput): Promise<AddressContent | InvalidInputError> {
    const content = tidyAddress(input);
    return refuseAddress(content) ?? refusePlaces(input, await this.placesOf(input)) ?? content;
  }

  /** What was chosen and what lies above it, as far as it is in force: three steps up at most. */
  private async placesOf({
    countyCode,
    townshipCode,
  }: AddressInput): Promise<ReadonlyMap<string, DivisionRow>> {
    const found = new Map<string, DivisionRow>();
    let codes = [countyCode, townshipCode].filter((code) => code !== '');
    while (codes.length > 0) {
      const rows = await this.divisions.inForce(codes);
      for (const row of rows) found.set(row.code, row);
      codes = rows.flatMap(({ parentCode }) =>
        parentCode !== null && !found.has(parentCode) ? [parentCode] : [],
      );
    }
    return found;
  }
}

function own(book: readonly LockedAddress[], addressId: string): LockedAddress {
  const address = book.find(({ id }) => id === addressId);
  if (!address) throw new NotFound('Address', addressId);
  return address;
}
