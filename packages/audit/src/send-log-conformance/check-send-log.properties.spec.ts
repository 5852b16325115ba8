import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { decideFromHistory, inquiries, lastRecordedAt, runs, type History } from '@mandate/domain/testing';
import type { ProcessingScope } from '@mandate/read-models';
import { scopeOver } from '@mandate/read-models/testing';
import fc from 'fast-check';
import { csvOf, inPieces, jsonLinesOf, type LoggedOperation } from '../testing/log-over-history';
import { checkSendLog, type SendLogCheckOptions } from './check-send-log';
import type { SendLogFinding } from './findings';
import type { RecordedDecisions } from './recorded-decisions';

interface Found {
  readonly line: number;
  readonly finding: SendLogFinding['finding'];
  readonly codes: readonly string[];
}

/** That data was deleted says nothing about what was done while it was there. */
const ofDeletion: readonly string[] = ['data-set-being-deleted', 'data-set-deleted', 'contract-closed'];

/** What asking for every single operation comes to. */
const expectedOf = (history: History, operations: readonly LoggedOperation[]): readonly Found[] =>
  operations.flatMap(({ request, at }, index): Found[] => {
    const line = index + 1;
    const then = decideFromHistory(history, { request, validAt: at, knownAt: at });
    const now = decideFromHistory(history, { request, validAt: at, knownAt: lastRecordedAt(history) });
    if (then.decision === 'deny')
      return [{ line, finding: 'violation', codes: then.reasons.map(({ reason }) => reason) }];
    const since = now.decision === 'deny' ? now.reasons.map(({ reason }) => reason) : [];
    const codes = since.filter((code) => !ofDeletion.includes(code));
    return codes.length > 0 ? [{ line, finding: 'later-unlawful', codes }] : [];
  });

const foundIn = async (
  bytes: Uint8Array,
  decisions: RecordedDecisions,
  { size, ...options }: SendLogCheckOptions & { readonly size: number },
): Promise<readonly Found[]> => {
  const found: Found[] = [];
  await checkSendLog(inPieces(bytes, size), decisions, {
    ...options,
    onFinding: (finding) => {
      const codes =
        finding.finding === 'broken' ? [finding.problem] : finding.reasons.map(({ code }) => code);
      found.push({ line: finding.line, finding: finding.finding, codes });
    },
  });
  return found;
};

/** Operations at the instants of the questions, each asked more than once and in no order of time. */
const logged = inquiries({ questionsMax: 10 }).map(({ history, questions }) => {
  const operations = questions.flatMap(({ request, validAt, knownAt }) => [
    { request, at: validAt },
    { request, at: knownAt },
  ]);
  return { history, operations: [...operations, ...operations.toReversed()] };
});

const sizes = fc.integer({ min: 1, max: 3000 });

type Checked = (scope: ProcessingScope) => RecordedDecisions;

const agrees = (checked: Checked = (scope) => scope) =>
  fc.asyncProperty(logged, sizes, async ({ history, operations }, size) => {
    const scope = await scopeOver(history);
    const bytes = Buffer.from(jsonLinesOf(operations));
    expect(await foundIn(bytes, checked(scope), { size })).toEqual(expectedOf(history, operations));
  });

describe('the check of a send log', () => {
  it('finds what asking for every line finds, wherever the bytes are cut', async () => {
    await fc.assert(agrees(), runs(150));
  });

  it('finds the same in a log that is packed', async () => {
    const packed = fc.asyncProperty(logged, sizes, async ({ history, operations }, size) => {
      const bytes = gzipSync(jsonLinesOf(operations, '\r\n'));
      expect(await foundIn(bytes, await scopeOver(history), { size })).toEqual(
        expectedOf(history, operations),
      );
    });
    await fc.assert(packed, runs(60));
  });

  it('finds the same in rows of CSV with newlines between quotes', async () => {
    const rows = fc.asyncProperty(logged, sizes, async ({ history, operations }, size) => {
      const bytes = Buffer.from(`\uFEFF${csvOf(operations)}`);
      const found = await foundIn(bytes, await scopeOver(history), { size, format: 'csv' });
      // A head, and two lines a row.
      const expected = expectedOf(history, operations).map(({ line, ...rest }) => ({
        line: 2 * line,
        ...rest,
      }));
      expect(found).toEqual(expected);
    });
    await fc.assert(rows, runs(60));
  });

  it('cites events that are on record at the time, or for what came later, also one that was not', async () => {
    let later = 0;
    const cites = fc.asyncProperty(logged, async ({ history, operations }) => {
      const bytes = Buffer.from(jsonLinesOf(operations));
      await checkSendLog(inPieces(bytes, 500), await scopeOver(history), {
        onFinding: (finding) => {
          if (finding.finding === 'violation')
            expect(finding.events.every(({ recordedAt }) => recordedAt <= finding.at)).toBe(true);
          if (finding.finding !== 'later-unlawful') return;
          later += 1;
          expect(finding.laterEvents).not.toEqual([]);
        },
      });
    });
    // Few logs hold a late withdrawal: a hundred of them may be without any.
    await fc.assert(cites, runs(500));
    expect(later).toBeGreaterThan(0);
  });
});

describe('this property', () => {
  const mutants: readonly (readonly [string, Checked])[] = [
    [
      'a check that ignores what was known',
      (scope) => ({ ...scope, decide: (request, { validAt }) => scope.decide(request, { validAt }) }),
    ],
    [
      'a check that never looks at what is known now',
      (scope) => ({
        ...scope,
        decide: (request, times) =>
          scope.decide(request, { validAt: times.validAt, knownAt: times.knownAt ?? times.validAt }),
      }),
    ],
    [
      'a bound that is closed: a millisecond late',
      (scope) => ({
        ...scope,
        decide: (request, times) =>
          scope.decide(request, {
            ...times,
            validAt: new Date(Date.parse(times.validAt) - 1).toISOString() as typeof times.validAt,
          }),
      }),
    ],
    [
      'a deletion that makes unlawful what was done before it',
      (scope) => ({
        ...scope,
        decide: (request, times) => {
          const decision = scope.decide(request, times);
          if (decision.decision === 'allow' || times.knownAt !== undefined) return decision;
          const isOfDeletion = decision.reasons.some(({ reason }) => ofDeletion.includes(reason));
          return isOfDeletion
            ? { decision: 'deny', reasons: [{ reason: 'data-set-restricted' }, ...decision.reasons] }
            : decision;
        },
      }),
    ],
    [
      'judgements that are kept although the scope changed',
      (scope) => ({ ...scope, historyOf: () => [], scopeOf: () => undefined }),
    ],
  ];

  it.each(mutants)('notices %s', async (_what, checked) => {
    const { failed } = await fc.check(agrees(checked), { numRuns: 400, seed: 1, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
