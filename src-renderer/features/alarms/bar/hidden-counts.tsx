import { formatCount } from '#renderer/components/format-number.ts';
import type { Visibility } from '../view/hidden.ts';
import type { HiddenCount } from '../view/select.ts';
import styles from './bar.module.css';
import type { LeftOut } from './use-left-out.ts';

interface HiddenCountsProps {
  readonly hidden: HiddenCount;
  readonly visibility: Visibility;
  readonly leftOut: LeftOut;
  readonly onShow: (what: 'cleared' | 'shelved' | 'suppressed', isShown: boolean) => void;
}

/** Everything that the list does not show, counted, each with its way to show it. Zero stands as well: nothing is hidden. */
export function HiddenCounts({ hidden, visibility, leftOut, onShow }: HiddenCountsProps) {
  return (
    <div className={styles.hidden}>
      <Hidden
        name="shelved"
        count={hidden.shelved}
        isShown={visibility.showShelved}
        onShow={(isShown) => onShow('shelved', isShown)}
      />
      <Hidden
        name="cleared"
        count={hidden.cleared}
        isShown={visibility.showCleared}
        onShow={(isShown) => onShow('cleared', isShown)}
      />
      {(hidden.suppressed > 0 || visibility.showSuppressed) && (
        <Hidden
          name="in maintenance"
          count={hidden.suppressed}
          isShown={visibility.showSuppressed}
          onShow={(isShown) => onShow('suppressed', isShown)}
        />
      )}
      {leftOut.count > 0 && (
        <span className={styles.leftOut}>
          left out by the snapshot: {formatCount(leftOut.count)}
          {leftOut.loading === null ? (
            <Action onClick={leftOut.load}>load</Action>
          ) : (
            <Action onClick={leftOut.cancel}>{formatCount(leftOut.loading)} so far, stop</Action>
          )}
        </span>
      )}
      {leftOut.failure !== null && <span className={styles.leftOut}>{leftOut.failure}</span>}
    </div>
  );
}

interface HiddenProps {
  readonly name: string;
  readonly count: number;
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
}

function Hidden({ name, count, isShown, onShow }: HiddenProps) {
  if (isShown) {
    return (
      <span>
        {name} shown
        <Action onClick={() => onShow(false)}>hide</Action>
      </span>
    );
  }
  if (count === 0) {
    return <span>no {name} hidden</span>;
  }
  return (
    <span className={styles.someHidden}>
      {formatCount(count)} {name}
      <Action onClick={() => onShow(true)}>show</Action>
    </span>
  );
}

function Action({ onClick, children }: { readonly onClick: () => void; readonly children: string | string[] }) {
  return (
    <>
      {' — '}
      <button type="button" className={styles.action} onClick={onClick}>
        {children}
      </button>
    </>
  );
}
