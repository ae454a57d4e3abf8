import { formatExact } from '#renderer/components/format-time.ts';

/** Characters that a cell lays out at most; more would never be seen and costs time on every frame. */
const laidOut = 300;

/** As much of a text as one line can show. */
export function cutForCell(text: string): string {
  return text.length > laidOut ? `${text.slice(0, laidOut)} …` : text;
}

/**
 * The tooltip of a cell: the exact time behind an age, the text of a cell that is too narrow for it; empty for others.
 * Asked for on hover, because an attribute on every cell would be styled anew with every row that scrolls by.
 */
export function tooltipOf(cell: HTMLTableCellElement): string {
  const { at } = cell.dataset;
  if (at !== undefined) return formatExact(Date.parse(at));
  return cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : '';
}
