/** The engine's command line. Nothing but results on stdout; exit 0 done, 1 failed, 2 wrong usage or a bad file. */
import './quick-imports.ts';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { engineVersion } from '#engine/version.ts';
import { scopes } from '#shared/vocabulary/scopes.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { CommandError } from './command-error.ts';
import { usualDataFolder } from './surroundings.ts';

const collect = (value: string, gathered: readonly string[]): readonly string[] => [...gathered, value];

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('must be a number above 0');
  return number;
}

function instant(value: string): number {
  if (!timestampSchema.safeParse(value).success)
    throw new InvalidArgumentError('must be an ISO 8601 time with an offset');
  return Date.parse(value);
}

const dataDir = () => new Option('--data-dir <dir>', 'data folder').default(usualDataFolder());
const tenant = () => new Option('--tenant <tenant>', 'owner of the data').makeOptionMandatory();
const zero = () =>
  new Option('--zero <time>', 'for CSV recordings: the time of their second 0')
    .argParser(instant)
    .default(Date.parse('2026-01-01T00:00:00Z'), '2026-01-01T00:00:00Z');

const program = new Command('pedkai')
  .description("Pedkai's engine without a window")
  .version(engineVersion)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showHelpAfterError(false);

program
  .command('serve')
  .description('run the engine; prints one line when it accepts requests')
  .addOption(dataDir())
  .option('--host <host>', 'address to listen on')
  .option('--port <port>', 'port to listen on; 0 takes any free one')
  .action(async (options) => (await import('./commands/serve.ts')).serve(options));

const token = program.command('token').description('tokens for sources and scripts');
token
  .command('create')
  .description('make a token and print its secret, only this once')
  .addOption(dataDir())
  .addOption(tenant())
  .requiredOption('--scope <scope>', `what it may do; repeatable: ${scopes.join(', ')}`, collect, [])
  .option('--name <name>', 'what it is for')
  .option('--expires <days>', 'days until it expires', String)
  .action(async (options) => (await import('./commands/token.ts')).createToken(options));
token
  .command('list')
  .description('print the tokens, without secrets')
  .addOption(dataDir())
  .action(async (options) => (await import('./commands/token.ts')).printTokens(options));
token
  .command('revoke <token-id>')
  .description('revoke a token at once')
  .addOption(dataDir())
  .action(async (id, options) => (await import('./commands/token.ts')).revoke(id, options));

const importing = program.command('import').description('take a file into the store');
importing
  .command('topology <file>')
  .description('replace the topology by TOPOLOGY.json (or an adjacency matrix, .npy)')
  .addOption(dataDir())
  .addOption(tenant())
  .action(async (file, options) => (await import('./commands/import.ts')).importTopology(file, options));
importing
  .command('alarms <file>')
  .description('take in ALARMS.jsonl (or CSV: alarm_id,device_id,start_timestamp,end_timestamp)')
  .addOption(dataDir())
  .addOption(tenant())
  .addOption(zero())
  .action(async (file, options) => (await import('./commands/import.ts')).importAlarms(file, options));

importing
  .command('customers <file>')
  .description('add customers from a JSON file, or replace those that are known')
  .addOption(dataDir())
  .addOption(tenant())
  .action(async (file, options) => (await import('./commands/import.ts')).importCustomers(file, options));
importing
  .command('kpi <file>')
  .description('take in measurements: a CSV file entity_id,metric_name,timestamp,value[,source]')
  .addOption(dataDir())
  .addOption(tenant())
  .action(async (file, options) => (await import('./commands/import-kpi.ts')).importKpi(file, options));

const exporting = program.command('export').description('print what is stored');
exporting
  .command('alarms')
  .description('print the alarms as ALARMS.jsonl')
  .addOption(dataDir())
  .addOption(tenant())
  .action(async (options) => (await import('./commands/export.ts')).exportAlarms(options));

exporting
  .command('audit')
  .description('print the audit trail as JSON lines, oldest first')
  .addOption(dataDir())
  .addOption(tenant())
  .action(async (options) => (await import('./commands/audit.ts')).exportAudit(options));

const auditing = program.command('audit').description('the trail of who decided what');
auditing
  .command('verify')
  .description('check the hash chain; names the first broken record')
  .addOption(dataDir())
  .action(async (options) => (await import('./commands/audit.ts')).verifyAudit(options));

const converting = program.command('convert').description('print a file in the standard format');
converting
  .command('alarms <file>')
  .description('print recorded alarms as ALARMS.jsonl')
  .addOption(zero())
  .action(async (file, options) => (await import('./commands/convert.ts')).convertAlarms(file, options));
converting
  .command('topology <file>')
  .description('print a network as TOPOLOGY.json')
  .action(async (file) => (await import('./commands/convert.ts')).convertTopology(file));

program
  .command('correlate <file>')
  .description('correlate recorded alarms and print one cluster a line')
  .requiredOption('--topology <file>', 'TOPOLOGY.json')
  .option('--history <file>', 'alarms recorded earlier, to learn from')
  .option('--explain', 'say why each alarm is where it is')
  .addOption(zero())
  .action(async (file, options) => (await import('./commands/correlate.ts')).correlate(file, options));

program
  .command('causes <file>')
  .description('learn from recorded alarms which alarm type causes which; one pair a line, the surest first')
  .option('--topology <file>', 'TOPOLOGY.json; without it causes are sought on the same entity only')
  .addOption(zero())
  .action(async (file, options) => (await import('./commands/causes.ts')).printCauses(file, options));

program
  .command('detect <file>')
  .description('find anomalies in a CSV file timestamp,value; prints one line for every row')
  .option('--metric <name>', 'name of the measured thing, repeated in each line')
  .action(async (file, options) => (await import('./commands/detect.ts')).detectFile(file, options));

program
  .command('replay <file>')
  .description('send recorded alarms to a running engine in their own rhythm')
  .requiredOption('--url <url>', "the engine's address")
  .requiredOption('--token <token>', 'a token with ALARM_WRITE')
  .option('--speed <factor>', 'how many times faster', positiveNumber, 20)
  .option('--as-now', 'move the times, so that the recording begins now')
  .addOption(zero())
  .action(async (file, options) => (await import('./commands/replay.ts')).replay(file, options));

program
  .command('doctor')
  .description('check what the engine needs')
  .addOption(dataDir())
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
