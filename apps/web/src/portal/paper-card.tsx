import { useEffect } from 'react';
import { PhotoPicker } from '../shared/ui/photo-picker.js';
import { isUnderWay, usePhotos } from '../shared/use-photos.js';
import { type Fault, FaultNote } from './field.js';
import type { PaperNeeds, TypedPaper } from './papers.js';

/** As many as one paper takes. */
const FILES_MAX = 6;

interface PaperCardProps {
  /** Where its pages wait on the phone until they are brought. */
  readonly form: string;
  readonly needs: PaperNeeds;
  readonly paper: TypedPaper;
  /** Of its fields, as in `content.papers.FOOD_PRODUCTION_LICENCE.number`. */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<TypedPaper>) => void;
  /** Hears whether pages are on their way. */
  readonly busy: (isBusy: boolean) => void;
  /** Where a page that was brought is shown; nowhere before the first save. */
  readonly pictureOf: ((fileId: string) => string) | null;
}

interface DayProps extends Pick<PaperCardProps, 'faults'> {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Day({ label, path, value, faults, onChange }: DayProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input type="date" value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      <FaultNote faults={faults} path={path} />
    </label>
  );
}

/** One paper: its pages by camera or as a file, and what has to be read off it. */
export function PaperCard({ form, needs, paper, path, faults, change, busy, pictureOf }: PaperCardProps) {
  const { name, pages, number, from, to } = needs;
  const photos = usePhotos(
    form,
    paper.fileIds,
    (fileIds) => {
      if (fileIds.join() !== paper.fileIds.join()) change({ fileIds });
    },
    FILES_MAX,
    'files',
  );
  const isBusy = isUnderWay(photos.shots);
  useEffect(() => {
    busy(isBusy);
    return () => busy(false);
  }, [isBusy]);
  return (
    <section className="panel form">
      {pages !== undefined && <h2>{name}</h2>}
      <PhotoPicker
        photos={photos}
        label={pages ?? name}
        max={FILES_MAX}
        also="application/pdf"
        {...(pictureOf === null ? {} : { pictureOf })}
      />
      <FaultNote faults={faults} path={`${path}.fileIds`} isDeep />
      <FaultNote faults={faults} path={path} />
      {number !== null && (
        <label className="field">
          <span>{number}</span>
          <input
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={60}
            value={paper.number}
            aria-invalid={faults.some((fault) => fault.path === `${path}.number`)}
            onInput={(event) => change({ number: event.currentTarget.value.trim() })}
          />
        </label>
      )}
      <FaultNote faults={faults} path={`${path}.number`} />
      {from !== null && (
        <Day
          label={from}
          path={`${path}.validFrom`}
          value={paper.validFrom}
          faults={faults}
          onChange={(validFrom) => change({ validFrom })}
        />
      )}
      {to !== null && (
        <Day
          label={to}
          path={`${path}.validTo`}
          value={paper.validTo}
          faults={faults}
          onChange={(validTo) => change({ validTo })}
        />
      )}
    </section>
  );
}
