import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { VolumeTarget } from './volume-target.entity.js';
import type { TargetKey } from './volume-target.rules.js';

@Injectable()
export class VolumeTargetRepository {
  async latest(tx: Tx, { year, divisionCode, channelKind, unitId }: TargetKey): Promise<VolumeTarget | null> {
    const [target] = await tx.manager.find(VolumeTarget, {
      where: { year, divisionCode, channelKind, unitId },
      order: { version: 'DESC' },
      take: 1,
    });
    return target ?? null;
  }

  async insert(tx: Tx, target: VolumeTarget): Promise<void> {
    await tx.manager.insert(VolumeTarget, target);
  }
}
