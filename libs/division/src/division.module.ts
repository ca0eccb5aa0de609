import { Module } from '@nestjs/common';
import { CalendarReader } from './calendar.reader.js';
import { CountyMapReader } from './county-map.reader.js';
import { DivisionReader } from './division.reader.js';
import { DivisionRepository } from './division.repository.js';
import { DivisionService } from './division.service.js';

@Module({
  providers: [CalendarReader, CountyMapReader, DivisionReader, DivisionRepository, DivisionService],
  exports: [CalendarReader, CountyMapReader, DivisionReader, DivisionService],
})
export class DivisionModule {}
