import { type Json, type Leaf, digestText, instantText } from '#libs/seal';

/** An entry as its row says it; the instant as SQL's text. */
export interface AuditRecord {
  readonly id: string;
  readonly actorId: string | null;
  readonly act: string;
  readonly subject: string;
  readonly divisionCode: string | null;
  readonly detail: Json;
  readonly at: string;
}

/** What is sealed of an audit entry: whatever may name a person is only a digest. FROZEN: see `leafText` of the seals. */
export function auditLeaf({ id, actorId, act, subject, divisionCode, detail, at }: AuditRecord): Leaf {
  return {
    act,
    actorId: actorId ?? undefined,
    at: instantText(at),
    detailDigest: detail === null ? undefined : digestText(id, detail),
    // Entries from before divisions were kept have none, and their leaves are what they were.
    divisionCode: divisionCode ?? undefined,
    id,
    subjectDigest: digestText(id, subject),
    type: 'taoyuan.audit.v1',
  };
}
