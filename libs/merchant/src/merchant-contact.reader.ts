import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Database } from '#platform/database';
import { type PersonalRecord, PersonalSource, fieldsOf } from '#platform/personal';

/** Whom to call at a merchant, in plain. */
@Injectable()
export class MerchantContactReader extends PersonalSource {
  readonly kind = 'MERCHANT_CONTACT';

  constructor(private readonly database: Database) {
    super();
  }

  async reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null> {
    const { sql, values } = withinScope('county_code', scope);
    const [row] = await this.database.query<{ name: string; phone: string; county: string }>(
      `SELECT contact_name AS name, contact_phone AS phone, county_code AS county FROM merchant WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    return row
      ? { divisionCode: row.county, fields: fieldsOf({ contactName: row.name, contactPhone: row.phone }) }
      : null;
  }
}
