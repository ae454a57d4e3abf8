import { type DocumentBlock, documentBlocks } from './document-blocks.ts';
import styles from './governance.module.css';

/** A document or a work order, set as text. It comes from a file or from a source, so nothing in it becomes markup. */
export function DocumentText({ text }: { readonly text: string }) {
  return (
    <div className={styles.document}>
      {documentBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a document have no names and do not move.
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: DocumentBlock }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${block.level}` as const;
      return <Heading>{block.text}</Heading>;
    }
    case 'paragraph':
      return <p>{block.text}</p>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <table className={styles.table}>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move.
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}
