import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { DivisionFacts } from './division.entity.js';
import { DivisionRepository } from './division.repository.js';

/** Rows of one statement; a city with its villages has some 1,600. */
const BATCH = 500;

@Injectable()
export class DivisionService {
  constructor(
    private readonly database: Database,
    private readonly divisions: DivisionRepository,
  ) {}

  /** Takes a list of divisions into the book, all or nothing; the same list again changes nothing. */
  load(divisions: readonly DivisionFacts[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      for (let start = 0; start < divisions.length; start += BATCH) {
        await this.divisions.upsert(tx, divisions.slice(start, start + BATCH));
      }
    });
  }
}
