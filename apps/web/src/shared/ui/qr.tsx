import encodeQR from 'qr';

/** A QR code as one path; its quiet zone is part of it. Fifteen parts in a hundred may be dirty or lie in the sun. */
export function Qr({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 3 });
  const runs = rows.flatMap((row, y) => {
    const parts: string[] = [];
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x += 1;
      parts.push(`M${from} ${y}h${x - from + 1}v1H${from}z`);
    }
    return parts;
  });
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={runs.join('')} />
    </svg>
  );
}
