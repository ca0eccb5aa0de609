import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Database } from '#platform/database';
import { type PersonalRecord, PersonalSource, fieldsOf } from '#platform/personal';

/** A large family; a list that goes on is somebody's mistake. */
const MEMBERS_MAX = 30;

/** Who a household is, in plain. */
@Injectable()
export class HouseholdPersonReader extends PersonalSource {
  readonly kind = 'HOUSEHOLD';

  constructor(private readonly database: Database) {
    super();
  }

  async reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null> {
    const { sql, values } = withinScope('h.village_code', scope);
    const rows = await this.database.query<{ head: string; village: string; member: string | null }>(
      `SELECT h.head_name AS head, h.village_code AS village, m.name AS member
       FROM household h LEFT JOIN household_member m ON m.household_id = h.id AND NOT m.is_head
       WHERE h.id = ? AND ${sql} ORDER BY m.id LIMIT ?`,
      [id, ...values, MEMBERS_MAX],
    );
    const [first] = rows;
    if (!first) return null;
    const members = rows.flatMap(({ member }) => (member === null ? [] : [member]));
    return {
      divisionCode: first.village,
      fields: fieldsOf({ headName: first.head, memberNames: members.join('、') }),
    };
  }
}
