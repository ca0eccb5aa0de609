import { isDeepStrictEqual } from 'node:util';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { BatchId } from '#libs/catalog';
import { AuditService } from '#libs/identity';
import { BatchStopService } from '#libs/inventory';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  refuseKey,
} from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { BatchTestReport } from './batch-test-report.entity.js';
import { HarvestKeyUsedError } from './harvest-batch.errors.js';
import { HarvestBatchReader, type HarvestBatchRow, type HarvestScope } from './harvest-batch.reader.js';
import { HarvestBatchRepository } from './harvest-batch.repository.js';
import { type TestReportWish, refuseTestReport } from './harvest-batch.rules.js';
import type { HarvestKeeper } from './harvest-batch.service.js';

export interface BroughtTestReport extends TestReportWish {
  readonly idempotencyKey: string;
}

const saidOf = ({ batchId, fileId, laboratory, reportNo, testedOn, result }: TestReportWish) => ({
  batchId,
  fileId,
  laboratory: laboratory.trim(),
  reportNo: reportNo.trim(),
  testedOn,
  result,
});

/** What laboratories have found. One that says no stops the sale; the next one that says yes lets it go on. */
@Injectable()
export class BatchTestReportService {
  constructor(
    private readonly database: Database,
    private readonly harvests: HarvestBatchRepository,
    private readonly reader: HarvestBatchReader,
    private readonly files: StoredFileService,
    private readonly stops: BatchStopService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key with the same content again changes nothing. */
  async add(
    { idempotencyKey, ...wish }: BroughtTestReport,
    { userId, merchantIds }: HarvestKeeper,
  ): Promise<BatchId | InvalidInputError | HarvestKeyUsedError> {
    const batch = await this.reader.byId(wish.batchId, { merchantIds });
    if (!batch) throw new NotFound('HarvestBatch', wish.batchId);
    const badKey = refuseKey(idempotencyKey);
    if (badKey) return badKey;
    const said = saidOf(wish);
    const known = await this.known(idempotencyKey, said, userId);
    if (known) return known;
    const files = await this.files.byIds([wish.fileId]);
    const isOwnFile = files.some(({ uploadedBy }) => uploadedBy === userId);
    const refusal = refuseTestReport(wish, { today: businessDay(this.clock.now()), isOwnFile });
    if (refusal) return refusal;
    try {
      return await this.database.transaction((tx) => this.keep(tx, batch, said, idempotencyKey, userId));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Sent twice at once: the unique key decides.
      const first = await this.known(idempotencyKey, said, userId);
      if (!first) throw error;
      return first;
    }
  }

  /** The file of the report that counts, for whoever sees the batch; it is noted which official has looked. */
  async open(
    batchId: string,
    scope: HarvestScope,
    actorId: IdOf<'usr'>,
  ): Promise<{ readonly file: StoredFile; readonly bytes: Readable }> {
    const batch = await this.reader.byId(batchId, scope);
    const opened = batch ? await this.fileOf(batch.id) : null;
    if (!batch || !opened) throw new NotFound('TestReport', batchId);
    if ('divisions' in scope)
      await this.audit.seen([
        { actorId, act: 'batch_test_report.seen', subject: batch.id, scope: [batch.countyCode], detail: {} },
      ]);
    return opened;
  }

  /** The same for anybody who has the box in hand: whoever brings a report publishes it. */
  async openPublic(traceCode: string): Promise<{ readonly file: StoredFile; readonly bytes: Readable }> {
    const batch = await this.reader.byTraceCode(traceCode);
    const opened = batch ? await this.fileOf(batch.id) : null;
    if (!opened) throw new NotFound('TestReport', traceCode);
    return opened;
  }

  private async fileOf(
    batchId: string,
  ): Promise<{ readonly file: StoredFile; readonly bytes: Readable } | null> {
    const [report] = await this.reader.reportsOf([batchId]);
    const [file] = report ? await this.files.byIds([report.fileId]) : [];
    const bytes = file ? await this.files.open(file) : null;
    return file && bytes ? { file, bytes } : null;
  }

  private async known(
    idempotencyKey: string,
    said: ReturnType<typeof saidOf>,
    userId: IdOf<'usr'>,
  ): Promise<BatchId | HarvestKeyUsedError | null> {
    const report = await this.database.transaction((tx) =>
      this.harvests.reportByKey(tx, userId, idempotencyKey),
    );
    if (!report) return null;
    return isDeepStrictEqual(saidOf(report), said) ? report.batchId : new HarvestKeyUsedError();
  }

  private async keep(
    tx: Tx,
    { id, merchantId, countyCode }: HarvestBatchRow,
    said: ReturnType<typeof saidOf>,
    idempotencyKey: string,
    userId: IdOf<'usr'>,
  ): Promise<BatchId | InvalidInputError> {
    const report: BatchTestReport = {
      id: newId('btr'),
      ...said,
      batchId: id,
      fileId: said.fileId as BatchTestReport['fileId'],
      broughtBy: userId,
      idempotencyKey,
      broughtAt: this.clock.now(),
    };
    await this.harvests.insertReport(tx, report);
    const attached = await this.files.attach(tx, [report.fileId], userId, report.id);
    if (attached.length === 0) {
      // Swept between the look and this transaction.
      const gone = refuseTestReport(said, { today: said.testedOn, isOwnFile: false });
      if (gone) return gone;
    }
    if (said.result === 'FAILED') await this.stops.stop(tx, id, 'TEST_FAILED');
    else await this.stops.letGo(tx, id, 'TEST_FAILED');
    await this.audit.record(tx, {
      actorId: userId,
      act: 'batch_test_report.brought',
      subject: id,
      divisionCode: countyCode,
      detail: { merchantId, reportNo: said.reportNo, result: said.result },
    });
    return id;
  }
}
