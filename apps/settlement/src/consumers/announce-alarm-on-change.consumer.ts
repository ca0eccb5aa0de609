import { Injectable } from '@nestjs/common';
import { ALARM_TOPIC, type CabinetAlarmChanged, alarmTopicOf } from '#libs/counter';
import { LiveGateway } from '#platform/live';
import type { OutwardConsumer } from '#platform/outbox';

/** Tells whoever watches alarms that one has changed, the operator's people and officials; they read it again themselves. */
@Injectable()
export class AnnounceAlarmOnChange implements OutwardConsumer<CabinetAlarmChanged> {
  readonly queue = 'outward';

  constructor(private readonly live: LiveGateway) {}

  async act({ payload }: CabinetAlarmChanged): Promise<void> {
    await this.live.publish(ALARM_TOPIC, payload);
    await this.live.publish(alarmTopicOf(payload.operatorId), payload);
  }
}
