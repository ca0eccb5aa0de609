import { Injectable } from '@nestjs/common';
import { SEAL_STREAMS, type SealStream } from './seal.entity.js';
import { type CheckpointRow, SealReader } from './seal.reader.js';
import { SealVerificationService } from './seal-verification.service.js';
import type { SealBreak } from './verification.rules.js';

/** Records of one round: a second's work, then others get their turn. */
const RECORDS_MAX = 20_000;

interface Round {
  readonly day: string;
  next: number;
  readonly until: number;
  breaks: number;
}

/** A break that a round has found; whoever winds the clock makes it known. */
export interface FoundBreaks {
  readonly stream: SealStream;
  readonly breaks: readonly SealBreak[];
}

/**
 * Reads again what each new checkpoint has signed, and after a Sunday's everything. Kept in memory: each process watches for itself, and
 * one that was restarted begins the day again.
 */
@Injectable()
export class SealWatchService {
  private readonly rounds = new Map<SealStream, Round>();

  constructor(
    private readonly reader: SealReader,
    private readonly verification: SealVerificationService,
  ) {}

  /** What has been found since everything was last read. */
  breaksOf(stream: SealStream): number {
    return this.rounds.get(stream)?.breaks ?? 0;
  }

  /** One bounded piece of one stream; null where nothing is left to read today. */
  async watch(): Promise<FoundBreaks | null> {
    for (const stream of SEAL_STREAMS) {
      const round = await this.roundOf(stream);
      if (!round || round.next > round.until) continue;
      const until = Math.min(round.next + RECORDS_MAX - 1, round.until);
      const { breaks } = await this.verification.verify({ stream, from: round.next, until });
      round.next = until + 1;
      round.breaks += breaks.length;
      return { stream, breaks };
    }
    return null;
  }

  private async roundOf(stream: SealStream): Promise<Round | undefined> {
    const latest = await this.reader.latestCheckpoint(stream);
    const current = this.rounds.get(stream);
    if (!latest || current?.day === latest.day) return current;
    const before = await this.sizeBefore(stream, latest);
    // What was found stays counted until everything has been read again.
    const breaks = before === 0 ? 0 : (current?.breaks ?? 0);
    const round = { day: latest.day, next: before + 1, until: latest.treeSize, breaks };
    this.rounds.set(stream, round);
    return round;
  }

  /** Where the round begins: behind the checkpoint before; on Sundays, and where there is none, at the first record. */
  private async sizeBefore(stream: SealStream, { day }: CheckpointRow): Promise<number> {
    const isSunday = new Date(day).getUTCDay() === 0;
    return isSunday ? 0 : ((await this.reader.checkpointBefore(stream, day))?.treeSize ?? 0);
  }
}
