import { Age } from '#renderer/components/age.tsx';
import { Section } from '#renderer/components/section.tsx';
import type { KpiAnomaly, KpiMetric, SleepingCell } from '#shared/api/kpi.ts';
import { formatKpi } from './chart-points.ts';
import styles from './kpis-page.module.css';

interface Choosing {
  readonly chosen: string | null;
  readonly onChoose: (entityId: string) => void;
}

/** Cells that sleep now, the worst first. */
export function SleepingCells({ cells, chosen, onChoose }: Choosing & { readonly cells: readonly SleepingCell[] }) {
  return (
    <Section heading="Sleeping cells" aside={String(cells.length)}>
      {cells.length === 0 ? (
        <p className={styles.quiet}>No cell serves less than cells of its kind.</p>
      ) : (
        <ul className={styles.list}>
          {cells.map((cell) => (
            <li key={cell.entity_id}>
              <button type="button" aria-pressed={chosen === cell.entity_id} onClick={() => onChoose(cell.entity_id)}>
                <span className={styles.state} data-state={cell.state}>
                  {cell.state}
                </span>
                <bdi>{cell.name}</bdi>
                <span className={styles.number}>−{Math.round(cell.loss * 100)} %</span>
                <span className={styles.second}>
                  for <Age at={cell.since} />
                  {cell.alarms === 0 ? ', no alarm of its own' : `, ${cell.alarms} alarms of its own`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Stretches of values that the baseline does not explain, the newest first. */
export function Anomalies({ anomalies, chosen, onChoose }: Choosing & { readonly anomalies: readonly KpiAnomaly[] }) {
  return (
    <Section heading="Anomalies" aside="newest first">
      {anomalies.length === 0 ? (
        <p className={styles.quiet}>Everything that is measured is as expected.</p>
      ) : (
        <ul className={styles.list}>
          {anomalies.map((anomaly) => (
            <li key={anomaly.anomaly_id}>
              <button
                type="button"
                aria-pressed={chosen === anomaly.entity_id}
                onClick={() => onChoose(anomaly.entity_id)}
              >
                <span className={styles.direction}>{anomaly.direction === 'low' ? '▼' : '▲'}</span>
                <bdi>{anomaly.entity_id}</bdi>
                <span className={styles.number}>{formatKpi(anomaly.z_score)} σ</span>
                <span className={styles.second}>
                  {anomaly.metric_name}: {formatKpi(anomaly.current_value)}, expected {formatKpi(anomaly.baseline_mean)}
                  ; <Age at={anomaly.started_at} /> ago{anomaly.ended_at === null ? ', goes on' : ''}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const shownMax = 200;

/** Everything that is measured, by entity. */
export function Measured({ metrics, chosen, onChoose }: Choosing & { readonly metrics: readonly KpiMetric[] }) {
  const entities = [...new Map(metrics.map((metric) => [metric.entity_id, metric])).values()];
  return (
    <Section heading="Measured" aside={`${entities.length} entities`}>
      <ul className={styles.list}>
        {entities.slice(0, shownMax).map(({ entity_id, is_known_entity }) => (
          <li key={entity_id}>
            <button type="button" aria-pressed={chosen === entity_id} onClick={() => onChoose(entity_id)}>
              <span />
              <bdi>{entity_id}</bdi>
              {!is_known_entity && <span className={styles.number}>not in the topology</span>}
            </button>
          </li>
        ))}
      </ul>
      {entities.length > shownMax && (
        <p className={styles.quiet}>{entities.length - shownMax} more; open one by its address: /kpis?entity=…</p>
      )}
    </Section>
  );
}
