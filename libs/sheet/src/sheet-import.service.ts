import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import { Clock, type IdOf, NotFound, newId, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, unlessTaken } from '#platform/database';
import { readSheetRows } from '#platform/sheets';
import { SheetBytesService } from './sheet-bytes.service.js';
import { SheetDesks } from './sheet-desks.service.js';
import type { SheetImportId } from './sheet-import.entity.js';
import { SheetImportFaultyError, SheetImportStateError } from './sheet-import.errors.js';
import { SheetImportReader } from './sheet-import.reader.js';
import type { SheetImportRecord } from './sheet-import-record.rules.js';
import { SheetImportRepository } from './sheet-import.repository.js';
import { OPEN_IMPORTS_MAX, isOpen } from './sheet-import.rules.js';
import type { SheetKind, SheetReach } from './sheet-kind.rules.js';
import { SheetLookService } from './sheet-look.service.js';
import {
  type CheckedRow,
  LIMITS,
  SHEET_ROWS_MAX,
  type UnreadTable,
  rowsIn,
  tableHash,
} from './sheet-table.rules.js';

export interface SheetUpload {
  readonly merchantId: string;
  readonly kind: SheetKind;
  readonly reference: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface SheetPerson {
  readonly userId: UserId;
  readonly reach: SheetReach;
}

/** A title or two above the head, and some blank rows below. */
const ROWS_BESIDE_MAX = 50;

/** Tables of a merchant, until they are said yes to. */
@Injectable()
export class SheetImportService {
  constructor(
    private readonly database: Database,
    private readonly desks: SheetDesks,
    private readonly looks: SheetLookService,
    private readonly imports: SheetImportRepository,
    private readonly reader: SheetImportReader,
    private readonly merchants: MerchantReader,
    private readonly files: SheetBytesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Reads a table and says what would become of it; nothing is changed. The same table under the same reference is the same, whoever of the merchant brings it. */
  async read({ userId, reach }: SheetPerson, upload: SheetUpload): Promise<SheetImportId | UnreadTable> {
    const { kind, reference, fileName, bytes } = upload;
    if (!reach[kind].includes(upload.merchantId)) throw new NotFound('Merchant', upload.merchantId);
    const merchantId = upload.merchantId as IdOf<'mer'>;
    const sheet = await readSheetRows(bytes, SHEET_ROWS_MAX + ROWS_BESIDE_MAX, LIMITS);
    if (typeof sheet === 'string') return { fault: sheet, missing: [] };
    const rows = rowsIn(sheet, this.desks.of(kind).columns);
    if ('fault' in rows) return rows;
    const identity = { merchantId, kind, contentHash: tableHash(kind, rows), reference };
    const before = await this.reader.sameAs(identity);
    // What is at work or done is answered as it stands: the same table is not done twice.
    if (before && !isOpen(before.state)) return before.id;
    const checked = await this.looks.of({ merchantId, userId }, kind, rows);
    const sha256 = await this.files.keep(bytes);
    const id = await this.database.transaction(async (tx) => {
      const same = await this.imports.lockSame(tx, identity);
      if (same && !isOpen(same.state)) return same.id;
      if (same?.state !== 'CHECKED' && (await this.imports.openOf(tx, merchantId)) >= OPEN_IMPORTS_MAX)
        return { fault: 'TOO_MANY_OPEN' as const, missing: [] };
      const at = this.clock.now();
      const importId = same?.id ?? (await this.insert(tx, { ...identity, fileName, broughtBy: userId }, at));
      const brought = { broughtBy: userId, fileName, fileSha256: sha256, rowCount: rows.length, at };
      await this.imports.markChecked(tx, importId, brought);
      await this.imports.keep(tx, importId, checked);
      return importId;
    });
    await this.files.keepAgain(sha256, bytes);
    // The same table in another kind of file: what it was brought as before is not kept.
    const old = before?.fileSha256 ?? null;
    if (old !== null && old !== sha256) await this.files.letGo(old);
    return id;
  }

  /** Looks at it again: what there is may have changed. */
  async check(person: SheetPerson, importId: string): Promise<SheetImportId | SheetImportStateError> {
    const seen = await this.mine(person, importId);
    if (seen.state !== 'CHECKED') return new SheetImportStateError(seen.state);
    const checked = await this.looked(seen, person.userId);
    return this.database.transaction(async (tx) => {
      const locked = await this.locked(tx, importId);
      if (locked.state !== 'CHECKED') return new SheetImportStateError(locked.state);
      const { id, fileName, fileSha256, rowCount } = locked;
      const at = this.clock.now();
      await this.imports.markChecked(tx, id, {
        broughtBy: person.userId,
        fileName,
        fileSha256,
        rowCount,
        at,
      });
      await this.imports.keep(tx, id, checked);
      return id;
    });
  }

  /** From now on it is done, entry by entry, by whatever process is there. What was stopped goes on. Saying yes again changes nothing. */
  async confirm(
    person: SheetPerson,
    importId: string,
  ): Promise<SheetImportId | SheetImportFaultyError | SheetImportStateError> {
    const { merchantId } = await this.mine(person, importId);
    const merchant = present(await this.merchants.byId(merchantId), `merchant ${merchantId}`);
    return this.database.transaction(async (tx) => {
      const { id, state, kind, rowCount, fileName } = await this.locked(tx, importId);
      if (state === 'RUNNING' || state === 'DONE') return id;
      if (state === 'DISCARDED') return new SheetImportStateError(state);
      const faultyRowCount = await this.imports.faultyRows(tx, id);
      if (!(await this.imports.isLeft(tx, id))) return new SheetImportFaultyError(faultyRowCount);
      await this.imports.confirm(tx, id, person.userId, this.clock.now());
      await this.audit.record(tx, {
        actorId: person.userId,
        act: 'sheet_import.confirmed',
        subject: id,
        divisionCode: merchant.countyCode,
        detail: { merchantId, kind, fileName, rowCount, faultyRowCount },
      });
      return id;
    });
  }

  /** What is not done yet is not done until somebody says yes again. Twice is harmless. */
  async stop(person: SheetPerson, importId: string): Promise<SheetImportId | SheetImportStateError> {
    await this.mine(person, importId);
    return this.database.transaction(async (tx) => {
      const { id, state } = await this.locked(tx, importId);
      if (state === 'STOPPED') return id;
      if (state !== 'RUNNING') return new SheetImportStateError(state);
      await this.imports.setState(tx, id, 'STOPPED');
      return id;
    });
  }

  /** Nobody wants it; the same table brought again begins anew. Twice is harmless. */
  async discard(person: SheetPerson, importId: string): Promise<SheetImportId | SheetImportStateError> {
    await this.mine(person, importId);
    return this.database.transaction(async (tx) => {
      const { id, state } = await this.locked(tx, importId);
      if (state === 'DISCARDED') return id;
      if (state !== 'CHECKED' && state !== 'STOPPED') return new SheetImportStateError(state);
      await this.imports.setState(tx, id, 'DISCARDED');
      return id;
    });
  }

  private async looked({ id, merchantId, kind }: SheetImportRecord, userId: UserId): Promise<CheckedRow[]> {
    return this.looks.of({ merchantId, userId }, kind, await this.reader.written(id));
  }

  private insert(
    tx: Tx,
    identity: Pick<
      SheetImportRecord,
      'merchantId' | 'kind' | 'contentHash' | 'reference' | 'fileName' | 'broughtBy'
    >,
    at: Date,
  ): Promise<SheetImportId> {
    const id = newId('shi');
    const record: SheetImportRecord = {
      id,
      ...identity,
      fileSha256: null,
      state: 'CHECKED',
      rowCount: 0,
      confirmedBy: null,
      createdAt: at,
      checkedAt: at,
      confirmedAt: null,
      finishedAt: null,
      leaseUntil: null,
      forgottenAt: null,
    };
    return unlessTaken('the same table was brought at the same moment', async () => {
      await this.imports.insert(tx, record);
      return id;
    });
  }

  private async mine({ reach }: SheetPerson, importId: string): Promise<SheetImportRecord> {
    const found = await this.reader.byIdFor(importId, reach);
    if (!found) throw new NotFound('SheetImport', importId);
    return found;
  }

  private async locked(tx: Tx, importId: string): Promise<SheetImportRecord> {
    return present(await this.imports.lock(tx, importId), 'it was there');
  }
}
