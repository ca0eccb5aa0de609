import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, NotFound, newId } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import { type FileBreak, resultTotals, sha256 } from './bank-file.rules.js';
import type { PayoutBatchRecord, PayoutImportRecord } from './payout-batch.entity.js';
import { PayoutBatchRepository } from './payout-batch.repository.js';
import { type BankConsequence, type Consequence, consequencesOf } from './payout-batch.rules.js';
import { PayoutBatchStateError } from './payout.errors.js';
import { PayoutFileGateway } from './payout.gateway.js';
import { PayoutRepository, type PayoutRow } from './payout.repository.js';
import { resolution, returnJournal } from './payout.rules.js';

/** What the bank has said: all lines of a file or none of them, and each file once. */
@Injectable()
export class PayoutResultService {
  constructor(
    private readonly database: Database,
    private readonly batches: PayoutBatchRepository,
    private readonly payouts: PayoutRepository,
    private readonly ledger: LedgerService,
    private readonly bankFiles: PayoutFileGateway,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The same bytes again change nothing, but for what contradicted what we knew then: a return that was imported before its payment is
   * judged anew. What cannot be believed is kept as a break, which is an answer and no refusal.
   */
  import(
    userId: IdOf<'usr'>,
    batchId: string,
    bytes: Buffer,
  ): Promise<PayoutImportRecord | PayoutBatchStateError> {
    return this.database.transaction(async (tx) => {
      const batch = await this.batches.lock(tx, batchId);
      if (!batch) throw new NotFound('PayoutBatch', batchId);
      const fileHash = sha256(bytes);
      const before = await this.batches.importOf(tx, batch.id, fileHash);
      if (before && before.breakCode !== 'CONTRADICTION') return before;
      if (batch.method !== 'BANK' || (batch.state !== 'EXPORTED' && batch.state !== 'CLOSED'))
        return new PayoutBatchStateError(batch.state);

      const payouts = await this.payouts.lockOfBatch(tx, batch.id);
      const consequences = this.consequences(batch, payouts, bytes);
      if (before && isBreak(consequences)) return before;
      if (before) await this.batches.forgetImport(tx, before);
      const id = before?.id ?? newId('poi');
      const row = { id, ...this.importRow(userId, batch, fileHash, consequences) };
      if (!isBreak(consequences)) await this.apply(tx, batch, consequences);
      await this.batches.insertImport(tx, row);
      await this.audit.record(tx, {
        actorId: userId,
        act: row.outcome === 'APPLIED' ? 'payout_result.applied' : 'payout_result.broken',
        subject: batch.id,
        detail: {
          importId: row.id,
          fileHash,
          lineCount: row.lineCount,
          breakCode: row.breakCode,
          breakNote: row.breakNote,
        },
      });
      return row;
    });
  }

  private consequences(
    batch: PayoutBatchRecord,
    payouts: readonly PayoutRow[],
    bytes: Buffer,
  ): Consequence<PayoutRow>[] | FileBreak {
    const file = this.bankFiles.read(bytes);
    return isBreak(file) ? file : consequencesOf(batch.batchNo, payouts, file);
  }

  private importRow(
    importedBy: string,
    batch: PayoutBatchRecord,
    fileHash: string,
    consequences: readonly Consequence[] | FileBreak,
  ): Omit<PayoutImportRecord, 'id'> {
    const common = {
      batchId: batch.id,
      fileHash,
      importedBy,
      importedAt: this.clock.now(),
    };
    if (isBreak(consequences)) {
      const { breakCode, note } = consequences;
      return {
        ...common,
        outcome: 'BROKEN',
        breakCode,
        breakNote: note.slice(0, 200),
        lineCount: 0,
        paidFen: 0n,
        unpaidFen: 0n,
      };
    }
    const lines = consequences.map(({ line }) => line);
    return {
      ...common,
      outcome: 'APPLIED',
      breakCode: null,
      breakNote: null,
      lineCount: lines.length,
      ...resultTotals(lines),
    };
  }

  private async apply(
    tx: Tx,
    batch: PayoutBatchRecord,
    consequences: readonly Consequence<PayoutRow>[],
  ): Promise<void> {
    const at = this.clock.now();
    const of = (act: BankConsequence) =>
      consequences.filter((each) => each.act === act).map(({ payout }) => payout);
    const [paid, rejected, returned] = [of('PAY'), of('REJECT'), of('RETURN')];
    posted(
      await this.ledger.resolve(tx, [
        ...paid.map(({ id }) => resolution(id, 'POST', at)),
        ...rejected.map(({ id }) => resolution(id, 'VOID', at)),
      ]),
    );
    posted(
      await this.ledger.post(
        tx,
        returned.map((payout) =>
          returnJournal({ ...payout, payee: { kind: payout.payeeKind, id: payout.payeeId } }, at),
        ),
      ),
    );
    await this.payouts.markPaid(
      tx,
      paid.map(({ id }) => id),
      at,
    );
    await this.payouts.setFree(tx, rejected, 'REJECTED', at);
    await this.payouts.markReturned(
      tx,
      returned.map(({ id }) => id),
      at,
    );
    const news = consequences.filter(({ act }) => act !== 'NOTHING');
    await this.payouts.note(
      tx,
      news.map(({ payout, line }) => ({
        id: payout.id,
        ref: line.bankRef,
        code: line.code,
        note: line.note,
      })),
    );
    await this.batches.closeIfDone(tx, batch.id);
  }
}

function isBreak(given: object): given is FileBreak {
  return 'breakCode' in given;
}
