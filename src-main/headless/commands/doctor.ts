import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createHandlerPositions } from '#engine/core/handler-registry.ts';
import { createJournalStore } from '#engine/journal/journal-store.ts';
import { findHolder } from '#engine/store/data-folder-lock.ts';
import { openForReading } from '#engine/store/database.ts';
import { CommandError } from '../command-error.ts';
import { printLine } from '../output.ts';
import { consoleFolder } from '../surroundings.ts';
import { settingsOf } from './local-store.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

const diskFreeMin = 1_073_741_824;
const countSchema = z.object({ value: z.number() });

/** Looks at everything that the engine needs and prints one line a check; fails when one of them fails. */
export async function doctor({ dataDir }: { readonly dataDir: string }): Promise<void> {
  const findings = [...machineFindings(dataDir), ...storeFindings(dataDir)];
  for (const { check, ok, detail } of findings) await printLine(`${ok ? 'ok  ' : 'FAIL'}  ${check}: ${detail}`);
  const failed = findings.filter((finding) => !finding.ok).length;
  if (failed > 0) throw new CommandError(1, `${failed} of ${findings.length} checks failed.`);
}

function machineFindings(dataDir: string): Finding[] {
  const settings = settingsOf(dataDir);
  const disk = statfsSync(settings.dataFolder);
  const free = disk.bavail * disk.bsize;
  const holder = findHolder(settings.dataFolder, process.pid);
  const held =
    holder === 'unknown'
      ? 'in use'
      : holder === null
        ? 'free'
        : `in use by process ${holder.pid} at ${holder.url ?? 'an address not yet known'}`;
  return [
    {
      check: 'runtime',
      ok: true,
      detail: `Node ${process.versions.node}, Node-API ${process.versions.napi ?? 'unknown'}`,
    },
    { check: 'settings', ok: true, detail: `${settings.http.host}:${settings.http.port}` },
    { check: 'data folder', ok: true, detail: `${settings.dataFolder}, ${held}` },
    { check: 'disk', ok: free >= diskFreeMin, detail: `${(free / diskFreeMin).toFixed(1)} GiB free` },
    {
      check: 'console',
      ok: true,
      detail: existsSync(path.join(consoleFolder, 'index.html')) ? 'built' : 'not built yet; npm start builds it',
    },
  ];
}

function storeFindings(dataDir: string): Finding[] {
  const file = path.join(settingsOf(dataDir).dataFolder, 'pedkai.db');
  if (!existsSync(file)) return [{ check: 'store', ok: true, detail: 'none yet; the first start makes it' }];
  const client = openForReading(file);
  try {
    const health = String(client.pragma('quick_check(1)', { simple: true }));
    const count = (query: string) => countSchema.parse(client.prepare(query).get()).value;
    const head = createJournalStore(client).head();
    const behind = [...createHandlerPositions(client).read()].filter(([, position]) => position < head);
    const faults = count('SELECT count(*) AS value FROM handler_faults');
    const journaled = count(`SELECT count(*) AS value FROM journal WHERE event_type = 'alarm.ingested'`);
    const accounted = count('SELECT coalesce(sum(new + repeated + cleared + suppressed), 0) AS value FROM ledger');
    return [
      { check: 'store', ok: health === 'ok', detail: health },
      {
        check: 'handlers',
        ok: behind.length === 0,
        detail:
          behind.length === 0 ? `at journal position ${head}` : `${behind.map(([name]) => name).join(', ')} behind`,
      },
      { check: 'handler faults', ok: faults === 0, detail: `${faults}` },
      {
        check: 'ledger',
        ok: journaled === accounted,
        detail: `${journaled} alarm events in the journal, ${accounted} accounted for`,
      },
    ];
  } finally {
    client.close();
  }
}
