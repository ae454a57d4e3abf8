import path from 'node:path';
import { openKpiCore } from '#engine/kpi/kpi-core.ts';
import { kpiFileName } from '#engine/kpi/kpi-database.ts';
import { createSampleParser, type ReceivedSample } from '#engine/kpi/parse-samples.ts';
import type { EngineSettings } from '#engine/settings/load-settings.ts';
import { takeDataFolder } from '#engine/store/data-folder-lock.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { kpiIngestOutputSchema } from '#shared/api/kpi.ts';
import { FileFormatError } from '#shared/files/file-format-error.ts';
import { parseKpiFile } from '#shared/files/kpi-file.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { CommandError } from '../command-error.ts';
import { orCommandError, readBytes } from '../files/read-input.ts';
import { printLine } from '../output.ts';
import { checkTenant, type ImportOptions } from './import.ts';
import { settingsOf } from './local-store.ts';
import { askRunningEngine } from './running-engine.ts';

const samplesPerBatch = 20_000;

/** Takes measurements from a CSV file in. The whole file is checked before anything is stored. */
export async function importKpi(file: string, { dataDir, tenant }: ImportOptions): Promise<void> {
  checkTenant(tenant);
  const text = readBytes(file).toString('utf8');
  const settings = settingsOf(dataDir);
  const now = Date.now();
  const counts = orCommandError(() => {
    let rows = 0;
    let gaps = 0;
    for (const sample of samplesOf(text, file, now)) {
      rows++;
      if (sample === null) gaps++;
    }
    return { received: rows, accepted: rows - gaps, gaps };
  });
  const attempt = takeDataFolder(settings.dataFolder, process.pid);
  if (!attempt.held) {
    try {
      storeHere(settings, tenant, samplesOf(text, file, now));
    } finally {
      attempt.lock.release();
    }
  } else {
    const { holder } = attempt;
    if (holder === null) throw new CommandError(1, `The data folder ${settings.dataFolder} is in use.`);
    for (const batch of batches(samplesOf(text, file, now))) {
      const lines = batch.map(({ entityId, metricName, time, value, source }) =>
        JSON.stringify({ entity_id: entityId, metric_name: metricName, timestamp: toTimestamp(time), value, source }),
      );
      const answer = kpiIngestOutputSchema.parse(
        await askRunningEngine(holder, settings, tenant, {
          method: 'POST',
          path: '/api/v1/kpi/samples',
          type: 'application/x-ndjson',
          body: lines.join('\n'),
        }),
      );
      const [refused] = answer.rejected;
      if (refused !== undefined) throw new CommandError(1, `The running engine refused a sample: ${refused.message}`);
    }
  }
  await printLine(JSON.stringify(counts));
}

function storeHere(settings: EngineSettings, tenant: string, samples: Iterable<ReceivedSample | null>): void {
  const logger = createLogger((line) => process.stderr.write(`${line}\n`), 'warn', Date.now);
  const core = openKpiCore(
    {
      databaseFile: path.join(settings.dataFolder, kpiFileName),
      synchronous: settings.store.synchronous,
      retention: settings.kpi,
      watches: false,
    },
    logger,
    Date.now,
    () => undefined,
  );
  try {
    for (const batch of batches(samples)) core.ingestParsed(tenant, { samples: batch, rejected: [] });
  } finally {
    core.close();
  }
}

/** The samples of a file, in its order; null for a gap. Throws FileFormatError. */
function* samplesOf(text: string, file: string, now: number): Generator<ReceivedSample | null> {
  const parser = createSampleParser(now);
  for (const { line, ...row } of parseKpiFile(text, file)) {
    const checked = parser.check({ ...row, value: row.value ?? 0 });
    if (typeof checked === 'string') throw new FileFormatError(file, line, checked);
    yield row.value === null ? null : checked;
  }
}

function* batches(samples: Iterable<ReceivedSample | null>): Generator<ReceivedSample[]> {
  let batch: ReceivedSample[] = [];
  for (const sample of samples) {
    if (sample === null) continue;
    batch.push(sample);
    if (batch.length < samplesPerBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
