import { Injectable } from '@nestjs/common';
import { Database, Gathered } from '#platform/database';

export interface CategoryRow {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** Shelf labels are a dozen; more would be no labels. */
const CATEGORIES_MAX = 200;

@Injectable()
export class CategoryReader {
  private readonly named = new Gathered<CategoryRow>(
    this.database,
    (codes) =>
      this.database.query(
        'SELECT code, name_zh AS nameZh, name_en AS nameEn FROM category WHERE code IN (?)',
        [codes],
      ),
    ({ code }) => code,
  );

  constructor(private readonly database: Database) {}

  /** In shelf order. */
  all(): Promise<CategoryRow[]> {
    return this.database.query<CategoryRow>(
      'SELECT code, name_zh AS nameZh, name_en AS nameEn FROM category ORDER BY position, code LIMIT ?',
      [CATEGORIES_MAX],
    );
  }

  byCodes(codes: readonly string[]): Promise<CategoryRow[]> {
    return this.named.of(codes);
  }
}
