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
import { WireReader } from './wire.reader.js';
import { wasSilent } from './wire.rules.js';

/** Watches what comes over a line. In the transaction that takes it, under the line's lock. */
@Injectable()
export class CabinetWatchService {
  constructor(
    private readonly alarms: AlarmWatchService,
    private readonly telemetry: TelemetryService,
    private readonly outages: TelemetryRepository,
    private readonly wires: WireReader,
    private readonly clock: Clock,
  ) {}

  /** Whatever it says, a cabinet that was not heard is heard again. While we could not hear anybody, none was silent. */
  async heard(tx: Tx, line: WatchedCabinet & { readonly lastSeenAt: Date | null }): Promise<void> {
    const now = this.clock.now();
    if (line.lastSeenAt === null || plus(line.lastSeenAt, SILENT_AFTER_MS) >= now) return;
    const ours = await this.wires.outagesIn({ fromAt: line.lastSeenAt, toAt: now }, tx);
    if (!wasSilent(line.lastSeenAt, now, ours)) return;
    await this.outages.putOutage(tx, line.cabinetId, line.lastSeenAt, now);
    await this.alarms.observe(tx, line, [statusSignal('OFFLINE', false)], now);
  }

  /** It counts its starts anew: in doubt, or because somebody has signed it in anew. */
  async bootDoubted(tx: Tx, line: WatchedCabinet, isDoubtful: boolean, toldNo: number): Promise<void> {
    const detail = isDoubtful ? `启动序号倒退为 ${toldNo}` : '';
    await this.alarms.observe(tx, line, [statusSignal('BOOT_COUNT', isDoubtful, detail)], this.clock.now());
  }

  /** `isLatest`: nothing that came before was said after it. What is late is history, and changes nothing that is now. */
  async take(
    tx: Tx,
    line: WatchedCabinet,
    message: UplinkMessage,
    { occurredAt, isLatest }: { readonly occurredAt: Date; readonly isLatest: boolean },
  ): Promise<void> {
    await this.telemetry.keep(tx, line, message, occurredAt);
    if (isLatest) await this.alarms.observe(tx, line, signalsOf(message), occurredAt);
  }
}
