import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useMay, useSession } from '#renderer/state/hooks.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { EngineSection } from './engine-section.tsx';
import { CausesSection } from './rules/causes-section.tsx';
import { RulesSection } from './rules/rules-section.tsx';
import { useGrouping } from './rules/use-grouping.ts';
import styles from './settings-page.module.css';
import { TokenSection } from './token-section.tsx';

/** What correlation goes by besides its own judgement. */
function GroupingSections({ may }: { readonly may: boolean }) {
  const grouping = useGrouping();
  return (
    <>
      <RulesSection grouping={grouping} may={may} />
      <CausesSection grouping={grouping} may={may} />
    </>
  );
}

/** What the console works with, who may send to it, and how it looks. */
export default function SettingsPage() {
  const session = useSession();
  const mayAdminister = useMay('ADMIN');
  if (session === null) return <LoadingState what="the session" />;
  return (
    <div className={styles.page}>
      <h1>Settings</h1>
      <div className={styles.columns}>
        <div className={styles.tokens}>
          <TokenSection session={session} mayAdminister={mayAdminister} />
          {session.tenant_id !== null && <GroupingSections may={mayAdminister} />}
        </div>
        <div>
          <EngineSection session={session} />
          <AppearanceSection />
        </div>
      </div>
    </div>
  );
}
