import { Column, Entity } from 'typeorm';
import { InstantColumn } from '#platform/database';

/** That the platform has made these bytes itself: they are never swept, whoever brings the same. */
@Entity('made_file')
export class MadeFile {
  @Column('char', { length: 64, primary: true }) sha256!: string;
  @InstantColumn() madeAt!: Date;
}
