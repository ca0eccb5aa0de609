import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { DivisionReader } from '#libs/division';
import { JournalProofReader } from '#libs/ledger';
import { MerchantReader } from '#libs/merchant';
import { SealReader } from '#libs/seal';
import { Database } from '#platform/database';
import { StatementReader, type StatementRow } from './statement.reader.js';
import { type ClaimedRevision, StatementRepository } from './statement.repository.js';

/** Of the last lines, those that are asked whether they can be proven: what is not sealed yet is seconds' worth. */
const PROOFS_TRIED_MAX = 5;

/** Fixes what an edition says besides its figures, once; from then on it can be printed again to the same bytes. */
@Injectable()
export class StatementDocumentService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementRepository,
    private readonly reader: StatementReader,
    private readonly merchants: MerchantReader,
    private readonly points: ChannelPointReader,
    private readonly divisions: DivisionReader,
    private readonly seals: SealReader,
    private readonly proofs: JournalProofReader,
  ) {}

  async prepare(statement: StatementRow, { rev, requestedAt }: ClaimedRevision): Promise<void> {
    if (await this.reader.documentOf(statement.id, rev)) return;
    const checkpoint = await this.seals.latestCheckpoint('JOURNAL');
    const document = {
      statementId: statement.id,
      rev,
      payeeName: await this.nameOf(statement),
      checkpointDay: checkpoint?.day ?? null,
      checkpointSize: checkpoint ? BigInt(checkpoint.treeSize) : null,
      checkpointRoot: checkpoint?.merkleRoot.toString('hex') ?? null,
      ...(await this.proofOf(statement.id)),
      datedAt: requestedAt,
    };
    // False where another worker has fixed it: what it says holds.
    await this.database.transaction((tx) => this.statements.insertDocument(tx, document));
  }

  /** A household is known by its code here, and by nothing else. */
  private async nameOf({ payeeKind, payeeId }: StatementRow): Promise<string> {
    switch (payeeKind) {
      case 'MERCHANT':
        return (await this.merchants.byId(payeeId))?.name ?? payeeId;
      case 'OPERATOR':
        return (await this.points.byId(payeeId))?.name ?? payeeId;
      case 'FUND':
        return `${(await this.divisions.byCode(payeeId))?.name ?? payeeId}帮扶基金`;
      case 'HOUSEHOLD':
        return payeeId;
    }
  }

  private async proofOf(statementId: string) {
    const journals = new Set(await this.reader.lastJournals(statementId, PROOFS_TRIED_MAX));
    for (const provenJournalId of journals) {
      const qrText = await this.proofs.qrTextOf(provenJournalId);
      if (qrText !== null) return { provenJournalId, qrText };
    }
    return { provenJournalId: null, qrText: null };
  }
}
