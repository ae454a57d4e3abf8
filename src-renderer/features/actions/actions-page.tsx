import { useLocation, useParams } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { linkTo } from '#renderer/components/links.ts';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import { useActions } from '#renderer/state/hooks.ts';
import { ActionDetailView } from './action-detail.tsx';
import { ActionList } from './action-list.tsx';
import { inQueueOrder } from './action-words.ts';
import { GovernanceBar } from './governance-bar.tsx';

/** The approval queue: what is proposed, why, what speaks against it, and the decision. */
export default function ActionsPage() {
  const { id } = useParams<{ id?: string }>();
  const [, navigate] = useLocation();
  const actions = inQueueOrder(useActions().items);
  const selected = id === undefined ? (actions[0]?.action_id ?? null) : decodeURIComponent(id);
  const index = actions.findIndex(({ action_id }) => action_id === selected);
  const go = (by: number) => {
    const next = actions[Math.max(0, Math.min(actions.length - 1, index + by))];
    if (next !== undefined) navigate(linkTo.action(next.action_id), { replace: true });
  };
  useHotkeyGroup('Actions', [
    { keys: 'j', label: 'next action', run: () => go(1), isEnabled: actions.length > 0 },
    { keys: 'k', label: 'previous action', run: () => go(-1), isEnabled: actions.length > 0 },
  ]);
  return (
    <div className={styles.page}>
      <GovernanceBar />
      {selected === null ? (
        <EmptyState title="Nothing waits for a decision">
          Remedies are proposed for happenings that are worth one. What was decided before stands under Decisions.
        </EmptyState>
      ) : (
        <div className={styles.split}>
          <ActionList actions={actions} selected={selected} />
          <div className={styles.aside}>
            <ActionDetailView key={selected} actionId={selected} />
          </div>
        </div>
      )}
    </div>
  );
}
