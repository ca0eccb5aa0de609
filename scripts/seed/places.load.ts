import { parseCsv } from '../data/csv.js';
import { type FileLoad, orNull, unkeyed, upsert } from './table-load.js';

/** Places of sale, which are open by the file; and what is known of how they came to be, which is the day on which they opened. */
export const places: FileLoad = {
  file: 'channel-points.csv',
  load: async (tx, text, { dates }) => {
    const rows = parseCsv(text);
    await upsert(
      tx,
      'channel_point',
      rows.map((row) => ({
        ...unkeyed(row),
        ownerKind: orNull(row['ownerKind']),
        hostKind: orNull(row['hostKind']),
        cabinetKind: orNull(row['cabinetKind']),
        hostName: orNull(row['hostName']),
        introduction: orNull(row['introduction']),
        state: 'OPEN',
        revision: 1,
        createdAt: dates.instant(row['openedOn'] ?? ''),
      })),
      ['name', 'address', 'longitude', 'latitude', 'hostName', 'introduction', 'openingHours'],
    );
    await upsert(
      tx,
      'channel_point_step',
      rows.map(({ id = '', openedOn = '' }) => ({
        channelPointId: id,
        number: 1,
        act: 'RECORDED',
        state: 'OPEN',
        side: 'BOOK',
        actorId: null,
        reason: '',
        fileIds: '[]',
        content: null,
        effectiveOn: openedOn,
        at: dates.instant(openedOn),
      })),
    );
    return rows.length;
  },
};
