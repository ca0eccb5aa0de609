import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, InvalidInputError, businessDay, newId, present } from '#libs/kernel';
import { TwinService, VolumeFactService, type TwinFact } from '#libs/volume';
import { Database, type Tx, isDuplicate, unlessTaken } from '#platform/database';
import { Pseudonyms } from '#platform/pseudonym';
import type { IntakeBatch } from './batch.entity.js';
import { type IntakeBatchRow, IntakeBatchReader, type IntakeRowRow } from './batch.reader.js';
import { BatchRepository, type RowValues } from './batch.repository.js';
import { type Envelope, readEnvelope } from './batch.rules.js';
import { CounterFeedService } from './counter-feed.service.js';
import { DuplicateRepository } from './duplicate.repository.js';
import { BatchReusedError } from './intake.errors.js';
import { InvoiceRepository } from './invoice.repository.js';
import type { KeyHolder } from './partner.reader.js';
import type { RowFault } from './row-field.rules.js';
import { SaleLookupReader } from './sale-lookup.reader.js';
import { factsOfReversal, factsOfSale, placeSale, probeOf } from './sale-lookup.rules.js';
import { type ReversalRow, type SaleRow, readSaleRow, saleIdentityOf } from './sale-row.rules.js';
import { rowValues, rejectedValues } from './stored-row.rules.js';
import {
  type Candidate,
  type Knowledge,
  type Verdict,
  identityOfCandidate,
  judgeAll,
} from './verdict.rules.js';

export type Signer = Pick<KeyHolder, 'partnerId' | 'code'>;

export interface BatchAnswer {
  readonly batch: IntakeBatchRow;
  /** Rows that were not simply taken. */
  readonly rows: readonly IntakeRowRow[];
}

/** A batch's columns, to be copied with changes. */
type BatchFacts = Pick<IntakeBatch, keyof IntakeBatch>;

interface Rejected {
  readonly rowNo: number;
  readonly faults: readonly RowFault[];
}

interface Sorted {
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly Rejected[];
}

function isFaults<T>(value: T | readonly RowFault[]): value is readonly RowFault[] {
  return Array.isArray(value);
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString()) as unknown;
  } catch {
    return null; // No JSON; the envelope says so.
  }
}

/** What partners hand in: judged row by row, counted at once, and answered the same however often it is sent. */
@Injectable()
export class IntakeBatchService {
  constructor(
    private readonly database: Database,
    private readonly batches: BatchRepository,
    private readonly reader: IntakeBatchReader,
    private readonly lookups: SaleLookupReader,
    private readonly invoices: InvoiceRepository,
    private readonly duplicates: DuplicateRepository,
    private readonly counters: CounterFeedService,
    private readonly twins: TwinService,
    private readonly facts: VolumeFactService,
    private readonly pseudonyms: Pseudonyms,
    private readonly clock: Clock,
  ) {}

  async receive(
    signer: Signer,
    rawBody: Buffer,
  ): Promise<BatchAnswer | InvalidInputError | BatchReusedError> {
    const now = this.clock.now();
    const envelope = readEnvelope(parsed(rawBody), now);
    if (envelope instanceof InvalidInputError) return envelope;
    const batch: BatchFacts = {
      id: newId('ibt'),
      partnerId: signer.partnerId,
      batchNo: envelope.batchNo,
      kind: envelope.kind,
      contentHash: this.pseudonyms.ofBytes(rawBody),
      completeThrough: envelope.completeThrough,
      rowCount: envelope.rows.length,
      lateCount: 0,
      receivedAt: now,
    };
    const isKnown = await this.reader.byNo(signer.partnerId, batch.batchNo);
    if (!isKnown) await this.take(signer, batch, envelope, now);
    return this.answer(signer.partnerId, batch);
  }

  /** What became of a batch; null if this partner has sent none of that number. */
  async status(partnerId: IdOf<'ptn'>, batchNo: string): Promise<BatchAnswer | null> {
    const batch = await this.reader.byNo(partnerId, batchNo);
    return batch && { batch, rows: await this.reader.notAccepted(batch.id) };
  }

  private async answer(partnerId: IdOf<'ptn'>, sent: BatchFacts): Promise<BatchAnswer | BatchReusedError> {
    const answer = present(await this.status(partnerId, sent.batchNo), 'the batch just taken');
    return answer.batch.contentHash.equals(sent.contentHash) ? answer : new BatchReusedError();
  }

  private async take(signer: Signer, batch: BatchFacts, envelope: Envelope, now: Date): Promise<void> {
    const sales = envelope.kind === 'SALE' ? await this.sort(envelope.rows, now) : null;
    const days = envelope.kind === 'COUNTER_DAY' ? await this.counters.sort(envelope.rows, now) : null;
    await this.database.transaction(async (tx) => {
      const completeBefore = await this.batches.lockFeed(tx, signer.partnerId, batch.kind, now);
      const dayOfRow = new Map(
        sales
          ? sales.candidates.map((each) => [each.rowNo, dayOf(each)])
          : (days?.candidates ?? []).map(({ rowNo, row }) => [rowNo, row.day]),
      );
      const isLate = (rowNo: number) =>
        completeBefore !== null && (dayOfRow.get(rowNo) ?? '9999-12-31') <= completeBefore;
      const lateCount = [...dayOfRow.keys()].filter(isLate).length;
      try {
        await this.batches.insert(tx, { ...batch, lateCount });
      } catch (error) {
        // The same batch, sent twice at once: the other one is counted, this one asks what became of it.
        if (isDuplicate(error)) return;
        throw error;
      }
      if (sales) await this.count(tx, signer, batch, sales);
      if (days) await this.counters.keep(tx, batch, days);
      await this.batches.moveFeed(tx, signer.partnerId, batch.kind, batch.completeThrough, lateCount);
    });
  }

  /** What can be said of the rows before anything is locked. */
  private async sort(rows: readonly unknown[], now: Date): Promise<Sorted> {
    const rejected: Rejected[] = [];
    const read: { rowNo: number; row: SaleRow | ReversalRow }[] = [];
    for (const [rowNo, raw] of rows.entries()) {
      const row = readSaleRow(raw, now);
      if (isFaults(row)) rejected.push({ rowNo, faults: row });
      else read.push({ rowNo, row });
    }
    const finds = await this.lookups.find(read.flatMap(({ row }) => (row.type === 'SALE' ? [row] : [])));
    const candidates: Candidate[] = [];
    for (const { rowNo, row } of read) {
      if (row.type === 'REVERSAL') {
        candidates.push({ rowNo, kind: 'REVERSAL', reversal: row });
        continue;
      }
      const keys = this.lookups.keysOf(row);
      const sale = isFaults(keys) ? keys : placeSale(row, finds, keys);
      if (isFaults(sale)) rejected.push({ rowNo, faults: sale });
      else candidates.push({ rowNo, kind: 'SALE', sale });
    }
    return { candidates, rejected };
  }

  private async count(
    tx: Tx,
    signer: Signer,
    batch: BatchFacts,
    { candidates, rejected }: Sorted,
  ): Promise<void> {
    const ids = new Map(candidates.map(({ rowNo }) => [rowNo, newId('irw')]));
    const idOf = (rowNo: number) => present(ids.get(rowNo), 'the id of a row');
    const twinsOfRow = await this.twinsOf(tx, signer, candidates);
    const knowledge: Knowledge = {
      onRecord: await this.batches.lockOnRecord(tx, signer.partnerId, identitiesOf(candidates)),
      usedInvoices: await this.invoices.used(tx, invoicesOf(candidates)),
      suspected: new Set(twinsOfRow.keys()),
      idOf,
    };
    const verdicts = judgeAll(candidates, knowledge);
    await this.store(tx, batch, candidates, verdicts, rejected, idOf);
    await this.record(tx, signer, candidates, verdicts, knowledge);
    await this.hold(tx, candidates, verdicts, twinsOfRow, idOf);
  }

  private async twinsOf(
    tx: Tx,
    signer: Signer,
    candidates: readonly Candidate[],
  ): Promise<Map<number, readonly TwinFact[]>> {
    const sales = candidates.flatMap((each) => (each.kind === 'SALE' ? [each] : []));
    const twins = await this.twins.find(
      tx,
      sales.map(({ sale }) => probeOf(sale, signer.code)),
    );
    return new Map(
      sales.flatMap(({ rowNo }, index) => {
        const found = twins[index] ?? [];
        return found.length > 0 ? [[rowNo, found] as const] : [];
      }),
    );
  }

  private async store(
    tx: Tx,
    batch: BatchFacts,
    candidates: readonly Candidate[],
    verdicts: readonly Verdict[],
    rejected: readonly Rejected[],
    idOf: (rowNo: number) => string,
  ): Promise<void> {
    const ofRow = new Map(candidates.map((candidate) => [candidate.rowNo, candidate]));
    const rows: RowValues[] = [
      ...verdicts.map((verdict) =>
        rowValues(idOf(verdict.rowNo), batch, present(ofRow.get(verdict.rowNo), 'a row'), verdict),
      ),
      ...rejected.map(({ rowNo, faults }) => rejectedValues(newId('irw'), batch, rowNo, faults)),
    ];
    // Another batch told of the same line meanwhile: begin again, and see it.
    await unlessTaken('a row was told of meanwhile', () => this.batches.insertRows(tx, rows));
    await this.batches.addReversed(tx, batch.id);
    const taken = verdicts.flatMap(({ rowNo, identity }) => {
      const candidate = ofRow.get(rowNo);
      const invoiceNo = candidate?.kind === 'SALE' && identity !== null ? candidate.sale.invoiceNo : null;
      return invoiceNo === null ? [] : [{ invoiceNo, subjectId: idOf(rowNo) }];
    });
    await this.invoices.take(tx, 'INTAKE_ROW', taken, batch.receivedAt);
  }

  private async record(
    tx: Tx,
    signer: Signer,
    candidates: readonly Candidate[],
    verdicts: readonly Verdict[],
    { onRecord, idOf }: Knowledge,
  ): Promise<void> {
    const accepted = new Set(verdicts.filter(({ state }) => state === 'ACCEPTED').map(({ rowNo }) => rowNo));
    const facts = candidates.flatMap((candidate) => {
      if (!accepted.has(candidate.rowNo)) return [];
      const rowId = idOf(candidate.rowNo);
      if (candidate.kind === 'SALE') return factsOfSale(rowId, candidate.sale, signer.code);
      const sold = present(onRecord.get(saleIdentityOf(candidate.reversal)), 'the sale that goes back');
      const { of } = present(sold.sale, 'what was sold');
      return factsOfReversal(sold.id, of, signer.code, { rowId, ...candidate.reversal });
    });
    await this.facts.record(tx, facts);
  }

  private async hold(
    tx: Tx,
    candidates: readonly Candidate[],
    verdicts: readonly Verdict[],
    twinsOfRow: ReadonlyMap<number, readonly TwinFact[]>,
    idOf: (rowNo: number) => string,
  ): Promise<void> {
    const held = new Set(verdicts.filter(({ state }) => state === 'HELD').map(({ rowNo }) => rowNo));
    const suspicions = candidates.flatMap((candidate) => {
      if (!held.has(candidate.rowNo) || candidate.kind !== 'SALE') return [];
      const { amountFen, originCountyCode: countyCode } = candidate.sale;
      const subjectId = idOf(candidate.rowNo);
      const twins = twinsOfRow.get(candidate.rowNo) ?? [];
      return twins.map(({ id: factId }) => ({ subjectId, factId, amountFen, countyCode }));
    });
    await this.duplicates.suspect(tx, 'INTAKE_ROW', suspicions, this.clock.now());
  }
}

function dayOf(candidate: Candidate): string {
  return businessDay(candidate.kind === 'SALE' ? candidate.sale.deliveredAt : candidate.reversal.reversedAt);
}

function identitiesOf(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap((candidate) =>
    candidate.kind === 'SALE'
      ? [identityOfCandidate(candidate)]
      : [identityOfCandidate(candidate), saleIdentityOf(candidate.reversal)],
  );
}

function invoicesOf(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap((candidate) => {
    const invoiceNo = candidate.kind === 'SALE' ? candidate.sale.invoiceNo : null;
    return invoiceNo === null ? [] : [invoiceNo];
  });
}
