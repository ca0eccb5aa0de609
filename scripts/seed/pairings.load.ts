import { parseCsv } from '../data/csv.js';
import { seededId } from '../data/seeded-id.js';
import { type FileLoad, upsert } from './table-load.js';

interface Linked {
  readonly slotCode: string;
  readonly cabinetId: string;
  readonly operatorId: string;
  readonly merchantId: string;
  readonly agreementId: string;
  readonly householdId: string;
  readonly villageCode: string;
}

/** 一柜一户: slots of some cabinets, each with a household of an agreement of whoever has made what lies in it. */
export const pairings: FileLoad = {
  file: 'source/pairings.csv',
  load: async (tx, text, { dates }) => {
    const rows = parseCsv(text);
    const startsAt = dates.instant('-30');
    for (const { serialNo = '', story = '' } of rows) {
      const [linked] = await tx.query<Linked>(
        `SELECT g.slot_code AS slotCode, c.id AS cabinetId, c.operator_id AS operatorId, a.merchant_id AS merchantId, a.id AS agreementId,
           h.id AS householdId, h.village_code AS villageCode
         FROM cabinet c JOIN planogram_slot g ON g.cabinet_id = c.id JOIN product_variant v ON v.id = g.variant_id JOIN product p ON p.id = v.product_id
         JOIN linkage_agreement a ON a.merchant_id = p.merchant_id AND a.ends_before IS NULL AND a.kind <> 'SERVICE'
         JOIN linkage_household l ON l.agreement_id = a.id AND l.weight > 0 JOIN household h ON h.id = l.household_id
         WHERE c.serial_no = ? ORDER BY g.slot_code, a.id, h.id LIMIT 1`,
        [serialNo],
      );
      if (!linked) continue; // What lies in it is of somebody who has agreed with nobody.
      const { slotCode, householdId, ...of } = linked;
      const id = seededId('prg', serialNo);
      await upsert(tx, 'pairing', [
        {
          id,
          ...of,
          state: 'ACTIVE',
          story,
          photoId: null,
          isConsented: true,
          idempotencyKey: `seed:${serialNo}`,
          requestHash: '',
          proposedBy: 'seed',
          proposedAt: startsAt,
          decidedBy: 'seed',
          note: '',
          startsAt,
          endsAt: null,
        },
      ]);
      await upsert(tx, 'pairing_slot', [{ pairingId: id, slotCode, openKey: `${of.cabinetId}/${slotCode}` }]);
      await upsert(tx, 'pairing_household', [{ pairingId: id, householdId }]);
    }
    return rows.length;
  },
};
