import { Fragment } from 'react';
import { formatDayAndTime, formatExact } from './format-time.ts';

/** ISO 8601 with an offset, as the engine writes times into sentences. */
const isoTime = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))/;

/** A sentence of the engine, with its times in the local zone and exact on hover. */
export function EngineText({ text }: { readonly text: string }) {
  const parts = text.split(isoTime).map((part, index) => ({ key: `${index}:${part}`, part, isTime: index % 2 === 1 }));
  return parts.map(({ key, part, isTime }) =>
    isTime ? (
      <time key={key} dateTime={part} title={formatExact(Date.parse(part))}>
        {formatDayAndTime(Date.parse(part))}
      </time>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    ),
  );
}
