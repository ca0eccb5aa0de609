import { Clock } from '#libs/kernel';
import type { CrowdPlacement, CrowdPlacementService, Sharer } from './crowd-placement.service.js';
import {
  ALONE_MAX,
  DOOR_MAX,
  DOOR_MS_MAX,
  INSIDE_MAX,
  type Placing,
  QUEUE_MS_MAX,
  WAIT_MS_MAX,
} from './crowd.rules.js';
import { CrowdService } from './crowd.service.js';
import { CrowdedError } from './order.errors.js';

class StoppedClock extends Clock {
  nowMs = 0;

  now(): Date {
    return new Date(this.nowMs);
  }
}

/** Something that somebody else brings to its end. */
function open<T>() {
  let end: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

type Batch = readonly Sharer[];

/** A crowd around one variant whose transactions end when the spec says so. */
class Stage {
  readonly clock = new StoppedClock();
  readonly batches: { readonly buyers: string[]; readonly sharers: Batch; readonly commit: () => void }[] =
    [];
  readonly singles: string[] = [];
  private readonly gates: (() => void)[] = [];
  /** Whose order cannot be written. */
  bad: string | null = null;
  private readonly crowds: CrowdService;

  constructor() {
    const placements: Pick<CrowdPlacementService, 'placeAll'> = {
      placeAll: async <S extends Sharer>(sharers: readonly S[]) => {
        const gate = open<undefined>();
        const buyers = sharers.map(({ placing }) => placing.buyerId);
        this.batches.push({ buyers, sharers, commit: () => gate.end(undefined) });
        await gate.promise;
        if (this.bad !== null && buyers.some((buyer) => buyer === this.bad)) throw new Error('no such row');
        const here = sharers.filter(({ hasLeft }) => !hasLeft);
        return new Map(here.map((sharer): [S, CrowdPlacement] => [sharer, sharer.placing.orderId]));
      },
    };
    this.crowds = new CrowdService(placements as CrowdPlacementService, this.clock);
  }

  buy(buyer: string, offered: readonly object[] = [{ variantId: 'var_peach' }]): Promise<unknown> {
    const placing = {
      buyerId: buyer,
      orderId: `ord_${buyer}`,
      offered,
      paymentTerm: 'PREPAID',
      totals: { lines: [] },
    } as unknown as Placing;
    return this.crowds.place(placing, this.clock.now(), async () => {
      this.singles.push(buyer);
      const gate = open<undefined>();
      this.gates.push(() => gate.end(undefined));
      await gate.promise;
      if (this.bad === buyer) throw new Error('no such row');
      return `ord_${buyer}` as const;
    });
  }

  admit<T>(work: () => Promise<T>) {
    return this.crowds.admit('var_peach', this.clock.now(), work);
  }

  share<T>(read: () => Promise<T>) {
    return this.crowds.share('peach', read);
  }

  /** All that goes alone ends. */
  endSingles(): void {
    for (const end of this.gates.splice(0)) end();
  }

  /** All that go by themselves at once are under way: whoever comes now shares. */
  fill(): Promise<unknown>[] {
    return Array.from({ length: ALONE_MAX }, (_, index) => this.buy(`first${index}`));
  }
}

/** Whatever is only waiting for its turn has had it. */
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('a crowd', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });

  it('is none as long as few come at once, and none again when it is over', async () => {
    const first = stage.fill();
    const fifth = stage.buy('fifth');
    expect([stage.singles.length, stage.batches.map(({ buyers }) => buyers)]).toEqual([4, [['fifth']]]);

    stage.endSingles();
    stage.batches[0]?.commit();
    await Promise.all([...first, fifth]);
    const late = stage.buy('late');
    stage.endSingles();

    expect(await late).toBe('ord_late');
    expect([stage.singles.length, stage.batches.length]).toEqual([5, 1]);
  });

  it('is served in the order of coming, by whoever has come while the one before was served', async () => {
    const first = stage.fill();
    const others = ['a', 'b', 'c', 'b'].map((buyer) => stage.buy(buyer));
    // Places are free again, and yet whoever comes now stands behind those who wait.
    stage.endSingles();
    await Promise.all(first);
    const last = stage.buy('d');
    for (let round = 0; round < 3; round += 1) {
      stage.batches[round]?.commit();
      await turns();
    }

    expect(await Promise.all([...others, last])).toEqual(['ord_a', 'ord_b', 'ord_c', 'ord_b', 'ord_d']);
    expect(stage.batches.map(({ buyers }) => buyers)).toEqual([['a'], ['b', 'c', 'd'], ['b']]);
  });

  it('is one around a harvest, whichever of its boxes they want, and another around each variant in stock', async () => {
    const harvest = { presale: { id: 'psl_peach' } };
    const boxes = ['var_5', 'var_10'].map((variantId) => ({ variantId, harvest }));
    const [small, large] = boxes.map((box) => [box]);
    const first = ['1', '2', '3', '4'].map((buyer, index) =>
      stage.buy(buyer, index % 2 === 0 ? small : large),
    );
    const others = [
      stage.buy('a', large),
      stage.buy('b', small),
      stage.buy('c', boxes),
      stage.buy('d', large),
    ];
    const elsewhere = stage.buy('elsewhere');
    expect(stage.singles).toEqual(['1', '2', '3', '4', 'elsewhere']);

    stage.endSingles();
    stage.batches[0]?.commit();
    await turns();
    stage.batches[1]?.commit();
    await Promise.all([...first, ...others, elsewhere]);
    expect(stage.batches.map(({ buyers }) => buyers)).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('serves everybody but the one whose order cannot be written', async () => {
    void stage.fill();
    stage.bad = 'c';
    const answers = ['first', 'a', 'b', 'c', 'd', 'e'].map((buyer) =>
      stage.buy(buyer).catch((error: unknown) => (error as Error).message),
    );
    for (let round = 0; round < 10; round += 1) {
      stage.batches[round]?.commit();
      stage.endSingles();
      await turns();
    }

    expect(await Promise.all(answers)).toEqual([
      'ord_first',
      'ord_a',
      'ord_b',
      'no such row',
      'ord_d',
      'ord_e',
    ]);
    expect(stage.singles.filter((buyer) => !buyer.startsWith('first'))).toEqual(['c']);
  });

  it('tells whoever has waited too long to come again: in the queue, and while it is being served', async () => {
    void stage.fill();
    const served = stage.buy('served');
    const queued = stage.buy('queued');

    stage.clock.nowMs = QUEUE_MS_MAX;
    expect(await queued).toBeInstanceOf(CrowdedError);
    stage.clock.nowMs = WAIT_MS_MAX;
    expect(await served).toBeInstanceOf(CrowdedError);

    // The transaction sees it before its commit.
    expect(stage.batches[0]?.sharers.map(({ hasLeft }) => hasLeft)).toEqual([true]);
    stage.batches[0]?.commit();
  });

  it('tells nobody to come again whose order is being committed', async () => {
    void stage.fill();
    const served = stage.buy('served');
    const queued = stage.buy('queued');
    for (const sharer of stage.batches[0]?.sharers ?? []) sharer.isBound = true;

    stage.clock.nowMs = WAIT_MS_MAX;
    expect(await queued).toBeInstanceOf(CrowdedError);
    stage.batches[0]?.commit();

    expect(await served).toBe('ord_served');
  });

  it('takes nobody into a transaction who would have to leave it', async () => {
    void stage.fill();
    const served = stage.buy('served');
    const queued = stage.buy('queued');
    stage.clock.nowMs = QUEUE_MS_MAX;
    stage.batches[0]?.commit();

    expect(await served).toBe('ord_served');
    expect(await queued).toBeInstanceOf(CrowdedError);
    expect(stage.batches).toHaveLength(1);
  });

  it('reads once for all who have asked before the reading began, and again for whoever comes later', async () => {
    const gates = [open<number>(), open<number>(), open<number>()];
    let begun = 0;
    const read = () => gates[begun++]?.promise ?? Promise.reject(new Error('nothing more'));
    const first = stage.share(read);
    const later = [stage.share(read), stage.share(read)];
    expect(begun).toBe(1);

    gates[0]?.end(1);
    expect(await first).toBe(1);
    await turns();
    const last = stage.share(read);
    expect(begun).toBe(2);
    gates[1]?.end(2);
    expect(await Promise.all(later)).toEqual([2, 2]);
    gates[2]?.end(3);
    expect(await last).toBe(3);

    // One that fails is for those who waited for it; the next reads for itself, and afterwards nothing is kept.
    const failing = stage.share(() => Promise.reject(new Error('gone')));
    const next = stage.share(async () => 4);
    await expect(failing).rejects.toThrow('gone');
    expect(await next).toBe(4);
    expect(await stage.share(async () => 5)).toBe(5);
  });

  it('is let in as far as it can be worked on, in the order of coming, and turned away in time', async () => {
    const gates = Array.from({ length: INSIDE_MAX }, () => open<string>());
    const inside = gates.map(({ promise }) => stage.admit(() => promise));
    const order: string[] = [];
    const knocking = ['a', 'b', 'c'].map((name) => stage.admit(async () => order.push(name)));
    const late = Array.from({ length: DOOR_MAX - 3 }, () => stage.admit(async () => 'late'));
    expect(await stage.admit(async () => 'one too many')).toEqual(new CrowdedError(2));

    gates[0]?.end('done');
    gates[1]?.end('done');
    await turns();
    // Each of those who went in gave the place on, down to the last at the door.
    expect(order).toEqual(['a', 'b', 'c']);
    expect(await Promise.all(late)).toEqual(late.map(() => 'late'));
    await Promise.all(knocking);
    for (const { end } of gates.slice(0, 2)) end('done');

    const full = Array.from({ length: 2 }, () => stage.admit(() => gates[2]?.promise ?? Promise.resolve('')));
    const tooLate = stage.admit(async () => 'in');
    stage.clock.nowMs += DOOR_MS_MAX;
    expect(await tooLate).toEqual(new CrowdedError(2));

    for (const { end } of gates) end('done');
    await Promise.all([...inside, ...full]);
    expect(await stage.admit(async () => 'in')).toBe('in');
    await expect(stage.admit(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await stage.admit(async () => 'in')).toBe('in');
  });
});
