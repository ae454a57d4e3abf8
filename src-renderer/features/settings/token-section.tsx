import { ErrorState } from '#renderer/components/error-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import type { Session } from '#shared/api/console.ts';
import { FreshTokenPanel } from './fresh-token-panel.tsx';
import styles from './settings-page.module.css';
import { TokenForm } from './token-form.tsx';
import { TokenTable } from './token-table.tsx';
import { useTokens } from './use-tokens.ts';

interface TokenSectionProps {
  readonly session: Session;
  readonly mayAdminister: boolean;
}

/** Who may send to and read from the engine. */
export function TokenSection({ session, mayAdminister }: TokenSectionProps) {
  if (!mayAdminister) {
    return (
      <Section heading="Tokens">
        <p>Tokens can be seen and made with the scope ADMIN, which this session does not have.</p>
      </Section>
    );
  }
  return <TokenWork session={session} />;
}

function TokenWork({ session }: { readonly session: Session }) {
  const tokens = useTokens();
  const { list, fresh, failure } = tokens;
  return (
    <>
      <Section heading="New token">
        <p className={styles.hint}>
          A token says whose data it carries and what it may do. Its secret is shown once; the engine keeps only its
          hash.
        </p>
        <TokenForm session={session} onCreate={tokens.create} />
        {failure !== null && (
          <p className={styles.failure} role="alert">
            {failure.title}: {failure.detail}
          </p>
        )}
        {fresh !== null && <FreshTokenPanel token={fresh} engineUrl={session.engine.url} onPutAway={tokens.putAway} />}
      </Section>
      <Section heading="Tokens" aside={list.phase === 'ready' ? String(list.data.length) : undefined}>
        {list.phase === 'loading' && <LoadingState what="the tokens" />}
        {list.phase === 'failed' && (
          <ErrorState title="The tokens could not be listed" error={list.error} onRetry={list.reload} />
        )}
        {list.phase === 'ready' && (
          <TokenTable tokens={list.data} onRevoke={(tokenId) => void tokens.revoke(tokenId)} />
        )}
      </Section>
    </>
  );
}
