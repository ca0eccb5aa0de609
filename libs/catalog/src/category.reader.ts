import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';

export interface CategoryRow {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** Shelf labels are a dozen; more would be no labels. */
const CATEGORIES_MAX = 200;

@Injectable()
export class CategoryReader {
  constructor(private readonly database: Database) {}

  /** In shelf order. */
  all(): Promise<CategoryRow[]> {
    return this.database.query<CategoryRow>(
      'SELECT code, name_zh AS nameZh, name_en AS nameEn FROM category ORDER BY position, code LIMIT ?',
      [CATEGORIES_MAX],
    );
  }

  async byCodes(codes: readonly string[]): Promise<CategoryRow[]> {
    if (codes.length === 0) return [];
    return this.database.query<CategoryRow>(
      'SELECT code, name_zh AS nameZh, name_en AS nameEn FROM category WHERE code IN (?)',
      [codes],
    );
  }
}
