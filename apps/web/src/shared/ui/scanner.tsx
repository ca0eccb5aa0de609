import { useEffect, useRef, useState } from 'react';
import { Icon } from './icon.js';

/** https://wicg.github.io/shape-detection-api: Android has it, iPhones and most desks do not. */
interface Detector {
  readonly detect: (video: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

/** What is read, and what is said meanwhile: each application has codes and words of its own. */
interface ScanWords {
  readonly formats: readonly string[];
  readonly button: string;
  readonly title: string;
  readonly hint: string;
  readonly denied: string;
  readonly close: string;
}

/** A look is some 30 ms of an old phone's time. */
const LOOK_MS = 250;

const detectorOf = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export const canScan = (): boolean =>
  // A page that was not fetched safely has no camera.
  detectorOf() !== undefined && (navigator as { mediaDevices?: MediaDevices }).mediaDevices !== undefined;

function Camera({
  words,
  found,
  close,
}: {
  words: ScanWords;
  found: (text: string) => void;
  close: () => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const heard = useRef(found);
  heard.current = found;
  const [isDenied, setDenied] = useState(false);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let isLeft = false;
    const Detector = detectorOf();
    const begin = async () => {
      if (!Detector) return;
      const detector = new Detector({ formats: words.formats });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const screen = video.current;
      if (!screen || isLeft) return;
      screen.srcObject = stream;
      await screen.play();
      const look = async () => {
        const [code] = await detector.detect(screen).catch(() => []); // A frame that cannot be read; the next one may.
        if (isLeft) return;
        if (code) heard.current(code.rawValue);
        else timer = setTimeout(() => void look(), LOOK_MS);
      };
      await look();
    };
    const end = () => stream?.getTracks().forEach((track) => track.stop());
    // Nobody allowed it, or there is none: typing remains.
    void begin().then(
      () => isLeft && end(),
      () => setDenied(true),
    );
    return () => {
      isLeft = true;
      clearTimeout(timer);
      end();
    };
  }, []);
  return (
    <div className="camera" role="dialog" aria-modal="true" aria-label={words.title}>
      {isDenied ? (
        <p role="alert">{words.denied}</p>
      ) : (
        <>
          <video ref={video} playsInline muted />
          <p>{words.hint}</p>
        </>
      )}
      <button type="button" className="button is-quiet is-large" autoFocus onClick={close}>
        {words.close}
      </button>
    </div>
  );
}

interface ScanButtonProps {
  readonly words: ScanWords;
  readonly className: string;
  readonly found: (text: string) => void;
}

/** Reads a code with the camera, where the browser can; where it cannot there is no button. */
export function ScanButton({ words, className, found }: ScanButtonProps) {
  const [isOpen, setOpen] = useState(false);
  if (!canScan()) return null;
  return (
    <>
      <button type="button" className={className} onClick={() => setOpen(true)}>
        <Icon name="scan" />
        {words.button}
      </button>
      {isOpen && (
        <Camera
          words={words}
          close={() => setOpen(false)}
          found={(text) => {
            setOpen(false);
            found(text);
          }}
        />
      )}
    </>
  );
}
