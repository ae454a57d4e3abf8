import { useSearchParams } from 'wouter';
import { formatCount } from '#renderer/components/format-number.ts';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useEverySeconds } from '#renderer/state/use-every-seconds.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { type NoiseKind, noiseKinds } from '#shared/api/noise.ts';
import { MaintenancePanel } from './maintenance-panel.tsx';
import { NoiseList } from './noise-list.tsx';
import styles from './noise-page.module.css';
import { noiseWords } from './noise-words.ts';

const refreshSeconds = 5;

function isKind(text: string | null): text is NoiseKind {
  return noiseKinds.some((kind) => kind === text);
}

/** What makes noise and what holds it back: nothing is hidden without standing here. */
export default function NoisePage() {
  const [parameters, setParameters] = useSearchParams();
  const tenantId = useConsoleState((state) => state.tenantId);
  const round = useEverySeconds(refreshSeconds);
  const summary = useRemote(tenantId, round, (client, signal) => client.noise.summary(undefined, { signal }));
  const asked = parameters.get('kind');
  const isMaintenance = asked === 'maintenance';
  const kind: NoiseKind = isKind(asked) ? asked : 'flapping';
  const choose = (next: string) => setParameters({ kind: next }, { replace: true });

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Noise</h1>
      <nav className={styles.kinds} aria-label="Kinds of noise">
        {noiseKinds.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.kind}
            aria-current={!isMaintenance && one === kind ? 'page' : undefined}
            onClick={() => choose(one)}
          >
            <span className={styles.count}>
              {summary.phase === 'ready' ? formatCount(summary.data.counts[one]) : '–'}
            </span>
            <span>{noiseWords[one].name}</span>
          </button>
        ))}
        <button
          type="button"
          className={styles.kind}
          aria-current={isMaintenance ? 'page' : undefined}
          onClick={() => choose('maintenance')}
        >
          <span>Maintenance windows</span>
        </button>
      </nav>
      {isMaintenance ? <MaintenancePanel /> : <NoiseList key={kind} kind={kind} round={round} />}
    </div>
  );
}
