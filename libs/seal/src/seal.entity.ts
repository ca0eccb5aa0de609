import { Column, Entity } from 'typeorm';
import { BigintColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

/** What is sealed: the books, who did what, and the volume register. */
export const SEAL_STREAMS = ['JOURNAL', 'AUDIT', 'VOLUME'] as const;
export type SealStream = (typeof SEAL_STREAMS)[number];

/** A record's place in the one order of its stream. Written once, by the sealer alone. */
@Entity('seal')
export class Seal {
  @WordColumn({ primary: true }) stream!: SealStream;
  @BigintColumn({ primary: true }) seq!: bigint;
  @IdColumn() subjectId!: string;
  @Column('binary', { length: 32 }) leafHash!: Buffer;
  @Column('binary', { length: 32 }) prevHash!: Buffer;
  @Column('binary', { length: 32 }) hash!: Buffer;
  @InstantColumn() sealedAt!: Date;
}

/** A record that is written and not yet sealed: put here in its own transaction, so that none is overlooked however late it commits. */
@Entity('seal_waiting')
export class SealWaiting {
  @WordColumn({ primary: true }) stream!: SealStream;
  @IdColumn({ primary: true }) subjectId!: string;
  @InstantColumn() queuedAt!: Date;
}

/** Where a stream's chain ends, and who may lengthen it. The token goes up with every change of leader. */
@Entity('seal_head')
export class SealHead {
  @WordColumn({ primary: true }) stream!: SealStream;
  @BigintColumn() seq!: bigint;
  @Column('binary', { length: 32 }) hash!: Buffer;
  @BigintColumn() token!: bigint;
  @Column('varchar', { length: 64 }) leader!: string;
  @InstantColumn() leasedUntil!: Date;
}

/** A node of the Merkle tree over 256 nodes of the level below; level 0 are the leaves. */
@Entity('seal_node')
export class SealNode {
  @WordColumn({ primary: true }) stream!: SealStream;
  @Column('int', { primary: true }) level!: number;
  @BigintColumn({ primary: true }) position!: bigint;
  @Column('binary', { length: 32 }) hash!: Buffer;
}

/** The tree at the end of a Shanghai day, signed: what officials take home. */
@Entity('seal_checkpoint')
export class SealCheckpoint {
  @WordColumn({ primary: true }) stream!: SealStream;
  @Column('date', { primary: true }) day!: string;
  @BigintColumn() treeSize!: bigint;
  @Column('binary', { length: 32 }) merkleRoot!: Buffer;
  @Column('binary', { length: 32 }) chainHash!: Buffer;
  @Column('varchar', { length: 8 }) keyId!: string;
  @Column('binary', { length: 64 }) signature!: Buffer;
  @Column('varchar', { length: 1000 }) note!: string;
  @InstantColumn() createdAt!: Date;
}

/** One reading again of what a day's checkpoint was signed over. */
@Entity('seal_reading')
export class SealReading {
  @WordColumn({ primary: true }) stream!: SealStream;
  @Column('date', { primary: true }) day!: string;
  @BigintColumn() fromSeq!: bigint;
  @BigintColumn() untilSeq!: bigint;
  @BigintColumn() nextSeq!: bigint;
  @BigintColumn({ default: 0 }) breakCount!: bigint;
  /** Null where all fits, or what does not is a checkpoint. */
  @BigintColumn({ nullable: true }) firstBrokenSeq!: bigint | null;
  @InstantColumn() startedAt!: Date;
  /** Null while it is under way. */
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
}

/** A public key that has signed, as one line of text; old ones stay, so that old checkpoints can be checked. */
@Entity('seal_key')
export class SealKey {
  @Column('varchar', { length: 8, primary: true }) keyId!: string;
  @Column('varchar', { length: 300 }) text!: string;
  @InstantColumn() firstUsedAt!: Date;
}
