import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import { formatClock, formatDayAndTime, formatExact, isToday } from './format-time.ts';
import { linkTo } from './links.ts';

/** ISO 8601 with an offset, as the engine writes times into sentences. */
const isoTime = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))/;

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

/** A text cut at every mention of `name`: mentions stand at the odd places. */
function cutAt(text: string, name: string | null): string[] {
  if (name === null) return [text];
  return text.split(name).flatMap((part, index) => (index === 0 ? [part] : [name, part]));
}

interface EngineTextProps {
  readonly text: string;
  /** Becomes a link where the text names it. */
  readonly incidentId?: string | null;
}

/** A sentence of the engine: its times in the local zone, its incident as a link. */
export function EngineText({ text, incidentId = null }: EngineTextProps) {
  const nodes: ReactNode[] = text.split(isoTime).flatMap((part, index) => {
    if (index % 2 === 1) return [<LocalTime key={part} at={part} />];
    return cutAt(part, incidentId).map((piece) =>
      piece === incidentId ? (
        <Link key={piece} href={linkTo.incident(piece)}>
          {shortId(piece)}
        </Link>
      ) : (
        piece
      ),
    );
  });
  return nodes
    .map((node, index) => ({ key: `${index}`, node }))
    .map(({ key, node }) => <Fragment key={key}>{node}</Fragment>);
}
