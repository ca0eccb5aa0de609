import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Database } from '#platform/database';
import { type PersonalRecord, PersonalSource, fieldsOf } from '#platform/personal';

interface Row {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly county: string;
}

/** To whom an order goes, in plain: for those who answer for where one of its sellers is registered. */
@Injectable()
export class OrderRecipientReader extends PersonalSource {
  readonly kind = 'ORDER_RECIPIENT';

  constructor(private readonly database: Database) {
    super();
  }

  async reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null> {
    const { sql, values } = withinScope('l.seller_county_code', scope);
    const [row] = await this.database.query<Row>(
      `SELECT o.recipient_name AS name, o.recipient_phone AS phone, o.recipient_address AS address,
         l.seller_county_code AS county
       FROM customer_order o JOIN merchant_order m ON m.order_id = o.id JOIN order_line l ON l.merchant_order_id = m.id
       WHERE o.id = ? AND ${sql} ORDER BY l.id LIMIT 1`,
      [id, ...values],
    );
    if (!row) return null;
    const { name, phone, address, county } = row;
    return {
      divisionCode: county || null,
      fields: fieldsOf({ recipientName: name, recipientPhone: phone, recipientAddress: address }),
    };
  }
}
