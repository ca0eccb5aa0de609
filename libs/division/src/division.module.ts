import { Module } from '@nestjs/common';
import { DivisionReader } from './division.reader.js';
import { DivisionRepository } from './division.repository.js';
import { DivisionService } from './division.service.js';

@Module({
  providers: [DivisionReader, DivisionRepository, DivisionService],
  exports: [DivisionReader, DivisionService],
})
export class DivisionModule {}
