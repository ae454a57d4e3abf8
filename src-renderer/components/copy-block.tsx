import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import styles from './copy-block.module.css';

interface CopyBlockProps {
  /** What is copied, as it is shown. */
  readonly text: string;
  /** What it is, for screen readers: "curl command". */
  readonly label: string;
}

/** A command to take along, with a button that copies it. */
export function CopyBlock({ text, label }: CopyBlockProps) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reachable by keyboard. */}
      <pre className={styles.text} tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button className={styles.button} onClick={() => clipboard.copy(text)} aria-label={`Copy ${label}`}>
        {clipboard.copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
