import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import { InvalidInputError, NotFound } from '#libs/kernel';
import { Database, Gathered } from '#platform/database';
import type { AddressId } from './address.entity.js';
import { ADDRESSES_MAX, placeEnded, unknownCounty } from './address.rules.js';

export interface AddressRow {
  readonly id: AddressId;
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  /** '' where nobody has said it. */
  readonly townshipCode: string;
  readonly detail: string;
  readonly isDefault: boolean;
}

/** What an order wants to know of whoever gets it. */
export interface Destination {
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  readonly address: string;
}

const SELECT = `SELECT id, buyer_id AS buyerId, name, phone, county_code AS countyCode, township_code AS townshipCode, detail,
  default_of IS NOT NULL AS isDefault FROM buyer_address`;

type Raw = Omit<AddressRow, 'isDefault'> & { readonly isDefault: number; readonly buyerId: string };

/** An address of one's own. */
const ownKey = (buyerId: string, addressId: string) => `${buyerId} ${addressId}`;

@Injectable()
export class AddressReader {
  private readonly books = new Gathered<Raw>(
    this.database,
    (buyerIds) =>
      this.database.query(
        `${SELECT} WHERE buyer_id IN (?) ORDER BY buyer_id, default_of IS NULL, changed_at DESC, id DESC LIMIT ?`,
        [buyerIds, buyerIds.length * ADDRESSES_MAX],
      ),
    ({ buyerId }) => buyerId,
  );
  private readonly own = new Gathered<Raw>(
    this.database,
    (keys) =>
      this.database.query(
        `${SELECT} WHERE ${keys.map(() => '(id = ? AND buyer_id = ?)').join(' OR ')}`,
        keys.flatMap((key) => key.split(' ').toReversed()),
      ),
    ({ id, buyerId }) => ownKey(buyerId, id),
  );

  constructor(
    private readonly database: Database,
    private readonly divisions: DivisionReader,
  ) {}

  /** The default first, then what was changed last. */
  async ofBuyer(buyerId: string): Promise<AddressRow[]> {
    const rows = await this.books.of([buyerId]);
    return rows
      .slice(0, ADDRESSES_MAX)
      .map(({ buyerId: _buyerId, ...row }) => ({ ...row, isDefault: row.isDefault === 1 }));
  }

  /** The refusal of a county that no parcel can go to, in the words of the book; `path` is where it was named. */
  async refuseCounty(countyCode: string, path: string): Promise<InvalidInputError | null> {
    if (await this.divisions.isCountyInForce(countyCode)) return null;
    return new InvalidInputError([{ path, message: unknownCounty }]);
  }

  /** Where a parcel goes. Throws NotFound for addresses of others; refused if its place is in force no longer. */
  async destinationOf(buyerId: string, addressId: string): Promise<Destination | InvalidInputError> {
    // What has a blank in it is none of our ids.
    const [row] = addressId.includes(' ') ? [] : await this.own.of([ownKey(buyerId, addressId)]);
    if (!row) throw new NotFound('Address', addressId);
    const { name, phone, countyCode, townshipCode, detail } = row;
    if (!(await this.divisions.isCountyInForce(countyCode))) return placeEnded;
    const township = townshipCode === '' ? null : (await this.divisions.inForce([townshipCode]))[0];
    return township === undefined
      ? placeEnded
      : { name, phone, countyCode, address: `${township?.name ?? ''}${detail}` };
  }
}
