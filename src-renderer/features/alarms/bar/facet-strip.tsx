import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCount } from '#renderer/components/format-number.ts';
import { SeverityMark } from '#renderer/components/severity-mark.tsx';
import { severities } from '#shared/vocabulary/severity.ts';
import { toggleValue, valuesOf } from '../query/edit.ts';
import type { QueryField } from '../query/fields.ts';
import type { FacetState, Facets } from '../view/select.ts';
import styles from './bar.module.css';

const facetStates: readonly FacetState[] = ['unacked', 'acked', 'cleared', 'shelved'];

interface FacetStripProps {
  readonly facets: Facets;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** How many alarms stand behind each severity, state and source; a click narrows the query to it. */
export function FacetStrip({ facets, text, onChange }: FacetStripProps) {
  const chosen = (field: QueryField) => valuesOf(text, field);
  const toggle = (field: QueryField, value: string) => onChange(toggleValue(text, field, value));
  const severityChosen = chosen('severity');
  const stateChosen = chosen('state');
  return (
    <div className={styles.facets}>
      <fieldset className={styles.facetGroup} aria-label="Severity">
        {severities.map((severity) => (
          <Facet
            key={severity}
            name={severity}
            count={facets.severity.get(severity) ?? 0}
            isChosen={severityChosen.has(severity)}
            onToggle={() => toggle('severity', severity)}
          >
            <SeverityMark severity={severity} size={14} />
          </Facet>
        ))}
      </fieldset>
      <fieldset className={styles.facetGroup} aria-label="State">
        {facetStates.map((state) => (
          <Facet
            key={state}
            name={state}
            count={facets.state.get(state) ?? 0}
            isChosen={stateChosen.has(state)}
            onToggle={() => toggle('state', state)}
          >
            {state}
          </Facet>
        ))}
      </fieldset>
      <SourceMenu sources={facets.source} chosen={chosen('source')} onToggle={(source) => toggle('source', source)} />
    </div>
  );
}

interface FacetProps {
  readonly name: string;
  readonly count: number;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

function Facet({ name, count, isChosen, onToggle, children }: FacetProps) {
  return (
    <button
      type="button"
      className={styles.facet}
      aria-pressed={isChosen}
      title={`Only ${name}`}
      data-empty={count === 0 || undefined}
      onClick={onToggle}
    >
      {children}
      <span className={styles.facetCount}>{formatCount(count)}</span>
    </button>
  );
}

interface SourceMenuProps {
  readonly sources: ReadonlyMap<string, number>;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (source: string) => void;
}

function SourceMenu({ sources, chosen, onToggle }: SourceMenuProps) {
  const ordered = [...sources].sort(([, left], [, right]) => right - left);
  return (
    <Menu position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={styles.facet} data-chosen={chosen.size > 0 || undefined}>
          source
          <span className={styles.facetCount}>{formatCount(sources.size)}</span>
          <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.sources}>
        {ordered.length === 0 && <Menu.Label>No alarm, no source</Menu.Label>}
        {ordered.map(([source, count]) => (
          <Menu.Item
            key={source}
            role="menuitemcheckbox"
            aria-checked={chosen.has(source.toLowerCase())}
            leftSection={<IconCheck size={12} opacity={chosen.has(source.toLowerCase()) ? 1 : 0} aria-hidden="true" />}
            rightSection={<span className={styles.facetCount}>{formatCount(count)}</span>}
            onClick={() => onToggle(source)}
          >
            <bdi className={styles.sourceName}>{source}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
