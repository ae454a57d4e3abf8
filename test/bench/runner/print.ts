import { type BenchTable, type Figure, meetsTarget, type Section } from './report.ts';

/** A number as a person reads it: whole numbers with separators, others with three significant decimals. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  return value.toLocaleString('en-US', {
    minimumFractionDigits: 0,
    maximumFractionDigits: size < 10 ? 3 : size < 1000 ? 1 : 0,
  });
}

function cellText(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) ? formatNumber(cell) : cell.toFixed(3);
}

/** Columns aligned by spaces: text to the left, numbers to the right. */
export function alignTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map(cellText));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...texts.map((row) => (row[index] ?? '').length)),
  );
  const isNumeric = columns.map((_, index) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number'));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, index) =>
        isNumeric[index] === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...texts.map(line)];
}

function targetText(figure: Figure): string {
  const parts = [
    ...(figure.at_most === undefined ? [] : [`≤ ${formatNumber(figure.at_most)}`]),
    ...(figure.at_least === undefined ? [] : [`≥ ${formatNumber(figure.at_least)}`]),
  ];
  return parts.join(', ');
}

function verdict(figure: Figure): string {
  const met = meetsTarget(figure);
  return met === null ? '' : met ? 'met' : 'MISSED';
}

function figureTable(figures: readonly Figure[]): BenchTable {
  return {
    title: '',
    columns: ['figure', 'value', 'unit', 'target', '', 'yardstick'],
    rows: figures.map((figure) => [
      figure.name,
      formatNumber(figure.value),
      figure.unit,
      targetText(figure),
      verdict(figure),
      figure.yardstick === undefined ? '' : `${figure.yardstick.name}: ${formatNumber(figure.yardstick.value)}`,
    ]),
  };
}

/** One section as lines for the terminal. */
export function printSection(section: Section): string[] {
  const lines = ['', `== ${section.topic}: ${section.name} (${section.seconds.toFixed(1)} s)`];
  if (section.skipped !== null) return [...lines, `   skipped: ${section.skipped}`];
  for (const table of section.tables) {
    lines.push('', `   ${table.title}`, ...alignTable(table.columns, table.rows).map((line) => `   ${line}`));
  }
  if (section.figures.length > 0) {
    const { columns, rows } = figureTable(section.figures);
    lines.push('', ...alignTable(columns, rows).map((line) => `   ${line}`));
  }
  for (const note of section.notes) lines.push('', `   ${note}`);
  if (section.failed !== null) lines.push('', `   FAILED: ${section.failed}`);
  return lines;
}
