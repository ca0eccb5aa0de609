import { Injectable } from '@nestjs/common';
import { type PersonalRecord, PersonalSource, fieldsOf } from '#platform/personal';
import { ClaimReader } from './claim.reader.js';

/** To whom something was sold elsewhere, in plain. */
@Injectable()
export class ClaimBuyerReader extends PersonalSource {
  readonly kind = 'CLAIM_BUYER';

  constructor(private readonly claims: ClaimReader) {
    super();
  }

  async reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null> {
    const claim = await this.claims.byId(id, { divisions: scope });
    if (!claim) return null;
    const { buyerName, buyerPhone } = claim.content;
    return { divisionCode: claim.countyCode, fields: fieldsOf({ buyerName, buyerPhone }) };
  }
}
