import { writeFileSync } from 'node:fs';
import { dataPath } from './paths.js';
import { generateZhuzhou } from './zhuzhou.js';

/** `node dist/scripts/data/generate.js`: writes data/zhuzhou from data/zhuzhou/source, the same bytes every time. */
for (const [name, text] of generateZhuzhou()) {
  writeFileSync(dataPath(name), text);
  console.log(`${name}: ${text.split('\n').length - 1} lines, ${Buffer.byteLength(text)} bytes`);
}
