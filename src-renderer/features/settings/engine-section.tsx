import { formatDayAndTime } from '#renderer/components/format-time.ts';
import { Section } from '#renderer/components/section.tsx';
import type { Session } from '#shared/api/console.ts';
import styles from './settings-page.module.css';

/** Which engine this is, where it keeps everything, and as whom we speak to it. */
export function EngineSection({ session }: { readonly session: Session }) {
  const { engine } = session;
  return (
    <Section heading="Engine">
      <dl className={styles.facts}>
        <dt>Address</dt>
        <dd className={styles.code}>{engine.url}</dd>
        <dt>Data folder</dt>
        <dd className={styles.code}>{engine.data_folder}</dd>
        <dt>Version</dt>
        <dd>
          {engine.version}
          {engine.demo && ', with demo data'}
        </dd>
        <dt>Running since</dt>
        <dd>{formatDayAndTime(Date.parse(engine.started_at))}</dd>
        <dt>You are</dt>
        <dd>
          <bdi>{session.operator}</bdi>
          <p className={styles.hint}>The name under which acknowledgements and notes are kept. The engine gives it.</p>
        </dd>
        <dt>You may</dt>
        <dd>{session.scopes.includes('ADMIN') ? 'everything (ADMIN)' : session.scopes.join(', ')}</dd>
      </dl>
      <p className={styles.hint}>
        Address, port and limits are set in <code>config.json</code> in the data folder or by <code>PEDKAI_…</code>{' '}
        variables, and take effect at the next start.
      </p>
    </Section>
  );
}
