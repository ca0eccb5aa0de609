import { SetMetadata } from '@nestjs/common';

export const AUDITED = 'taoyuan:audited';

/** What is written down of a reading before anybody sees anything. */
export interface AuditedReading {
  /** `noun.verb`, past tense. */
  readonly act: string;
  /** The argument that names what is looked at; null where the whole list is. */
  readonly subject: string | null;
  /** DOOR: the guard writes the entry. ROOM: whoever serves it does, in its own transaction and with its own words. */
  readonly by: 'DOOR' | 'ROOM';
}

/** Whoever calls this operation is in the audit log before they are answered, whatever the answer is. */
export const Audited = (act: string, subject: string | null = null) =>
  SetMetadata<string, AuditedReading>(AUDITED, { act, subject, by: 'DOOR' });

/** Likewise, but the entry is written below, where its subject is known. */
export const AuditedBelow = (act: string) =>
  SetMetadata<string, AuditedReading>(AUDITED, { act, subject: null, by: 'ROOM' });
