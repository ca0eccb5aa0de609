import { Injectable } from '@nestjs/common';
import { Clock, present } from '#libs/kernel';
import { Database } from '#platform/database';
import { SEAL_STREAMS, type SealStream } from './seal.entity.js';
import { type CheckpointRow, type ReadingRow, SealReader } from './seal.reader.js';
import { SealRepository } from './seal.repository.js';
import { SealVerificationService } from './seal-verification.service.js';
import type { SealBreak } from './verification.rules.js';

/** Records of one round: a second's work, then others get their turn. */
const RECORDS_MAX = 20_000;

/** A break that a round has found; whoever winds the clock makes it known. */
export interface FoundBreaks {
  readonly stream: SealStream;
  readonly breaks: readonly SealBreak[];
}

/**
 * Reads again what each new checkpoint has signed, and after a Sunday's everything. How far it has come is a row, so that any number of
 * processes share the work, a restart goes on where it stood, and whoever asks later sees that it was done.
 */
@Injectable()
export class SealWatchService {
  constructor(
    private readonly database: Database,
    private readonly reader: SealReader,
    private readonly seals: SealRepository,
    private readonly verification: SealVerificationService,
    private readonly clock: Clock,
  ) {}

  /** One bounded piece of one stream; null where nothing is left to read today. An idle round is one statement. */
  async watch(): Promise<FoundBreaks | null> {
    const due = new Map(
      (await this.reader.checkpointsToRead()).map((checkpoint) => [checkpoint.stream, checkpoint]),
    );
    for (const stream of SEAL_STREAMS) {
      const checkpoint = due.get(stream);
      const reading = checkpoint && (await this.readingOf(checkpoint));
      if (reading && reading.finishedAt === null) return this.readOn(reading);
    }
    return null;
  }

  private async readOn(reading: ReadingRow): Promise<FoundBreaks> {
    const { stream, nextSeq, untilSeq } = reading;
    const until = Math.min(nextSeq + RECORDS_MAX - 1, untilSeq);
    const { breaks } = await this.verification.verify({ stream, from: nextSeq, until });
    const piece = {
      until,
      breakCount: breaks.length,
      firstBrokenSeq: breaks.find(({ seq }) => seq !== null)?.seq ?? null,
      at: this.clock.now(),
    };
    const isOurs = await this.database.transaction((tx) => this.seals.advanceReading(tx, reading, piece));
    return { stream, breaks: isOurs ? breaks : [] };
  }

  private async readingOf(checkpoint: CheckpointRow): Promise<ReadingRow> {
    const { stream, day, treeSize } = checkpoint;
    const before = await this.reader.readingOf(stream, day);
    if (before) return before;
    const fromSeq = await this.fromSeqOf(checkpoint);
    const opened = { stream, day, fromSeq, untilSeq: treeSize, startedAt: this.clock.now() };
    await this.database.transaction((tx) => this.seals.openReading(tx, opened));
    return present(await this.reader.readingOf(stream, day), 'the reading just opened');
  }

  /** Begins where the last reading ended, so that no day is left out; on Sundays at the first record. */
  private async fromSeqOf({ stream, day }: CheckpointRow): Promise<number> {
    const isSunday = new Date(day).getUTCDay() === 0;
    return isSunday ? 1 : (await this.reader.readUpTo(stream)) + 1;
  }
}
