import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { maskPhone } from '#libs/identity';
import { Database } from '#platform/database';
import { type PersonalRecord, PersonalSource, fieldsOf } from '#platform/personal';
import type { CertificationObjectionId, ObjectionState } from './certification-objection.entity.js';

/** What one notice takes, and more than one before it. */
const OBJECTIONS_SHOWN_MAX = 500;

export interface ObjectionRow {
  readonly id: CertificationObjectionId;
  readonly revision: number;
  readonly body: string;
  readonly maskedPhone: string;
  readonly state: ObjectionState;
  readonly reason: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

/** What was said against a product, and who has said it, for whoever has to ask them. */
@Injectable()
export class CertificationObjectionReader extends PersonalSource {
  readonly kind = 'CERTIFICATION_OBJECTOR';

  constructor(private readonly database: Database) {
    super();
  }

  /** Of an application that was found within a scope, as they came; of very many the last, which wait to be decided. */
  async ofApplication(applicationId: string): Promise<ObjectionRow[]> {
    const rows = await this.database.query<Omit<ObjectionRow, 'maskedPhone'> & { readonly phone: string }>(
      `SELECT id, revision, body, contact_phone AS phone, state, reason, created_at AS createdAt, decided_at AS decidedAt
       FROM certification_objection WHERE application_id = ? ORDER BY id DESC LIMIT ?`,
      [applicationId, OBJECTIONS_SHOWN_MAX],
    );
    return rows
      .toReversed()
      .map(({ phone, ...row }) => ({ ...row, maskedPhone: phone === '' ? '' : maskPhone(phone) }));
  }

  async reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null> {
    const { sql, values } = withinScope('a.place_code', scope);
    const [row] = await this.database.query<{ name: string; phone: string; county: string }>(
      `SELECT o.contact_name AS name, o.contact_phone AS phone, a.county_code AS county FROM certification_objection o
       JOIN certification_application a ON a.id = o.application_id WHERE o.id = ? AND ${sql}`,
      [id, ...values],
    );
    return row
      ? { divisionCode: row.county, fields: fieldsOf({ contactName: row.name, contactPhone: row.phone }) }
      : null;
  }
}
