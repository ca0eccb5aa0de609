import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { PhotoService, bandsOf } from '#platform/files';
import { emit } from '#platform/outbox';
import type { AfterSale, AfterSaleAct, AfterSaleSide, AfterSaleState } from './after-sale.entity.js';
import { afterSaleChanged, afterSaleClosed, afterSaleOpened } from './after-sale.events.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import { type Evidence, dueAtOf, evidenceFaults, isClosed } from './after-sale.rules.js';

/** Who acts, and what they say. */
export interface Actor {
  readonly side: AfterSaleSide;
  /** Null where time, the provider or a rule acts. */
  readonly userId: IdOf<'usr'> | null;
  readonly note?: string;
}

export const BY_TIME: Actor = { side: 'TIME', userId: null };

/** A case with changes not yet written. */
type Changes = Partial<Omit<AfterSale, 'id' | 'state' | 'dueAt' | 'closedAt' | 'openLineId'>>;

/** How a case moves: the row, its step, the audit log and the fact, in one transaction. Whoever calls holds the case's lock. */
@Injectable()
export class AfterSaleStepService {
  constructor(
    private readonly cases: AfterSaleRepository,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async open(tx: Tx, opened: Omit<AfterSale, 'dueAt' | 'openedAt'>, note: string): Promise<void> {
    const now = this.clock.now();
    const dueAt = dueAtOf(opened.state, opened.kind, now);
    await this.cases.insert(tx, { ...opened, dueAt, openedAt: now });
    await this.note(tx, opened, 'OPENED', opened.state, { side: 'BUYER', userId: opened.buyerId, note });
    await emit(tx, afterSaleOpened(opened, now));
  }

  async move(
    tx: Tx,
    before: AfterSale,
    act: AfterSaleAct,
    state: AfterSaleState,
    actor: Actor,
    changes: Changes = {},
  ): Promise<void> {
    const now = this.clock.now();
    const isOver = isClosed(state);
    // What is added to a case does not put off what it waits for; where nothing could be done by itself, the time begins anew.
    const isAdded = state === before.state && act !== 'ESCALATED';
    const dueAt = isAdded ? before.dueAt : dueAtOf(state, before.kind, now);
    const closing = isOver ? { openLineId: null, closedAt: now } : {};
    await this.cases.update(tx, before.id, { ...changes, state, dueAt, ...closing });
    await this.note(tx, before, act, state, actor);
    await emit(
      tx,
      isOver ? afterSaleClosed(before, act, state, now) : afterSaleChanged(before, act, state, now),
    );
  }

  /** Photos that whoever acts has brought; throws NotFound for those of others. */
  async addPhotos(
    tx: Tx,
    to: Pick<AfterSale, 'id' | 'orderId'>,
    evidence: readonly Evidence[],
    { side, userId }: Actor,
  ): Promise<InvalidInputError | null> {
    if (evidence.length === 0) return null;
    const known = await this.cases.photosOf(tx, to.id);
    const own = known.filter((photo) => photo.side === side).length;
    const faults = evidenceFaults(evidence, own);
    if (faults.length > 0) return new InvalidInputError(faults);
    const photos = new Map(
      (
        await this.photos.attach(
          tx,
          evidence.map(({ photoId }) => photoId),
          userId ?? '',
        )
      ).map((photo) => [photo.id as string, photo]),
    );
    const addedAt = this.clock.now();
    const rows = evidence
      // Brought again: it is there already.
      .filter(({ photoId }) => !known.some((photo) => photo.photoId === photoId))
      .map(({ photoId, subject }) => {
        const photo = photos.get(photoId);
        if (!photo) throw new NotFound('Photo', photoId);
        const { fingerprint } = photo;
        const [bandA, bandB, bandC, bandD] = bandsOf(fingerprint);
        const about = { afterSaleId: to.id, photoId: photo.id, orderId: to.orderId, side, subject };
        return { ...about, fingerprint, bandA, bandB, bandC, bandD, addedAt };
      });
    await this.cases.addPhotos(tx, rows);
    return null;
  }

  private async note(
    tx: Tx,
    { id, countyCode }: Pick<AfterSale, 'id' | 'countyCode'>,
    act: AfterSaleAct,
    state: AfterSaleState,
    { side, userId, note = '' }: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    await this.cases.addStep(tx, {
      id: newId('ass'),
      afterSaleId: id,
      act,
      side,
      actorId: userId,
      state,
      note,
      at,
    });
    await this.audit.record(tx, {
      actorId: userId,
      act: `after_sale.${act.toLowerCase()}`,
      subject: id,
      divisionCode: countyCode || null,
      detail: { side, state },
    });
  }
}
