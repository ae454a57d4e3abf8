import { existsSync, readFileSync } from 'node:fs';

/**
 * What a stage came to. A stage that is no test counts as one check; `notes` are lines for the end of the report, such
 * as what was skipped and why.
 * @typedef {{ passed: number, failed: number, notes: string[] }} Counts
 */

/**
 * @param {boolean} isPassed
 * @param {string[]} [notes]
 * @returns {Counts}
 */
export function oneCheck(isPassed, notes = []) {
  return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, notes };
}

/**
 * The last line of a test run.
 * @param {readonly Counts[]} counts
 * @returns {string}
 */
export function totalLine(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  return `${passed} passed, ${failed} failed`;
}

/**
 * Counts the tests in vitest's JSON report. A file that could not be loaded has no tests and counts as one failure, and so
 * does a run that failed for a reason that no test shows (an error outside the tests, no tests at all, no report).
 * @param {string} reportFile
 * @param {number | null} exitCode vitest's
 * @returns {Counts}
 */
export function countVitest(reportFile, exitCode) {
  const report = readReport(reportFile);
  if (report === null) return oneCheck(false, [`failed: vitest left no report (exit code ${exitCode})`]);
  /** @type {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }[]} */
  const files = report.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failedTests = tests.filter((test) => test.status === 'failed').length;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const notes = tests
    .filter((test) => !['passed', 'failed'].includes(test.status))
    .map((test) => `skipped: ${test.fullName} (${test.status})`);
  return withUnexplained({ passed, failed: failedTests + brokenFiles, notes }, exitCode);
}

/**
 * Counts the tests in Playwright's JSON report, host by host; a test that passed at the second try only is no pass.
 * @param {string} reportFile
 * @param {number | null} exitCode Playwright's
 * @returns {Counts}
 */
export function countPlaywright(reportFile, exitCode) {
  const report = readReport(reportFile);
  if (report === null) return oneCheck(false, [`failed: Playwright left no report (exit code ${exitCode})`]);
  const runs = (report.suites ?? []).flatMap(runsOf);
  /** @type {Map<string, { passed: number, failed: number }>} */
  const byHost = new Map();
  const notes = [];
  for (const run of runs) {
    const host = byHost.get(run.host) ?? { passed: 0, failed: 0 };
    byHost.set(run.host, host);
    if (run.status === 'expected') host.passed += 1;
    else if (run.status === 'skipped') notes.push(`skipped: [${run.host}] ${run.title}${run.reason}`);
    else host.failed += 1;
  }
  const lines = [...byHost].map(([host, { passed, failed }]) => `host ${host}: ${passed} passed, ${failed} failed`);
  const totals = [...byHost.values()];
  const counts = {
    passed: totals.reduce((sum, host) => sum + host.passed, 0),
    failed: totals.reduce((sum, host) => sum + host.failed, 0) + (report.errors?.length ?? 0),
    notes: [...lines, ...notes],
  };
  return withUnexplained(counts, exitCode);
}

/**
 * @typedef {{ projectName: string, status: string, annotations?: { type: string, description?: string }[] }} ReportedRun
 * @typedef {{ title: string, suites?: ReportedSuite[], specs?: { title: string, tests: ReportedRun[] }[] }} ReportedSuite
 */

/**
 * @param {ReportedSuite} suite
 * @returns {{ host: string, title: string, status: string, reason: string }[]}
 */
function runsOf(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => {
      const description = test.annotations?.find((annotation) => annotation.type === 'skip')?.description;
      const reason = description === undefined ? '' : `: ${description}`;
      return { host: test.projectName, title: `${suite.title} › ${spec.title}`, status: test.status, reason };
    }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(runsOf)];
}

/**
 * @param {Counts} counts
 * @param {number | null} exitCode
 * @returns {Counts}
 */
function withUnexplained(counts, exitCode) {
  if (exitCode === 0 || counts.failed > 0) return counts;
  const note = `failed: the run ended with exit code ${exitCode}, though no test failed`;
  return { ...counts, failed: 1, notes: [...counts.notes, note] };
}

/** @param {string} file */
function readReport(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
