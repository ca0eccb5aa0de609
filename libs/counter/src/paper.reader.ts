import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import type { CabinetPaper } from './paper.entity.js';
import { type PaperStanding, paperStandingOf } from './paper.rules.js';

export type PaperRow = Pick<
  CabinetPaper,
  'id' | 'cabinetId' | 'kind' | 'number' | 'authority' | 'validUntil' | 'fileNo' | 'recordedAt'
>;

/** What allows cabinets to sell food. Of cabinets that were found within a scope. */
@Injectable()
export class PaperReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those in force: one of a kind at most. */
  async of(cabinetIds: readonly string[]): Promise<PaperRow[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<PaperRow>(
      `SELECT id, cabinet_id AS cabinetId, kind, number, authority, valid_until AS validUntil, file_no AS fileNo, recorded_at AS recordedAt
       FROM cabinet_paper WHERE cabinet_id IN (?) AND open_kind IS NOT NULL ORDER BY cabinet_id, kind`,
      [cabinetIds],
    );
  }

  /** Of each of them, also where nothing is on file. */
  async standingsOf(cabinetIds: readonly string[]): Promise<ReadonlyMap<string, PaperStanding>> {
    const papers = await this.of(cabinetIds);
    const today = businessDay(this.clock.now());
    const held = new Map<string, PaperRow[]>(cabinetIds.map((id) => [id, []]));
    for (const paper of papers) held.get(paper.cabinetId)?.push(paper);
    return new Map([...held].map(([id, own]) => [id, paperStandingOf(own, today)]));
  }
}
