import { Link, useLocation } from 'wouter';
import styles from '#renderer/components/governance.module.css';

const places = [
  { path: '/actions', label: 'Queue' },
  { path: '/decisions', label: 'Decisions' },
  { path: '/policies', label: 'Policies' },
  { path: '/adr', label: 'ADR-001' },
  { path: '/audit', label: 'Audit trail' },
  { path: '/people', label: 'People' },
];

/** Where one can go in the matter of deciding and acting. */
export function GovernanceBar() {
  const [location] = useLocation();
  return (
    <nav className={styles.bar} aria-label="Deciding and acting">
      {places.map(({ path, label }) => (
        <Link
          key={path}
          href={path}
          aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
