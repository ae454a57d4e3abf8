/** A part of a document. Text is plain: emphasis marks are taken away. */
export type DocumentBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

const plain = (text: string) => text.replaceAll(/\*\*|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`/g, '').trim();
const cellsOf = (line: string) => line.split('|').slice(1, -1).map(plain);
const isItem = (line: string) => /^\s*(?:[-*]|\d+\.) /.test(line);

/**
 * Splits Markdown of the kind that documents and work orders are written in: headings, paragraphs, lists, tables.
 * Anything else is shown as a paragraph; nothing is ever left out, and nothing becomes markup.
 */
export function documentBlocks(text: string): DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    const lines = part.split('\n').filter((line) => line.trim() !== '');
    const [first] = lines;
    if (first === undefined) continue;
    const heading = /^(#{1,6}) (.*)$/.exec(first);
    if (heading !== null) {
      const depth = heading[1]?.length ?? 1;
      blocks.push({ kind: 'heading', level: depth === 1 ? 2 : depth === 2 ? 3 : 4, text: plain(heading[2] ?? '') });
      lines.shift();
      if (lines.length === 0) continue;
    }
    if (lines.every((line) => line.trimStart().startsWith('|')))
      blocks.push({ kind: 'table', rows: lines.filter((line) => !/^[\s|:-]+$/.test(line)).map(cellsOf) });
    else if (isItem(lines[0] ?? '')) {
      const items: string[] = [];
      for (const line of lines) {
        if (isItem(line)) items.push(line.replace(/^\s*(?:[-*]|\d+\.) /, ''));
        else items.push(`${items.pop() ?? ''} ${line.trim()}`);
      }
      blocks.push({ kind: 'list', items: items.map(plain) });
    } else blocks.push({ kind: 'paragraph', text: plain(lines.join(' ')) });
  }
  return blocks;
}
