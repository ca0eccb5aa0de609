/** The little of CSV that the data files use: a header, commas, and quotes only around fields that hold a comma or a quote. */
export type CsvRow = Readonly<Record<string, string>>;

function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const char = line.charAt(i);
    if (char === '"' && isQuoted && line.charAt(i + 1) === '"') {
      field += '"';
      i += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (char === ',' && !isQuoted) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  return [...fields, field];
}

/** Rows by column name. A row of another width than the header is a mistake in the file and throws. */
export function parseCsv(text: string): CsvRow[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const columns = splitLine(header);
  return lines.map((line) => {
    const fields = splitLine(line);
    if (fields.length !== columns.length) throw new Error(`${columns.length} columns expected in: ${line}`);
    return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']));
  });
}

export type CsvCell = string | number | bigint | boolean | null;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  const text = String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The columns are those of `columns`, in that order; every line ends in a newline, so files grow by whole lines. */
export function formatCsv<Row extends object>(
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string {
  const lines = rows.map((row) => columns.map((column) => cellText(row[column] as CsvCell)).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
