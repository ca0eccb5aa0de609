import { useEffect, useRef, useState } from 'react';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';

/** https://wicg.github.io/shape-detection-api: Android has it, iPhones and most desks do not. */
interface Detector {
  readonly detect: (video: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

/** What carriers print, and QR codes of our own. */
const FORMATS = ['code_128', 'code_39', 'codabar', 'ean_13', 'qr_code'];

/** A look is some 30 ms of an old phone's time. */
const LOOK_MS = 250;

const detectorOf = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

const canScan = (): boolean =>
  // A page that was not fetched safely has no camera.
  detectorOf() !== undefined && (navigator as { mediaDevices?: MediaDevices }).mediaDevices !== undefined;

function Camera({ found, close }: { found: (text: string) => void; close: () => void }) {
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
      const detector = new Detector({ formats: FORMATS });
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
    <div className="camera" role="dialog" aria-modal="true" aria-label={t('扫运单')}>
      {isDenied ? (
        <p role="alert">{t('用不了相机：请在手机设置里允许，或者手动填运单号。')}</p>
      ) : (
        <>
          <video ref={video} playsInline muted />
          <p>{t('把运单上的条码对准框里')}</p>
        </>
      )}
      <button type="button" className="button is-quiet is-large" autoFocus onClick={close}>
        {t('不扫了')}
      </button>
    </div>
  );
}

/** Reads a barcode with the camera, where the browser can; where it cannot there is no button. */
export function ScanButton({ found }: { found: (text: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  if (!canScan()) return null;
  return (
    <>
      <button type="button" className="button is-quiet" onClick={() => setOpen(true)}>
        <Icon name="scan" />
        {t('扫一扫')}
      </button>
      {isOpen && (
        <Camera
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
