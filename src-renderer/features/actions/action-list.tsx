import { Link } from 'wouter';
import { Age } from '#renderer/components/age.tsx';
import styles from '#renderer/components/governance.module.css';
import { linkTo } from '#renderer/components/links.ts';
import { Tag } from '#renderer/components/tag.tsx';
import type { Action } from '#shared/api/actions.ts';
import { blastWords, stateWords } from './action-words.ts';

interface ActionListProps {
  readonly actions: readonly Action[];
  readonly selected: string;
}

/** Every action in two lines: what, at whom, how risky, where it stands. */
export function ActionList({ actions, selected }: ActionListProps) {
  return (
    <nav aria-label="Actions">
      {actions.map((action) => (
        <Link
          key={action.action_id}
          className={styles.row}
          href={linkTo.action(action.action_id)}
          aria-current={action.action_id === selected || undefined}
        >
          <b>
            <bdi>{action.title}</bdi>
          </b>
          <span>
            {action.blast.emergency_services > 0 && <Tag tone="danger">emergency service</Tag>}{' '}
            <Tag tone={action.risk === 'high' ? 'caution' : 'quiet'}>{action.risk} risk</Tag>
          </span>
          <small>
            {stateWords(action.state)} · {blastWords(action)} · cause {Math.round(action.confidence * 100)} % sure
          </small>
          <small>
            <Age at={action.proposed_at} />
          </small>
        </Link>
      ))}
    </nav>
  );
}
