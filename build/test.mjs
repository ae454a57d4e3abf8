/**
 * `npm test`: installs what is missing, then runs every check and every test; the last line is `N passed, N failed`.
 * `npm test -- unit e2e` runs the stages named; arguments after a further `--` go to the test runner of the stage.
 */
import { oneCheck, totalLine } from './checks/counts.mjs';
import { stages } from './checks/stages.mjs';
import { ensureInstalled } from './launch/ensure-installed.mjs';
import { requireRuntime } from './launch/find-runtime.mjs';
import { exitWith, PlainFailure, projectRoot } from './launch/project.mjs';

const given = process.argv.slice(2);
const separator = given.indexOf('--');
const names = separator < 0 ? given : given.slice(0, separator);
const rest = separator < 0 ? [] : given.slice(separator + 1);

await exitWith(async () => {
  const unknown = names.find((name) => !(name in stages));
  if (unknown !== undefined) {
    throw new PlainFailure(`there is no stage "${unknown}"; the stages are ${Object.keys(stages).join(', ')}`);
  }
  await ensureInstalled(projectRoot);
  const runtime = requireRuntime(projectRoot);
  const chosen = Object.entries(stages).filter(([name]) => names.length === 0 || names.includes(name));

  const counts = [];
  const summary = [];
  for (const [name, run] of chosen) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    const started = Date.now();
    const count = await run({ root: projectRoot, runtime, rest }).catch((error) => {
      if (error instanceof PlainFailure) throw error;
      console.log(error);
      return oneCheck(false, [`failed: the stage itself broke: ${error.message}`]);
    });
    counts.push(count);
    const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
    summary.push(`${name.padEnd(12)}${seconds} s  ${totalLine([count])}`, ...count.notes.map((note) => `  ${note}`));
  }
  console.log(`\n── summary ${'─'.repeat(53)}\n${summary.join('\n')}\n`);
  console.log(totalLine(counts));
  return counts.some((count) => count.failed > 0) ? 1 : 0;
});
