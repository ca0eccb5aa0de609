import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config';
import { type CountyMap, type MapFile, countyMapOf } from './county-map.rules.js';

const CITY = /^\d{6}$/;

/** Maps lie in files, because whoever shows them has to have them approved, and may have to change them. */
@Injectable()
export class CountyMapReader {
  /** As they were first read: a new file is seen after a restart, like every setting. */
  private readonly maps = new Map<string, Promise<CountyMap | null>>();

  constructor(private readonly config: Config) {}

  /** Null where nobody has put one. */
  async ofCity(code: string): Promise<CountyMap | null> {
    if (!CITY.test(code)) return null; // A name of a file: nothing else is looked for.
    const known = this.maps.get(code) ?? this.read(code);
    this.maps.set(code, known);
    return known;
  }

  private async read(code: string): Promise<CountyMap | null> {
    try {
      const text = await readFile(join(this.config.mapsDirectory, `${code}.json`), 'utf8');
      return countyMapOf(JSON.parse(text) as MapFile);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      this.maps.delete(code); // Broken or out of reach: looked for again, and told each time.
      throw error;
    }
  }
}
