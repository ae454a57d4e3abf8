import { ErrorState } from '../../components/error-state.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Section } from '../../components/section.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './impact-section.module.css';
import type { useImpact } from './use-cluster-detail.ts';

const servicesShown = 12;
const harmWords = { lost: 'lost', at_risk: 'without reserve' } as const;

/** Who is hurt: services with emergency first, customers, revenue, and why the cluster stands where it stands. */
export function ImpactSection({ impact }: { readonly impact: ReturnType<typeof useImpact> }) {
  if (impact.phase === 'loading') return <Section heading="Who is hurt">Following the dependencies …</Section>;
  if (impact.phase === 'failed')
    return <ErrorState title="Who is hurt could not be had" error={impact.error} onRetry={impact.reload} />;
  const { services, customers_lost, customers_at_risk, revenue_lost, revenue_at_risk, customer_minutes, order } =
    impact.data;
  const isNobody =
    services.length === 0 && customers_lost + customers_at_risk === 0 && revenue_lost + revenue_at_risk === 0;
  return (
    <Section heading="Who is hurt">
      {isNobody ? (
        <p className={styles.quiet}>No service, customer or revenue that the topology knows.</p>
      ) : (
        <p>
          {formatCount(customers_lost)} {customers_lost === 1 ? 'customer' : 'customers'} without service,{' '}
          {formatCount(customers_at_risk)} without reserve; {formatCount(customer_minutes)} customer-minutes so far.
          Revenue weight {formatCount(Math.round(revenue_lost))} lost, {formatCount(Math.round(revenue_at_risk))} at
          risk.
        </p>
      )}
      <ul className={styles.services}>
        {services.slice(0, servicesShown).map((service) => (
          <li key={service.entity_id} title={service.because}>
            <bdi>{service.name}</bdi>
            {service.is_emergency_service && <Tag tone="danger">emergency</Tag>}
            {service.sla_tier !== null && <Tag>{service.sla_tier.toLowerCase()}</Tag>}
            <span className={styles.harm} data-harm={service.harm}>
              {harmWords[service.harm]}
            </span>
          </li>
        ))}
      </ul>
      {services.length > servicesShown && (
        <p className={styles.quiet}>{services.length - servicesShown} more services</p>
      )}
      <details className={styles.order}>
        <summary>Why it stands where it stands</summary>
        <ol>
          {order.map((criterion) => (
            <li key={criterion.name} data-counts={criterion.value > 0}>
              {criterion.because}
            </li>
          ))}
        </ol>
      </details>
    </Section>
  );
}
