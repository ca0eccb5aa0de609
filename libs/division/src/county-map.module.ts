import { Module } from '@nestjs/common';
import { CountyMapReader } from './county-map.reader.js';

/** Apart from the divisions themselves: it needs to be told where maps lie, and what loads divisions has no settings. */
@Module({ providers: [CountyMapReader], exports: [CountyMapReader] })
export class CountyMapModule {}
