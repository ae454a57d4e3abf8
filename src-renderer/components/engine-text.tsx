import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import { formatClock, formatDayAndTime, formatExact, isToday } from './format-time.ts';
import { linkTo } from './links.ts';

/** ISO 8601 with an offset, and UUIDs, as the engine writes them into sentences. */
const special =
  /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/;

/** A time of the engine: the clock alone for today, exact on hover. */
function LocalTime({ at }: { readonly at: string }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={formatExact(time)}>
      {isToday(time, Date.now()) ? formatClock(time) : formatDayAndTime(time)}
    </time>
  );
}

/** The last characters of an identifier are those that differ. */
export function shortId(id: string): string {
  return id.replaceAll('-', '').slice(-4).toUpperCase();
}

interface EngineTextProps {
  readonly text: string;
  /** Becomes a link where the text names it. */
  readonly incidentId?: string | null;
}

/** A sentence of the engine: its times in the local zone, its incident as a link. */
export function EngineText({ text, incidentId = null }: EngineTextProps) {
  const show = (part: string, isSpecial: boolean): ReactNode => {
    if (!isSpecial) return part;
    if (part.includes('T')) return <LocalTime at={part} />;
    return part === incidentId ? <Link href={linkTo.incident(part)}>{shortId(part)}</Link> : part;
  };
  return text
    .split(special)
    .map((part, index) => ({ key: `${index}:${part}`, node: show(part, index % 2 === 1) }))
    .map(({ key, node }) => <Fragment key={key}>{node}</Fragment>);
}
