import { Injectable } from '@nestjs/common';
import { Clock, plus } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { WatchedCabinet } from './alarm.repository.js';
import { signalsOf, statusSignal } from './alarm-signal.rules.js';
import { AlarmWatchService } from './alarm-watch.service.js';
import { SILENT_AFTER_MS } from './cabinet.rules.js';
import type { UplinkMessage } from './message-schema.service.js';
import { TelemetryRepository } from './telemetry.repository.js';
import { TelemetryService } from './telemetry.service.js';

/** Watches what comes over a line. In the transaction that takes it, under the line's lock. */
@Injectable()
export class CabinetWatchService {
  constructor(
    private readonly alarms: AlarmWatchService,
    private readonly telemetry: TelemetryService,
    private readonly outages: TelemetryRepository,
    private readonly clock: Clock,
  ) {}

  /** Whatever it says, a cabinet that was not heard is heard again. */
  async heard(tx: Tx, line: WatchedCabinet & { readonly lastSeenAt: Date | null }): Promise<void> {
    const now = this.clock.now();
    if (line.lastSeenAt === null || plus(line.lastSeenAt, SILENT_AFTER_MS) >= now) return;
    await this.outages.putOutage(tx, line.cabinetId, line.lastSeenAt, now);
    await this.alarms.observe(tx, line, [statusSignal('OFFLINE', false)], now);
  }

  /** `isLatest`: nothing that came before was said after it. What is late is history, and changes nothing that is now. */
  async take(
    tx: Tx,
    line: WatchedCabinet,
    message: UplinkMessage,
    { occurredAt, isLatest }: { readonly occurredAt: Date; readonly isLatest: boolean },
  ): Promise<void> {
    await this.telemetry.keep(tx, line.cabinetId, message, occurredAt, line.temperatureBand);
    if (isLatest) await this.alarms.observe(tx, line, signalsOf(message), occurredAt);
  }
}
