import styles from '#renderer/components/governance.module.css';

interface Light {
  readonly name: string;
  readonly title: string;
  readonly green: boolean;
  readonly because: string;
}

/** Checks and how they stand: a mark, a name and the reason, so that colour is never alone. */
export function Lights({ lights }: { readonly lights: readonly Light[] }) {
  return (
    <ul className={styles.lights}>
      {lights.map(({ name, title, green, because }) => (
        <li key={name} data-green={green}>
          <span aria-hidden="true">{green ? '✓' : '✕'}</span>
          <b>
            <span className="visually-hidden">{green ? 'open: ' : 'closed: '}</span>
            {title}
          </b>
          <span>{because}</span>
        </li>
      ))}
    </ul>
  );
}
