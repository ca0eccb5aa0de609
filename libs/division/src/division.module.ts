import { Module } from '@nestjs/common';
import { CalendarReader } from './calendar.reader.js';
import { DivisionReader } from './division.reader.js';
import { DivisionRepository } from './division.repository.js';
import { DivisionService } from './division.service.js';

@Module({
  providers: [CalendarReader, DivisionReader, DivisionRepository, DivisionService],
  exports: [CalendarReader, DivisionReader, DivisionService],
})
export class DivisionModule {}
